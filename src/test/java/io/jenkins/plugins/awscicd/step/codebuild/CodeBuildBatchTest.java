package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.tasks.Shell;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.batch.Batch;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Batches of builds in the life of a Pipeline, and of a freestyle job. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CodeBuildBatchTest {

    /** Two builds, of which one is named by its words, and a third that comes after them. */
    private static final String GRAPH = """
            version: 0.2
            env:
              exported-variables: [MADE]
            batch:
              build-graph:
                - identifier: tea
                  env: {variables: {WHAT: tea}}
                - identifier: milk
                  env: {variables: {WHAT: milk}}
                - identifier: cup
                  env: {variables: {WHAT: cup}}
                  depend-on: [tea, milk]
            phases:
              build:
                commands:
                  - echo "making $WHAT"
                  - export MADE=$WHAT
                  - mkdir -p out && echo $WHAT > out/$WHAT.txt
                  - printf "<testsuites><testsuite name='$WHAT'><testcase classname='shop.$WHAT' name='is'/></testsuite></testsuites>" > $WHAT.xml
                  - test $WHAT != broken
            reports:
              unit:
                files: ['*.xml']
            artifacts:
              base-directory: out
              files: ['**/*']
            """;

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        local.configure();
        local.aws().s3().createBucket("builds", false);
    }

    private void project(String buildspec) {
        ProjectSpec web =
                ProjectSpec.named("web").batches().artifacts("builds", "web").buildspec(buildspec);
        web.node().withObject("/artifacts").put("packaging", "NONE").put("namespaceType", "BUILD_ID");
        local.aws().codeBuild().project(web);
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private Batch onlyBatch() {
        List<Batch> all = local.aws().codeBuild().batches().all();
        assertEquals(1, all.size(), "batches in AWS");
        return all.get(0);
    }

    @Test
    void aGraphIsBuiltWithItsTestsAndArtifacts() throws Exception {
        project(GRAPH);
        Slave agent = jenkins.createOnlineSlave();
        WorkflowRun run = run(Result.SUCCESS, """
                node('%s') {
                    def batch = codeBuild project: 'web', batch: true, testResults: 'fail', download: 'made', archive: true
                    def made = batch.members.collect { "${it.identifier}=${it.exportedVariables.MADE}" }
                    echo "batch ${batch.id} ${batch.status} number ${batch.number}: ${made.join(' ')}"
                    echo "tests ${batch.tests.total}, after ${batch.members[3].dependsOn.join('+')}, cause ${batch.cause}"
                    echo "file ${readFile 'made/tea/tea.txt'}"
                }
                """.formatted(agent.getNodeName()));
        jenkins.assertLogContains(
                "batch " + onlyBatch().id() + " SUCCEEDED number 1: DOWNLOAD_SOURCE=null tea=tea milk=milk cup=cup",
                run);
        jenkins.assertLogContains("tests 3, after tea+milk, cause null", run);
        jenkins.assertLogContains("file tea", run);
        jenkins.assertLogContains("tea | making tea\n", run);
        jenkins.assertLogContains("[CodeBuild]     cup after tea, milk", run);
        jenkins.assertLogContains("[CodeBuild] All builds: 3 tests, all passed", run);
        jenkins.assertLogContains("[CodeBuild] web batch #1 succeeded in ", run);
        assertEquals(3, run.getAction(TestResultAction.class).getTotalCount());
        assertEquals(
                Set.of("made/tea/tea.txt", "made/milk/milk.txt", "made/cup/cup.txt"),
                run.getArtifacts().stream().map(it -> it.relativePath).collect(Collectors.toSet()));
        String page = jenkins.createWebClient().getPage(run, "aws").asNormalizedText();
        assertTrue(page.contains("web batch #1"), page);
        assertTrue(
                Pattern.compile(
                                "DOWNLOAD_SOURCE .*\\btea .*PROVISIONING .*\\bmilk .*\\bcup .*UPLOAD_ARTIFACTS ",
                                Pattern.DOTALL)
                        .matcher(page)
                        .find(),
                page);
    }

    @Test
    void whatAwsCombinesIsOneArtifact() throws Exception {
        project(GRAPH);
        Slave agent = jenkins.createOnlineSlave();
        WorkflowRun run = run(Result.SUCCESS, """
                node('%s') {
                    def batch = codeBuild project: 'web', batch: true, batchConfig: [combineArtifacts: true],
                        artifacts: [type: 'S3', location: 'builds', name: 'all.zip', packaging: 'ZIP'],
                        download: [to: 'made', unzip: true], archive: true
                    echo "made ${batch.artifacts.size()} at ${batch.artifacts[0].location}"
                    echo "file ${readFile 'made/milk/milk.txt'}"
                }
                """.formatted(agent.getNodeName()));
        jenkins.assertLogContains("made 1 at arn:aws:s3:::builds/all.zip", run);
        jenkins.assertLogContains("file milk", run);
        assertEquals(
                Set.of("made/tea/tea.txt", "made/milk/milk.txt", "made/cup/cup.txt"),
                run.getArtifacts().stream().map(it -> it.relativePath).collect(Collectors.toSet()));
    }

    @Test
    void aFailureNamesTheBuildThatFailed() throws Exception {
        project(GRAPH.replace("WHAT: milk", "WHAT: broken"));
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', batch: true, log: 'failed'");
        jenkins.assertLogContains("web batch #1 failed: milk failed: BUILD failed: COMMAND_EXECUTION_ERROR", run);
        jenkins.assertLogContains("milk | making broken", run);
        jenkins.assertLogNotContains("making tea", run);
        jenkins.assertLogContains("not built", run);
    }

    @Test
    void abortStopsAllOfItsBuilds() throws Exception {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("slow")
                        .batches()
                        .variable("SIMULATED_SECONDS", 600)
                        .buildspec("{version: 0.2, batch: {build-fanout: {parallelism: 3}}}"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("codeBuild project: 'slow', batch: true", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("fanout_2 | PROVISIONING", run);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals("STOPPED", onlyBatch().status());
        LocalAwsExtension.await(() -> local.aws().codeBuild().builds().stream().allMatch(build -> build.complete()));
    }

    @Test
    void whatOnlyABatchTakesIsSaidWithoutOne() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', retryFailed: 1");
        jenkins.assertLogContains("retryFailed: only used with batch: true", run);
        run = run(
                Result.FAILURE,
                "codeBuild project: 'web', batch: true, fleet: 'arn:aws:codebuild:eu-west-1:1:fleet/f:1'");
        jenkins.assertLogContains("fleet: cannot be combined with batch: true", run);
        assertEquals(0, local.aws().calls().count("CodeBuild.StartBuildBatch"));
    }

    @Test
    void aFreestyleJobHasItsResultInVariables() throws Exception {
        project(GRAPH);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CodeBuildStep step = new CodeBuildStep("web");
        step.setBatch(true);
        BatchOverride config = new BatchOverride();
        config.setMaximumBuildsAllowed(5);
        step.setBatchConfig(config);
        job.getBuildersList().add(new CodeBuildBuilder(step));
        job.getBuildersList()
                .add(new Shell("echo \"it is $AWS_CODEBUILD_BATCH_STATUS with $AWS_CODEBUILD_EXPORTED_cup_MADE\""));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        jenkins.assertLogContains("it is SUCCEEDED with cup", build);
        FreeStyleProject again = jenkins.configRoundtrip(job);
        CodeBuildStep kept = again.getBuildersList().get(CodeBuildBuilder.class).getStep();
        assertEquals(true, kept.getBatch());
        assertEquals(5, kept.getBatchConfig().getMaximumBuildsAllowed());
        assertNull(kept.getRetryFailed());
    }
}
