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
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.ComputeType;

/** A build that was let in, and has failed, is tried again as it was let in alone, and while builds are. */
@WithSharedJenkins
class RetriedBuildsTest extends PipelineRuns {

    private static final Duration LONG = Duration.ofMinutes(10);

    private Approvers people;

    @BeforeEach
    void stage() throws Exception {
        people = Approvers.in(jenkins);
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("release")
                        .batches()
                        .variable("SIMULATED_SECONDS", LONG.toSeconds())
                        .variable("SIMULATED_STATUS", "FAILED,SUCCEEDED"));
        guards(null);
    }

    private static void guards(String closedHours) {
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeBuildProject("release");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setApprovers(Approvers.ALICE);
        guards.setClosedHours(closedHours);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private void enlarge() {
        try (CodeBuildClient client = Clients.of(local.aws()).codeBuild()) {
            var environment = client.batchGetProjects(get -> get.names("release"))
                    .projects()
                    .get(0)
                    .environment();
            client.updateProject(change -> change.name("release")
                    .environment(environment.toBuilder()
                            .computeType(ComputeType.BUILD_GENERAL1_LARGE)
                            .build()));
        }
    }

    /** @param meanwhile done while the first build runs */
    private WorkflowRun failed(String how, Runnable meanwhile) throws Exception {
        String what = "[project: 'release', sourceType: 'NO_SOURCE', " + how + "]";
        WorkflowRun run = people.asking(
                people.start(
                        job(
                                "def how = " + what
                                        + "\nawsApproval stage: 'prod', what: how, message: 'Ship it?'\ncodeBuild([stage: 'prod'] + how)")),
                1);
        people.approve(Approvers.ALICE, run, null);
        jenkins.waitForMessage("PROVISIONING", run);
        meanwhile.run();
        local.advance(LONG.plusSeconds(30));
        local.advance(LONG.plusSeconds(30));
        jenkins.waitForCompletion(run);
        return run;
    }

    private void assertNotTriedAgain(WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(0, local.aws().calls().count("CodeBuild.RetryBuild"));
        assertEquals(0, local.aws().calls().count("CodeBuild.RetryBuildBatch"));
    }

    private static final String ALONE = "buildspec: 'version: 0.2', retryBuild: 2";
    private static final String BATCH =
            "buildspec: 'version: 0.2\\nbatch:\\n  build-list:\\n    - identifier: a\\n', batch: true, retryFailed: 2";

    @ParameterizedTest
    @ValueSource(strings = {ALONE, BATCH})
    void itIsNotTriedAgainWithAnotherProject(String how) throws Exception {
        WorkflowRun run = failed(how, this::enlarge);
        assertNotTriedAgain(run);
        jenkins.assertLogContains("project content: approved value ", run);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALONE, BATCH})
    void itIsNotTriedAgainInClosedHours(String how) throws Exception {
        assertNotTriedAgain(failed(how, () -> guards("daily 00:00-24:00 UTC")));
    }
}
