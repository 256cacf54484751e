package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Simulation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.Instance;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.RawExport;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What there is in AWS that things are deployed to, how it behaves, and what is there of a run to deploy. */
final class Places {

    static final String HOME = "123456789012";
    /** That of somebody else, which roles lead to. */
    static final String OTHER = "210987654321";

    static final List<String> ACCOUNTS = List.of(HOME, OTHER);
    /** The variable by which what AWS does is known to be a run's. */
    static final String RUN = "RUN";

    /** Of reports; each run has its own. */
    private static final String GROUP = "p1-unit-";

    private static final RawExport RAW = new RawExport("artifacts", "reports", false, RawExport.Layout.ID);

    private final LocalAws aws;
    private final Map<String, GroupSpec> groups = new LinkedHashMap<>();
    private final Map<Integer, Happening> tested = new LinkedHashMap<>();
    private int full;
    private Duration setResource = Duration.ZERO;
    /** How many builds of an account have been looked at. */
    private final Map<String, Integer> lookedAt = new HashMap<>();

    Places(LocalAws aws) {
        this.aws = aws;
        aws.s3().createBucket("artifacts", false);
    }

    static Place place(String account) {
        return new Place(account, "eu-west-1");
    }

    private static Place place(Happening one) {
        return place(account(one));
    }

    /** Where something is, or where a step does what it does. */
    static String account(Happening one) {
        return one.has("role") ? one.text("role").split(":")[4] : one.text("account", HOME);
    }

    void project(Happening one) {
        aws.codeBuild(place(one))
                .project(ProjectSpec.simulated(one.text("name"))
                        .batches()
                        .concurrentBuildLimit(one.number("limit", 100)));
    }

    /** One that keeps versions. */
    void bucket(Happening one) {
        aws.s3().createBucket(one.text("name"), true);
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
        aws.codeDeploy(place(one)).group(spec);
        groups.put(account(one) + one.text("name"), spec);
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

    /** Auto Scaling adds instances to a group, or takes some away. */
    void scale(Happening one) {
        aws.codeDeploy(place(one)).scale("web", one.text("group"), one.number("instances"));
    }

    /** Whether EC2 launches nothing more. */
    void full(boolean value) {
        full += value ? 1 : -1;
        aws.beanstalk().room(full == 0);
    }

    /** How long each resource takes in the stacks of stack sets. */
    void sets(Happening one) {
        setResource = one.seconds("resource");
    }

    /** What becomes of a stack set's stacks that are there already. */
    void set(Happening step) {
        List<Instance> instances = aws.cloudFormation().stackSets().all().stream()
                .filter(set -> !set.deleted())
                .flatMap(set -> set.instances().stream())
                .filter(one -> one.stackId() != null)
                .toList();
        for (int i = 0; i < instances.size(); i++) {
            Instance one = instances.get(i);
            Simulation stack = aws.cloudFormation(new Place(one.account(), one.region()))
                    .stack(one.stackId())
                    .simulation();
            stack.takes(setResource);
            if (step.number("fails", -1) == i) {
                stack.failingNext(
                        step.has("delete") ? Action.DELETE : Action.UPDATE, "Reader", "Lambda is not available");
            }
        }
    }

    void pipeline(Happening one) {
        String name = one.text("name");
        aws.codePipeline()
                .commit("acme/web", "main", "1".repeat(40), "All of it", Map.of("index.html", "1"))
                .pipeline(PipelineSpec.named(name)
                        .mode(one.text("mode"))
                        .variable(RUN, "0")
                        .source("acme/web")
                        .simulated("Build", "Compile")
                        .simulated("Deploy", "Ship"));
        aws.codePipeline()
                .simulation(name)
                .takes("Compile", one.seconds("takes"))
                .takes("Ship", one.seconds("takes"));
    }

    /** What tests there are in a build, which its reports tell of. */
    void tests(Happening build) {
        if (build.has("tests")) {
            tested.put(build.number("run"), build);
            if (build.has("raw")) {
                aws.codeBuild().reports().export(GROUP + build.number("run"), RAW);
            }
        }
    }

    /** Gives builds their reports: they have them from the beginning, and AWS shows what is in them later. */
    void report() {
        for (String account : tested.isEmpty() ? List.<String>of() : ACCOUNTS) {
            List<Build> builds = aws.codeBuild(place(account)).builds();
            builds.subList(lookedAt.getOrDefault(account, 0), builds.size()).forEach(this::report);
            lookedAt.put(account, builds.size());
        }
    }

    private void report(Build build) {
        String run = build.settings().plainVariables().get(RUN);
        Happening step = run == null ? null : tested.get(Integer.valueOf(run));
        if (step != null) {
            report(step, build.id());
        }
    }

    private void report(Happening step, String build) {
        aws.codeBuild().reports().generating(step.seconds("seconds").plus(step.seconds("late")));
        for (int i = 0; i < step.number("reports"); i++) {
            List<TestCase> cases = TestRecords.cases(step, i);
            aws.codeBuild()
                    .report(
                            build,
                            GROUP + step.number("run"),
                            cases,
                            Map.of("TEST-" + i + ".xml", TestRecords.xml(cases)));
        }
    }

    /** What becomes of an execution: it may be another one that fails. */
    void execution(Happening one) {
        if (one.has("fails")) {
            aws.codePipeline().simulation(one.text("pipeline")).fails("Ship", 1, "does not ship");
        }
    }

    /** The bundle of a deployment, and what becomes of it. */
    void bundle(Happening deployment) {
        aws.s3().put("artifacts", deployment.number("run") + ".zip", new byte[] {1});
        if (deployment.has("fails")) {
            groups.get(account(deployment) + deployment.text("group"))
                    .simulation()
                    .failOnce(deployment.text("fails"), Diagnostics.scriptFailed("run.sh", 1, "does not start"));
        }
    }

    /** The version of an update, and what becomes of it. */
    void version(Happening update) {
        String label = "v" + update.number("run");
        if (!update.has("upload")) {
            aws.beanstalk().version("web", label, "artifacts", update.number("run") + ".zip");
        }
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
            case "S3" -> aws.s3().dialect(io.jenkins.plugins.awscicd.localaws.s3.Dialect.valueOf(name));
            case "CloudFormation" ->
                aws.cloudFormation()
                        .speak(io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect.valueOf(name));
            default -> throw new IllegalArgumentException("No dialects of " + service);
        }
    }
}
