package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.ComputeType;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsType;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** What is approved by a name is what had that name then. */
@WithSharedJenkins
class ChangedNamesTest extends BeanstalkRuns {

    private static final String BUILD = "[project: 'release', sourceType: 'NO_SOURCE', buildspec: 'version: 0.2']";
    private static final String UPDATE =
            "[application: 'web', environment: 'web-prod', version: 'v1', templateName: 'large']";
    private static final String DEPLOY = "[revision: 's3://artifacts/1.zip', deploymentConfig: 'slowly']";

    private Approvers people;

    @BeforeEach
    void stage() throws Exception {
        people = Approvers.in(jenkins);
        local.aws().codeBuild().project(ProjectSpec.simulated("release").variable("SIMULATED_SECONDS", 0));
        local.aws().beanstalk().environment(environment());
        GroupSpec group = GroupSpec.simulated("web", "prod");
        group.simulation().events(Duration.ofMillis(10));
        local.aws().codeDeploy().group(group);
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            client.createApplicationVersion(version -> version.applicationName("web")
                    .versionLabel("v1")
                    .sourceBundle(bundle -> bundle.s3Bucket("artifacts").s3Key("1.zip")));
        }
        template("t3.large");
        configuration(0);
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup("prod");
        defaults.setBeanstalkApplication("web");
        defaults.setEnvironment("web-prod");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setApprovers(Approvers.ALICE);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private void template(String instanceType) {
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            client.deleteConfigurationTemplate(old -> old.applicationName("web").templateName("large"));
            client.createConfigurationTemplate(save -> save.applicationName("web")
                    .templateName("large")
                    .environmentId(
                            local.aws().beanstalk().environment("web-prod").id())
                    .optionSettings(option -> option.namespace("aws:autoscaling:launchconfiguration")
                            .optionName("InstanceType")
                            .value(instanceType)));
        }
    }

    private void configuration(int healthy) {
        try (CodeDeployClient client = Clients.of(local.aws()).codeDeploy()) {
            client.deleteDeploymentConfig(old -> old.deploymentConfigName("slowly"));
            client.createDeploymentConfig(make -> make.deploymentConfigName("slowly")
                    .minimumHealthyHosts(hosts ->
                            hosts.type(MinimumHealthyHostsType.FLEET_PERCENT).value(healthy)));
        }
    }

    private void project(ComputeType size) {
        try (CodeBuildClient client = Clients.of(local.aws()).codeBuild()) {
            var environment = client.batchGetProjects(get -> get.names("release"))
                    .projects()
                    .get(0)
                    .environment();
            client.updateProject(change -> change.name("release")
                    .environment(environment.toBuilder().computeType(size).build()));
        }
    }

    /** @param meanwhile done between the approval and the step */
    private WorkflowRun approved(String step, String how, Runnable meanwhile) throws Exception {
        WorkflowRun run = people.asking(
                people.start(job("def how = " + how + "\nawsApproval stage: 'prod', what: how, message: 'Ship it?'\n"
                        + "input id: 'Wait', message: 'Now?'\n" + step + "([stage: 'prod'] + how)")),
                1);
        people.approve(Approvers.ALICE, run, null);
        jenkins.waitForMessage("Now?", run);
        meanwhile.run();
        people.call(Approvers.ADMIN, run, "proceedEmpty");
        return jenkins.waitForCompletion(run);
    }

    private static void refused(String content, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(content + " content: approved value ", run);
    }

    @Test
    void whatWasChangedSinceIsNotUsed() throws Exception {
        refused("project", approved("codeBuild", BUILD, () -> project(ComputeType.BUILD_GENERAL1_LARGE)));
        refused("templateName", approved("beanstalkDeploy", UPDATE, () -> template("t3.nano")));
        refused("deploymentConfig", approved("codeDeploy", DEPLOY, () -> configuration(50)));
        assertEquals(List.of(), local.aws().codeBuild().builds());
        assertEquals(0, calls("UpdateEnvironment"));
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    /** Between two tries of a build, too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasChangedSinceIsNotTriedAgain(boolean changed) throws Exception {
        local.aws()
                .codeBuild()
                .change(ProjectSpec.simulated("release")
                        .variable("SIMULATED_SECONDS", 600)
                        .variable("SIMULATED_STATUS", "FAILED,SUCCEEDED"));
        WorkflowRun run = people.asking(
                people.start(job("def how = " + BUILD.replace("]", ", retryBuild: 1]")
                        + "\nawsApproval stage: 'prod', what: how, message: 'Ship it?'\n"
                        + "codeBuild([stage: 'prod'] + how)")),
                1);
        people.approve(Approvers.ALICE, run, null);
        jenkins.waitForMessage("PROVISIONING", run);
        if (changed) {
            project(ComputeType.BUILD_GENERAL1_LARGE);
        }
        local.advance(Duration.ofMinutes(10));
        if (changed) {
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("release #1 is not tried again: ", run);
            jenkins.assertLogContains("project content: approved value ", run);
        } else {
            jenkins.waitForMessage("release #2 is try 2 of 2", run);
            local.advance(Duration.ofMinutes(10));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        }
        assertEquals(changed ? 1 : 2, local.aws().codeBuild().builds().size());
    }

    @Test
    void whatWasOnlyMadeAnewIsUsed() throws Exception {
        jenkins.assertBuildStatusSuccess(approved("codeBuild", BUILD, () -> project(ComputeType.BUILD_GENERAL1_SMALL)));
        jenkins.assertBuildStatusSuccess(approved("beanstalkDeploy", UPDATE, () -> template("t3.large")));
        jenkins.assertBuildStatusSuccess(approved("codeDeploy", DEPLOY, () -> configuration(0)));
    }

    /** The question says so, and the name is all that is approved. */
    @Test
    void whatMayNotBeReadGoesByItsName() throws Exception {
        local.aws().faults().on("CodeBuild.BatchGetProjects").accessDenied();
        WorkflowRun run = approved("codeBuild", BUILD, () -> {});
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("With project content: not known without codebuild:BatchGetProjects", run);
        jenkins.assertLogContains("Known by name only, and not compared: fleet, source credentials, ", run);
        local.aws().faults().clear();
        WorkflowRun since = approved(
                "codeBuild",
                BUILD,
                () -> local.aws().faults().on("CodeBuild.BatchGetProjects").accessDenied());
        refused("project", since);
    }

    /** Where nobody approves of anything, nothing is read for it. */
    @Test
    void nothingIsReadWhereNobodyIsAsked() throws Exception {
        StageGuards guards = new StageGuards();
        guards.setJobs("**");
        AwsCicdConfiguration.get().getStages().get(0).setGuards(guards);
        run(Result.SUCCESS, "codeBuild([stage: 'prod'] + " + BUILD + ")\ncodeDeploy([stage: 'prod'] + " + DEPLOY + ")");
        assertEquals(0, local.aws().calls().count("CodeBuild.BatchGetProjects"));
        assertEquals(0, local.aws().calls().count("CodeDeploy.GetDeploymentConfig"));
    }
}
