package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Simulation;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What there is in AWS that things are deployed to, how it behaves, and what is there of a run to deploy. */
final class Places {

    private final LocalAws aws;
    private final Map<String, GroupSpec> groups = new LinkedHashMap<>();

    Places(LocalAws aws) {
        this.aws = aws;
        aws.s3().createBucket("artifacts", false);
    }

    void project(Happening one) {
        aws.codeBuild()
                .project(ProjectSpec.simulated(one.text("name"))
                        .batches()
                        .concurrentBuildLimit(one.number("limit", 100)));
    }

    /** What is written to logs is shown later. */
    void lateLogs(Happening one) {
        aws.logs().ingestionDelay(one.seconds("by")).emptyPages(one.number("emptyPages", 0));
    }

    void group(Happening one) {
        GroupSpec spec = GroupSpec.simulated("web", one.text("name")).instances(one.number("instances", 1));
        spec.simulation().events(one.seconds("events"));
        if (one.has("autoRollback")) {
            spec.autoRollback("DEPLOYMENT_FAILURE");
        }
        aws.codeDeploy().group(spec);
        groups.put(one.text("name"), spec);
    }

    void environment(Happening one) {
        EnvironmentSpec spec = EnvironmentSpec.simulated("web", one.text("name"))
                .instances(one.number("instances", 1))
                .version("v0")
                .cname(one.text("cname", one.text("name")));
        if (one.has("policy")) {
            spec.policy(one.text("policy"));
        }
        spec.simulation().command(one.seconds("command"));
        aws.beanstalk().environment(spec);
    }

    /** How a stack behaves. The stack itself is for the first to make who deploys it. */
    void stack(Happening one) {
        aws.cloudFormation().simulation(one.text("name")).takes(one.seconds("resource"));
    }

    /** The bundle of a deployment, and what becomes of it. */
    void bundle(Happening deployment) {
        aws.s3().put("artifacts", deployment.number("run") + ".zip", new byte[] {1});
        if (deployment.has("fails")) {
            groups.get(deployment.text("group"))
                    .simulation()
                    .failOnce(deployment.text("fails"), Diagnostics.scriptFailed("run.sh", 1, "does not start"));
        }
    }

    /** The version of an update, and what becomes of it. */
    void version(Happening update) {
        String label = "v" + update.number("run");
        aws.beanstalk().version("web", label, "artifacts", update.number("run") + ".zip");
        if (update.has("fails")) {
            aws.beanstalk().simulation(update.text("environment")).failing(label, "does not start");
        }
    }

    /** What becomes of the change of a stack. */
    void change(Happening change) {
        if (change.has("fails")) {
            Simulation stack = aws.cloudFormation().simulation(change.text("stack"));
            Action action = Action.valueOf(change.text("fails"));
            stack.failingNext(action, "Reader", "Lambda is not available");
            if (change.has("stays")) { // so that the rollback fails as well
                stack.failingNext(action, "Reader", "Lambda is still not available");
            }
        }
    }

    void speak(String service, String name) {
        switch (service) {
            case "CodeBuild" ->
                aws.codeBuild().dialect(io.jenkins.plugins.awscicd.localaws.codebuild.Dialect.valueOf(name));
            case "CodeDeploy" ->
                aws.codeDeploy().speak(Set.of(io.jenkins.plugins.awscicd.localaws.codedeploy.Dialect.valueOf(name)));
            case "ElasticBeanstalk" ->
                aws.beanstalk().dialect(io.jenkins.plugins.awscicd.localaws.beanstalk.Dialect.valueOf(name));
            case "CloudFormation" ->
                aws.cloudFormation()
                        .speak(io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect.valueOf(name));
            default -> throw new IllegalArgumentException("No dialects of " + service);
        }
    }
}
