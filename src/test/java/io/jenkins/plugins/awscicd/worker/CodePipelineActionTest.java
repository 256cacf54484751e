package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.events.EventQueue;
import io.jenkins.plugins.awscicd.harness.RunningBuilds;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs of Jenkins as the work of a pipeline's actions, however their runs end. */
@WithSharedJenkins
class CodePipelineActionTest extends PipelineRuns {

    private Actions actions;

    @BeforeEach
    void register() {
        actions = new Actions(local.aws()).set();
    }

    @AfterEach
    void stop() throws Exception {
        CodePipelineActions.get().setActionTypes(List.of());
        Jenkins.get().setNumExecutors(2);
        RunningBuilds.deleteWithJobs(Jenkins.get());
        LocalAwsExtension.await(() -> JobWorkers.get().statuses().isEmpty());
    }

    private WorkflowJob web(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "web");
        job.setDefinition(new CpsFlowDefinition(script, true));
        Actions.trigger(job);
        Actions.work();
        return job;
    }

    private static String begun(String account, String owner, String provider, String state) {
        return """
                {"id": "1", "source": "aws.codepipeline", "detail-type": "CodePipeline Action Execution State Change",
                 "account": "%s", "region": "eu-west-1", "detail": {"pipeline": "web", "state": "%s", "action": "Compile",
                 "type": {"owner": "%s", "category": "Build", "provider": "%s", "version": "1"}}}""".formatted(account, state, owner, provider);
    }

    private static boolean announces(String event) {
        EventQueue queue = new EventQueue("arn:aws:sqs:eu-west-1:123456789012:jenkins");
        return ExtensionList.lookupSingleton(ActionEvents.class).received(AwsEvent.of(event), queue);
    }

    /** The event of an action of its type has a worker poll, and no other event does. */
    @Test
    void workerHearsOfActionsOfItsTypeInItsAccount() throws Exception {
        Actions.work();
        LocalAwsExtension.await(() -> announces(begun("123456789012", "Custom", "Jenkins", "STARTED")));
        assertFalse(announces(begun("123456789012", "Custom", "Jenkins", "SUCCEEDED")));
        assertFalse(announces(begun("123456789012", "Custom", "Hudson", "STARTED")));
        assertFalse(announces(begun("123456789012", "AWS", "Jenkins", "STARTED")));
        assertFalse(announces(begun("999999999999", "Custom", "Jenkins", "STARTED")));
    }

    @Test
    void pipelineTakesArtifactsInAndHandsArtifactsAndVariablesOut() throws Exception {
        WorkflowJob job = web("""
                node {
                    codePipelineArtifacts()
                    def tea = readFile('index.html')
                    writeFile file: 'dist/out.txt', text: "built of ${tea} for ${env.CODEPIPELINE_NAME}"
                    codePipelineResult outputs: [[name: 'Built', path: 'dist']],
                        variables: [[name: 'version', value: "1.${env.BUILD_NUMBER}"]]
                }
                """);
        String id = actions.execute("web");
        assertEquals("Succeeded", actions.end("web", id));
        WorkflowRun run = (WorkflowRun) Actions.run(job, 1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Action Build/Compile of pipeline web of AWS CodePipeline", run);
        jenkins.assertLogContains("/codesuite/codepipeline/pipelines/web/executions/" + id, run);
        jenkins.assertLogContains("Unpacked input artifact Source: 2 files", run);
        assertEquals(
                "ship-1.1",
                actions.action("web", id, "Ship")
                        .input()
                        .resolvedConfiguration()
                        .get("FunctionName"));
        assertEquals(
                "http://localhost/aws-codepipeline/run?of=web:1",
                actions.action("web", id, "Compile").output().executionResult().externalExecutionUrl());
        String key = actions.action("web", id, "Compile")
                .output()
                .outputArtifacts()
                .get(0)
                .s3location()
                .key();
        assertTrue(local.aws().s3().bytes("artifacts", key).length > 0);
        assertEquals(
                "aws:kms",
                local.aws()
                        .s3()
                        .object("artifacts", key)
                        .orElseThrow()
                        .headers()
                        .get("x-amz-server-side-encryption"));
        assertNothingSecretIsKept(run);
    }

    private static void assertNothingSecretIsKept(Run<?, ?> run) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(run.getRootDir().toPath())) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (String secret : List.of("hunter22", "X-Amz-Signature", "IQoJb3JpZ2lu")) {
                assertFalse(text.contains(secret), secret + " in " + file);
            }
        }
    }

    @Test
    void failureAndAbortAndMissingOutputAreTold() throws Exception {
        WorkflowJob job = web("error 'no tea'");
        String failed = actions.execute("web");
        assertEquals("Failed", actions.end("web", failed));
        assertTrue(actions.failure("web", failed).contains("web #1 ended FAILURE"), actions.failure("web", failed));

        job.setDefinition(new CpsFlowDefinition("echo 'forgot the output'", true));
        String missing = actions.execute("web");
        assertEquals("Failed", actions.end("web", missing));
        assertTrue(actions.failure("web", missing).contains("output artifacts Built"), actions.failure("web", missing));

        job.setDefinition(new CpsFlowDefinition("sleep 600", true));
        String aborted = actions.execute("web");
        WorkflowRun run = (WorkflowRun) Actions.run(job, 3);
        jenkins.waitForMessage("Sleeping", run);
        run.doStop();
        assertEquals("Failed", actions.end("web", aborted));
        assertTrue(actions.failure("web", aborted).contains("ended ABORTED"), actions.failure("web", aborted));
    }

    @Test
    void deletedJobAndCancelledItemAreTold() throws Exception {
        WorkflowJob job = web("sleep 600");
        String deleted = actions.execute("plain");
        WorkflowRun run = (WorkflowRun) Actions.run(job, 1);
        jenkins.waitForMessage("Sleeping", run);
        job.delete(); // a run alone cannot be deleted while it runs
        assertEquals("Failed", actions.end("plain", deleted));

        FreeStyleProject busy = jenkins.createFreeStyleProject("free");
        CodePipelineJobTrigger trigger = new CodePipelineJobTrigger();
        trigger.setProjectName("web");
        busy.addTrigger(trigger);
        Jenkins.get().setNumExecutors(0);
        String cancelled = actions.execute("plain");
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return busy.isInQueue();
        });
        assertEquals(
                0,
                local.aws().codePipeline().jobs().all().stream()
                        .filter(it -> it.status.equals("InProgress"))
                        .count(),
                "it is anybody's while it waits");
        Queue.getInstance().cancel(busy);
        assertEquals("Failed", actions.end("plain", cancelled));
        assertTrue(actions.failure("plain", cancelled).contains("Cancelled in the queue"));
        assertNull(busy.getLastBuild());
    }

    @Test
    void fiftyActionsAreFiftyRuns() throws Exception {
        WorkflowJob job = web("echo env.CODEPIPELINE_EXECUTION_ID");
        Set<String> executions = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            executions.add(actions.execute("plain"));
        }
        for (String id : executions) {
            assertEquals("Succeeded", actions.end("plain", id));
        }
        jenkins.waitUntilNoActivity();
        List<String> worked = new ArrayList<>();
        for (WorkflowRun run : job.getBuilds()) {
            worked.add(run.getAction(CodePipelineJobAction.class).of().execution());
        }
        assertEquals(50, worked.size());
        assertEquals(executions, new HashSet<>(worked), "each once");
    }

    @Test
    void freestyleDoesTheSame() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("web");
        Actions.trigger(job);
        job.getBuildersList().add(new CodePipelineArtifactsStep());
        CodePipelineResultStep result = new CodePipelineResultStep();
        result.setOutputs(List.of(new OutputArtifact("Built", "")));
        result.setVariables(List.of(new OutputVariable("version", "2.$BUILD_NUMBER")));
        job.getBuildersList().add(result);
        Actions.work();
        String id = actions.execute("web");
        assertEquals("Succeeded", actions.end("web", id));
        assertEquals(
                "ship-2.1",
                actions.action("web", id, "Ship")
                        .input()
                        .resolvedConfiguration()
                        .get("FunctionName"));
        Run<?, ?> run = Actions.run(job, 1);
        jenkins.waitForCompletion(run);
        assertNothingSecretIsKept(run);
    }

    @Test
    void jobOfAnotherFolderIsNotGivenTheWork() throws Exception {
        WorkflowJob job = web("echo 'work'");
        CodePipelineActionType type = Actions.type();
        type.setJobs("delivery/**");
        type.setExclusive(true);
        CodePipelineActions.get().setActionTypes(List.of(type));
        String id = actions.execute("plain");
        assertEquals("Failed", actions.end("plain", id));
        assertTrue(actions.failure("plain", id).contains("no job 'web'"), actions.failure("plain", id));
        assertNull(job.getLastBuild());
    }

    @Test
    void stepsSayWhatTheyNeed() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "node { codePipelineArtifacts() }");
        jenkins.assertLogContains("not begun by an action of AWS CodePipeline", run);
        assertFalse(JenkinsRule.getLog(run).contains("Exception:"));
    }
}
