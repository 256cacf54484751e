package io.jenkins.plugins.awscicd.step.codepipeline;

import static io.jenkins.plugins.awscicd.step.approval.Approvers.ALICE;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.STARTER;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.inputs;
import static io.jenkins.plugins.awscicd.step.approval.Approvers.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.freestyle.CodePipelineBuilder;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;

/** What a manual approval action of a pipeline asks, people answer in Jenkins, and AWS gets their answer. */
class CodePipelineApprovalTest extends RestartedRuns {

    private static final String ASKING = """
            def done = codePipeline pipeline: 'web', approvals: 'ask'
            echo "is ${done.status}"
            """;

    private void pipeline(String mode) {
        local.aws().s3().createBucket("artifacts", true);
        local.aws()
                .codePipeline()
                .commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"))
                .pipeline(PipelineSpec.named("web")
                        .mode(mode)
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual")
                        .set("CustomData", "Is it <b>tea</b>?")
                        .set("ExternalEntityLink", "https://example.com/tea"));
    }

    private String status() {
        return local.aws().codePipeline().executions("web").get(0).status();
    }

    private String answered() {
        try (CodePipelineClient client = Clients.of(local.aws()).codePipeline()) {
            return client.listActionExecutions(it -> it.pipelineName("web")).actionExecutionDetails().stream()
                    .filter(it -> it.actionName().equals("Approve"))
                    .map(it -> it.output().executionResult().externalExecutionSummary())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void answerInAws(String status) {
        try (CodePipelineClient client = Clients.of(local.aws()).codePipeline()) {
            String token = client.getPipelineState(it -> it.name("web")).stageStates().stream()
                    .flatMap(stage -> stage.actionStates().stream())
                    .filter(action -> action.actionName().equals("Approve"))
                    .findFirst()
                    .orElseThrow()
                    .latestExecution()
                    .token();
            client.putApprovalResult(it -> it.pipelineName("web")
                    .stageName("Deploy")
                    .actionName("Approve")
                    .token(token)
                    .result(result -> result.status(status).summary("as I say")));
        }
    }

    /** Source, build, approval, Elastic Beanstalk; in a stage whose deliveries somebody else has to approve. */
    @Test
    void aSecondPersonApprovesADeliveryFromSourceToBeanstalk() throws Throwable {
        local.aws().s3().createBucket("artifacts", true);
        local.aws().beanstalk().environment(EnvironmentSpec.simulated("web", "web-prod"));
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named("web")
                        .buildspec("version: 0.2\nphases: {build: {commands: [echo brewed]}}\n"
                                + "artifacts: {files: ['**/*']}"));
        local.aws()
                .codePipeline()
                .commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"))
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Build")
                        .action("Compile", "Build", "CodeBuild")
                        .set("ProjectName", "web")
                        .in("Source")
                        .out("Built")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual")
                        .action("Ship", "Deploy", "ElasticBeanstalk")
                        .runOrder(2)
                        .set("ApplicationName", "web")
                        .set("EnvironmentName", "web-prod")
                        .in("Built"));
        sessions.last(jenkins -> {
            local.configure();
            Stage prod = new Stage("prod");
            StageGuards guards = new StageGuards();
            guards.setTargets("pipeline/web");
            guards.setApprovers(ALICE + "," + STARTER);
            guards.setForbidSelfApproval(true);
            prod.setGuards(guards);
            AwsCicdConfiguration.get().setStages(List.of(prod));
            WorkflowRun run = Approvers.in(jenkins).asking("""
                    def what = [pipeline: 'web', sourceRevisions: [[action: 'Source', type: 'COMMIT_ID', value: 'c0ffee']]]
                    awsApproval stage: 'prod', what: what, message: 'Start it?'
                    def done = codePipeline(what + [stage: 'prod', approvals: 'ask'])
                    echo "is ${done.status} with ${done.revisions[0].revision}"
                    """);
            Approvers approvers = Approvers.again(jenkins);
            assertEquals(0, local.aws().codePipeline().executions("web").size());
            assertEquals(302, approvers.approve(ALICE, run, "go").getStatusCode());
            Approvers.waitUntil(run, () -> records(run).size() == 2);
            approvers.asking(run, 1);
            ApprovalRecord record = records(run).get(1);
            assertEquals("prod", record.getStage());
            assertEquals("Source @ c0ffee", record.getDelivery().getContent());
            assertEquals(400, approvers.approve(STARTER, run, "mine").getStatusCode());
            assertEquals("InProgress", status());
            assertEquals(302, approvers.approve(ALICE, run, "seen").getStatusCode());
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is Succeeded with c0ffee", run);
            jenkins.assertLogContains("alice in Jenkins: seen", run);
            assertEquals(0, inputs(run).size());
        });
        assertEquals("alice in Jenkins: seen", answered());
        assertEquals(1, local.aws().calls().count("CodePipeline.PutApprovalResult"));
    }

    /** Whoever starts what its sources have at the moment may start anything. */
    @Test
    void aStageWantsToKnowWhatAPipelineBrings() throws Throwable {
        pipeline("SUPERSEDED");
        sessions.last(jenkins -> {
            local.configure();
            Stage prod = new Stage("prod");
            StageGuards guards = new StageGuards();
            guards.setTargets("pipeline/web");
            guards.setApprovers(ALICE);
            prod.setGuards(guards);
            AwsCicdConfiguration.get().setStages(List.of(prod));
            WorkflowRun run = Approvers.in(jenkins)
                    .start(Approvers.again(jenkins).job("delivery", "codePipeline pipeline: 'web', stage: 'prod'"));
            jenkins.waitForCompletion(run);
            jenkins.assertLogContains("requires 1 approval", run);
        });
        assertEquals(0, local.aws().codePipeline().executions("web").size());
    }

    /** What waits there was pushed, and is not what people have said yes to. */
    @Test
    void anApprovalOfAnotherRevisionOpensNoTransition() throws Throwable {
        local.aws().s3().createBucket("artifacts", true);
        local.aws()
                .codePipeline()
                .commit("acme/web", "main", "c0ffee", "Serve coffee", Map.of("index.html", "coffee"))
                .pipeline(PipelineSpec.named("web").source("acme/web").simulated("Deploy", "Ship"));
        sessions.last(jenkins -> {
            local.configure();
            Stage prod = new Stage("prod");
            StageGuards guards = new StageGuards();
            guards.setTargets("pipeline/web");
            guards.setApprovers(ALICE);
            prod.setGuards(guards);
            AwsCicdConfiguration.get().setStages(List.of(prod));
            try (CodePipelineClient client = Clients.of(local.aws()).codePipeline()) {
                client.disableStageTransition(it -> it.pipelineName("web")
                        .stageName("Deploy")
                        .transitionType("INBOUND")
                        .reason("Tea time"));
                client.startPipelineExecution(it -> it.name("web"));
                // Where nothing waits, any approval opens.
                LocalAwsExtension.await(() -> client.getPipelineState(it -> it.name("web")).stageStates().stream()
                        .anyMatch(stage -> stage.inboundExecution() != null));
            }
            Approvers approvers = Approvers.in(jenkins);
            WorkflowRun run = approvers.asking("""
                    awsApproval stage: 'prod', message: 'Tea?',
                        what: [pipeline: 'web', sourceRevisions: [[action: 'Source', type: 'COMMIT_ID', value: 'c0de']]]
                    codePipeline stage: 'prod', pipeline: 'web', operation: 'enableTransition', pipelineStage: 'Deploy'
                    """);
            approvers.approve(ALICE, run, "tea");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("requires 1 approval", run);
        });
        assertEquals(0, local.aws().calls().count("CodePipeline.EnableStageTransition"));
    }

    @Test
    void theQuestionShowsWhatTheActionTellsItsApprovers() throws Throwable {
        pipeline("SUPERSEDED");
        sessions.last(jenkins -> {
            local.configure();
            WorkflowRun run = Approvers.in(jenkins).asking(ASKING);
            String page = jenkins.createWebClient()
                    .withBasicCredentials(ALICE)
                    .goTo(run.getUrl() + "input")
                    .getWebResponse()
                    .getContentAsString();
            assertTrue(page.contains("Approve Deploy/Approve of pipeline web?"), page);
            assertTrue(page.contains("Is it &lt;b&gt;tea&lt;/b&gt;?"), page);
            assertTrue(page.contains("href=\"https://example.com/tea\""), page);
            assertTrue(page.contains("Source at c0ffee: Serve tea"), page);
            Approvers.again(jenkins).reject(ALICE, run, "no tea");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("alice in Jenkins: no tea", run);
        });
        assertEquals("Failed", status());
        assertEquals("alice in Jenkins: no tea", answered());
    }

    @Test
    void whatIsApprovedInAwsClosesTheQuestion() throws Throwable {
        pipeline("SUPERSEDED");
        sessions.last(jenkins -> {
            local.configure();
            WorkflowRun run = Approvers.in(jenkins).asking(ASKING);
            answerInAws("Approved");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            Approvers.waitUntil(run, () -> inputs(run).isEmpty());
            ApprovalRecord record = records(run).get(0);
            assertEquals(ApprovalRecord.Outcome.ELSEWHERE, record.getOutcome());
            assertTrue(record.isApprovedElsewhere());
            assertTrue(record.getElsewhere().getPerson().startsWith("arn:aws:"), record.getSummary());
            assertEquals("as I say", record.getElsewhere().getComment());
            jenkins.assertLogContains("Approved in AWS by arn:aws:", run);
        });
    }

    @Test
    void anAbortClosesTheQuestionAndStopsTheExecution() throws Throwable {
        pipeline("SUPERSEDED");
        sessions.last(jenkins -> {
            local.configure();
            WorkflowRun run = Approvers.in(jenkins).asking(ASKING);
            run.getExecutor().doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            Approvers.waitUntil(
                    run, () -> inputs(run).isEmpty() && !records(run).get(0).isWaiting());
        });
        assertEquals("Stopped", status());
        assertEquals(0, local.aws().calls().count("CodePipeline.PutApprovalResult"));
    }

    @Test
    void itWaitsThroughARestart() throws Throwable {
        pipeline("SUPERSEDED");
        sessions.then(jenkins -> {
            local.configure();
            Approvers.in(jenkins).asking(ASKING);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = Approvers.again(jenkins).asking(run(jenkins, "delivery"), 1);
            Approvers.again(jenkins).approve(ALICE, run, "seen");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is Succeeded", run);
            assertEquals(1, records(run).size());
        });
        assertEquals(1, local.aws().codePipeline().executions("web").size());
        assertEquals(1, local.aws().calls().count("CodePipeline.PutApprovalResult"));
    }

    @Test
    void threeExecutionsInParallelHaveThreeQuestions() throws Throwable {
        pipeline("PARALLEL");
        sessions.last(jenkins -> {
            local.configure();
            Approvers approvers = Approvers.in(jenkins);
            WorkflowJob job = approvers.job("delivery", ASKING);
            List<WorkflowRun> runs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                runs.add(approvers.asking(
                        job.scheduleBuild2(0, new hudson.model.ParametersAction())
                                .waitForStart(),
                        1));
            }
            approvers.reject(ALICE, runs.get(1), "no tea");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(runs.get(1)));
            approvers.approve(ALICE, runs.get(2), "black");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(runs.get(2)));
            assertEquals(1, inputs(runs.get(0)).size());
            approvers.approve(ALICE, runs.get(0), "green");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(runs.get(0)));
        });
        assertEquals(
                List.of("Succeeded", "Failed", "Succeeded"),
                local.aws().codePipeline().executions("web").stream()
                        .map(it -> it.status())
                        .toList());
    }

    @Test
    void nobodyCanBeAskedInAFreestyleBuild() throws Throwable {
        sessions.last(jenkins -> {
            local.configure();
            CodePipelineStep step = new CodePipelineStep("web");
            step.setApprovals("ask");
            FreeStyleProject project = jenkins.createFreeStyleProject();
            project.getBuildersList().add(new CodePipelineBuilder(step));
            jenkins.assertLogContains(
                    "approvals: nobody can be asked outside of a Pipeline; answer them in AWS, and leave it out",
                    jenkins.buildAndAssertStatus(Result.FAILURE, project));
        });
    }
}
