package io.jenkins.plugins.awscicd.localaws.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionDetail;
import software.amazon.awssdk.services.codepipeline.model.ActionState;
import software.amazon.awssdk.services.codepipeline.model.ApprovalAlreadyCompletedException;
import software.amazon.awssdk.services.codepipeline.model.ApprovalStatus;
import software.amazon.awssdk.services.codepipeline.model.InvalidApprovalTokenException;

/** Actions that start something in the other services, and approvals. */
class RealActionsTest extends SteppedPipelines {

    @Test
    void sourceBuildApprovalAndDeploymentReallyRun() {
        aws.codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 10));
        aws.codeDeploy().group(GroupSpec.simulated("web", "prod").instances("i-1"));
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Build")
                        .action("Compile", "Build", "CodeBuild")
                        .set("ProjectName", "web")
                        .in("Source")
                        .out("Built")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual")
                        .set("CustomData", "Is it tea?")
                        .action("Ship", "Deploy", "CodeDeploy")
                        .runOrder(2)
                        .set("ApplicationName", "web")
                        .set("DeploymentGroupName", "prod")
                        .in("Built"));
        String id = begin("web");
        pass(60);
        assertEquals(1, aws.codeBuild().builds().size());
        ActionState approval = state("web", "Deploy", "Approve");
        String token = approval.latestExecution().token();
        assertNotNull(token);
        answer("web", token);
        assertThrows(ApprovalAlreadyCompletedException.class, () -> answer("web", token));
        assertThrows(InvalidApprovalTokenException.class, () -> answer("web", "another"));
        pass(120);
        assertEquals(
                "Succeeded",
                status("web", id),
                () -> aws.codePipeline().executions("web").get(0).ran().toString());
        ActionExecutionDetail approved = actions("web", id).stream()
                .filter(it -> it.actionName().equals("Approve"))
                .findFirst()
                .orElseThrow();
        assertEquals("fine", approved.output().executionResult().externalExecutionSummary());
        assertEquals("arn:aws:iam::123456789012:user/local", approved.updatedBy());
        ActionExecutionDetail ship = actions("web", id).get(0);
        assertTrue(ship.output().executionResult().externalExecutionId().startsWith("d-"));
    }

    @Test
    void inParallelModeTheTokenIsTheActionsExternalId() {
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .mode("PARALLEL")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Approve", "Approval", "Manual"));
        String first = begin("web");
        String second = begin("web");
        pass(10);
        assertNull(state("web", "Deploy", "Approve").latestExecution().token());
        String token = actions("web", first).get(0).output().executionResult().externalExecutionId();
        answer("web", token);
        pass(5);
        assertEquals("Succeeded", status("web", first));
        assertEquals("InProgress", status("web", second));
    }

    @Test
    void anEnvironmentOfElasticBeanstalkGetsTheArtifact() {
        aws.beanstalk().environment(EnvironmentSpec.simulated("web", "web-prod"));
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Ship", "Deploy", "ElasticBeanstalk")
                        .set("ApplicationName", "web")
                        .set("EnvironmentName", "web-prod")
                        .in("Source"));
        String id = begin("web");
        pass(600);
        assertEquals(
                "Succeeded",
                status("web", id),
                () -> aws.codePipeline().executions("web").get(0).ran().toString());
    }

    @Test
    void aStackIsMade() {
        aws.codePipeline()
                .commit(
                        "acme/web",
                        "main",
                        "decaf",
                        "Declare a topic",
                        Map.of("stack.yml", "Resources: {Topic: {Type: 'AWS::SNS::Topic'}}"));
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Deploy")
                        .action("Stack", "Deploy", "CloudFormation")
                        .set("ActionMode", "CREATE_UPDATE")
                        .set("StackName", "web")
                        .set("TemplatePath", "Source::stack.yml")
                        .in("Source"));
        String id = begin("web");
        pass(120);
        assertEquals(
                "Succeeded",
                status("web", id),
                () -> aws.codePipeline().executions("web").get(0).ran().toString());
        assertEquals("Succeeded", actions("web", id).get(0).statusAsString());
    }

    @Test
    void anObjectOfAnotherKeyIsTakenWhereTheExecutionAsksForIt() {
        aws.s3().createBucket("source", true);
        aws.s3().put("source", "web.zip", new byte[] {1});
        String version = aws.s3().put("source", "other.zip", new byte[] {2});
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .stage("Source")
                        .action("Bucket", "Source", "S3")
                        .set("S3Bucket", "source")
                        .set("S3ObjectKey", "web.zip")
                        .out("Source")
                        .simulated("Deploy", "Ship"));
        client.startPipelineExecution(it -> it.name("web")
                .sourceRevisions(revision -> revision.actionName("Bucket")
                        .revisionType("S3_OBJECT_KEY")
                        .revisionValue("other.zip")));
        pass(10);
        assertEquals(version, executions("web").get(0).sourceRevisions().get(0).revisionId());
    }

    private ActionState state(String pipeline, String stage, String action) {
        return client.getPipelineState(it -> it.name(pipeline)).stageStates().stream()
                .filter(it -> it.stageName().equals(stage))
                .flatMap(it -> it.actionStates().stream())
                .filter(it -> it.actionName().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private void answer(String pipeline, String token) {
        client.putApprovalResult(it -> it.pipelineName(pipeline)
                .stageName("Deploy")
                .actionName("Approve")
                .token(token)
                .result(result -> result.status(ApprovalStatus.APPROVED).summary("fine")));
    }
}
