package io.jenkins.plugins.awscicd.localaws.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codepipeline.model.PipelineNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.StageNotRetryableException;
import software.amazon.awssdk.services.codepipeline.model.StageTransitionType;
import software.amazon.awssdk.services.codepipeline.model.ValidationException;

/** How executions come through a pipeline, by its mode; stopped, retried, rolled back. */
class PipelineModesTest extends SteppedPipelines {

    private void pipeline(String mode) {
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .mode(mode)
                        .variable("TEA", "green")
                        .source("acme/web")
                        .simulated("Build", "Compile")
                        .simulated("Deploy", "Ship"));
    }

    @Test
    void anExecutionGoesThroughAllStages() {
        pipeline("SUPERSEDED");
        String id = begin("web");
        pass(40);
        assertEquals("Succeeded", status("web", id));
        assertEquals(
                List.of("Ship", "Compile", "Source"),
                actions("web", id).stream().map(it -> it.actionName()).toList());
        assertEquals("c0ffee", executions("web").get(0).sourceRevisions().get(0).revisionId());
    }

    @Test
    void theSameTokenStartsTheSameExecution() {
        pipeline("SUPERSEDED");
        String id = client.startPipelineExecution(it -> it.name("web").clientRequestToken("a-1"))
                .pipelineExecutionId();
        assertEquals(
                id,
                client.startPipelineExecution(it -> it.name("web").clientRequestToken("a-1"))
                        .pipelineExecutionId());
        assertEquals(1, executions("web").size());
    }

    @Test
    void aNewerExecutionSupersedesTheOneThatWaits() {
        pipeline("SUPERSEDED");
        client.disableStageTransition(it -> it.pipelineName("web")
                .stageName("Deploy")
                .transitionType(StageTransitionType.INBOUND)
                .reason("tea time"));
        String first = begin("web");
        pass(30);
        String second = begin("web");
        pass(30);
        assertEquals("Superseded", status("web", first));
        assertEquals("InProgress", status("web", second));
        client.enableStageTransition(
                it -> it.pipelineName("web").stageName("Deploy").transitionType(StageTransitionType.INBOUND));
        pass(20);
        assertEquals("Succeeded", status("web", second));
    }

    @Test
    void queuedExecutionsWaitForEachOther() {
        pipeline("QUEUED");
        String first = begin("web");
        String second = begin("web");
        pass(28);
        assertEquals("Succeeded", status("web", first));
        assertEquals("InProgress", status("web", second));
        pass(20);
        assertEquals("Succeeded", status("web", second));
    }

    @Test
    void parallelExecutionsDoNot() {
        pipeline("PARALLEL");
        List<String> ids = List.of(begin("web"), begin("web"), begin("web"));
        pass(30);
        ids.forEach(id -> assertEquals("Succeeded", status("web", id)));
    }

    @Test
    void aStoppedExecutionFinishesItsActions() {
        pipeline("SUPERSEDED");
        String id = begin("web");
        pass(5);
        client.stopPipelineExecution(
                it -> it.pipelineName("web").pipelineExecutionId(id).reason("enough"));
        pass(1);
        assertEquals("Stopping", status("web", id));
        pass(20);
        assertEquals("Stopped", status("web", id));
        assertEquals("Succeeded", actions("web", id).get(0).statusAsString());
    }

    @Test
    void anAbandonedOneDoesNot() {
        pipeline("SUPERSEDED");
        String id = begin("web");
        pass(5);
        client.stopPipelineExecution(
                it -> it.pipelineName("web").pipelineExecutionId(id).abandon(true));
        pass(2);
        assertEquals("Stopped", status("web", id));
        assertEquals("Abandoned", actions("web", id).get(0).statusAsString());
    }

    @Test
    void aFailedStageIsRetriedUnderTheSameId() {
        pipeline("SUPERSEDED");
        aws.codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        String id = begin("web");
        pass(40);
        assertEquals("Failed", status("web", id));
        assertEquals(
                "The ship has sunk",
                actions("web", id)
                        .get(0)
                        .output()
                        .executionResult()
                        .errorDetails()
                        .message());
        assertThrows(
                StageNotRetryableException.class,
                () -> client.retryStageExecution(it -> it.pipelineName("web")
                        .stageName("Build")
                        .pipelineExecutionId(id)
                        .retryMode("FAILED_ACTIONS")));
        client.retryStageExecution(it -> it.pipelineName("web")
                .stageName("Deploy")
                .pipelineExecutionId(id)
                .retryMode("FAILED_ACTIONS"));
        pass(20);
        assertEquals("Succeeded", status("web", id));
        assertEquals(1, executions("web").size());
    }

    @Test
    void aStageIsRolledBackByAnExecutionOfItsOwn() {
        pipeline("SUPERSEDED");
        String first = begin("web");
        pass(40);
        String second = client.rollbackStage(
                        it -> it.pipelineName("web").stageName("Deploy").targetPipelineExecutionId(first))
                .pipelineExecutionId();
        pass(20);
        assertEquals("Succeeded", status("web", second));
        assertEquals("ROLLBACK", executions("web").get(0).executionTypeAsString());
        assertEquals(first, executions("web").get(0).rollbackMetadata().rollbackTargetPipelineExecutionId());
    }

    @Test
    void aFailedStageRollsItselfBack() {
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .simulated("Deploy", "Ship")
                        .onFailure("ROLLBACK"));
        begin("web");
        pass(30);
        aws.codePipeline().simulation("web").fails("Ship", 1, "The ship has sunk");
        String second = begin("web");
        pass(40);
        assertEquals("Failed", status("web", second));
        assertEquals("AutomatedRollback", executions("web").get(0).trigger().triggerTypeAsString());
        assertEquals("Succeeded", executions("web").get(0).statusAsString());
    }

    @Test
    void aConditionHoldsAnExecutionBackUntilItIsOverridden() {
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .simulated("Deploy", "Ship")
                        .condition("beforeEntry", "FAIL", "InTheWeek"));
        aws.codePipeline().simulation("web").rule("InTheWeek", true);
        String id = begin("web");
        pass(10);
        assertEquals("Failed", status("web", id));
        client.overrideStageCondition(it -> it.pipelineName("web")
                .stageName("Deploy")
                .pipelineExecutionId(id)
                .conditionType("BEFORE_ENTRY"));
        pass(20);
        assertEquals("Succeeded", status("web", id));
    }

    @Test
    void variablesReachActionsAndUndeclaredOnesAreRefused() {
        pipeline("SUPERSEDED");
        String id = client.startPipelineExecution(it -> it.name("web")
                        .variables(variable -> variable.name("TEA").value("black")))
                .pipelineExecutionId();
        assertEquals(
                "black",
                client.getPipelineExecution(it -> it.pipelineName("web").pipelineExecutionId(id))
                        .pipelineExecution()
                        .variables()
                        .get(0)
                        .resolvedValue());
        assertThrows(
                ValidationException.class,
                () -> client.startPipelineExecution(it -> it.name("web")
                        .variables(variable -> variable.name("COFFEE").value("black"))));
    }

    @Test
    void whatIsNotThereIsSaidToBeSo() {
        PipelineNotFoundException missing = assertThrows(PipelineNotFoundException.class, () -> begin("nothing"));
        assertTrue(missing.getMessage().contains("does not have a pipeline with name 'nothing'"));
    }
}
