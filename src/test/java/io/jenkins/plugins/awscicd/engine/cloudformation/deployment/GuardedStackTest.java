package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** Nothing is done to a stack that is refused, or that is somebody else's to do, and nothing is shown that may be secret. */
class GuardedStackTest extends SteppedStacks {

    private static final Gate SHUT = (application, target, revision) -> {
        throw new Refused("not approved");
    };

    /** With changes and without. */
    @ParameterizedTest
    @ValueSource(strings = {"large", "small"})
    void whatIsRefusedSetsNothingAtTheStack(String size) {
        deployed(TWO);
        Step step = deploy(TWO)
                .with("parameters", Map.of("Size", size))
                .with("terminationProtection", true)
                .with("stackPolicy", Map.of("Statement", List.of()))
                .behind(SHUT)
                .run();
        assertEquals(Verdict.End.REFUSED, step.verdict(), step::why);
        assertEquals(0, calls("UpdateTerminationProtection"));
        assertEquals(0, calls("SetStackPolicy"));
    }

    @Test
    void settingsAreSetThoughNothingElseChanges() {
        deployed(TWO);
        List<String> asked = new ArrayList<>();
        Step step = deploy(TWO)
                .with("terminationProtection", true)
                .behind((application, target, revision) -> asked.add(revision))
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("No changes");
        assertEquals(1, calls("UpdateTerminationProtection"));
        assertEquals(1, asked.size());
    }

    @Test
    void aFailedCreationIsNotDeletedIfThatIsRefused() {
        simulation().failing(Action.CREATE, "Reader", "No such handler");
        deploy(TWO).run();
        Step step = deploy(TWO).with("recreateFailed", true).behind(SHUT).run();
        assertEquals(Verdict.End.REFUSED, step.verdict(), step::why);
        assertEquals(0, calls("DeleteStack"));
        assertEquals("ROLLBACK_COMPLETE", status());
    }

    /** As {@code aws cloudformation deploy} does: without a token. */
    @Test
    void aRolledBackUpdateHasFailedThoughSomebodyElseHasUpdatedTheStackSince() {
        deployed(TWO);
        simulation().failing(Action.UPDATE, "Reader", "Memory is full");
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        bench.advance(5);
        step.crash();
        bench.advanceUntil(() -> status().equals("UPDATE_ROLLBACK_COMPLETE"), LONG);
        simulation().heal();
        client().updateStack(it -> it.stackName("web").templateBody(TWO.replace("30}", "60}")));
        bench.advanceUntil(() -> status().equals("UPDATE_COMPLETE"), LONG);
        bench.advance(60);
        step.restart().end();
        assertEquals(Verdict.End.FAILED, step.verdict(), step.lines()::toString);
    }

    /** AWS deletes all other change sets of a stack when one is executed. */
    @Test
    void aChangeSetThatIsDeletedBeforeItsExecutionIsMadeAnew() {
        deployed(TWO);
        Step other = deploy(TWO.replace("30}", "60}")).with("execute", false).run();
        AtomicBoolean once = new AtomicBoolean();
        Step step = deploy(TWO)
                .with("parameters", Map.of("Size", "large"))
                .behind((application, target, revision) -> {
                    if (once.compareAndSet(false, true)) {
                        client().executeChangeSet(
                                        it -> it.changeSetName(other.result().getChangeSet()));
                    }
                })
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    @Test
    void aChangeSetThatIsDeletedWhileItIsMadeIsMadeAnew() {
        deployed(TWO);
        Step other = deploy(TWO.replace("30}", "60}")).with("execute", false).run();
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("CreateChangeSet") == 3, LONG);
        client().executeChangeSet(it -> it.changeSetName(other.result().getChangeSet()));
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    /** Once executed it has no name any more. */
    @Test
    void aChangeSetThatWasNamedIsFoundAgainAfterARestart() {
        Step made = deploy(TWO).with("execute", false).run();
        String arn = made.result().getChangeSet();
        Step step = step().with("changeSet", arn.split("/")[1]);
        step.behind((application, target, revision) ->
                        bench.aws().faults().on("CloudFormation.DescribeStacks").error(500))
                .begin();
        bench.advanceUntil(() -> calls("ExecuteChangeSet") == 1, LONG);
        step.crash();
        bench.aws().faults().clear();
        bench.advanceUntil(() -> status().equals("CREATE_COMPLETE"), LONG);
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @Test
    void nothingIsDeployedWithoutTheFilesOfParameters() throws Exception {
        Files.writeString(workspace.resolve("p.json"), "[\"Size=large\"]");
        Step step = deploy(TWO).with("parameterFiles", "p.json").begin();
        bench.advanceUntil(() -> calls("CreateChangeSet") == 1, LONG);
        bench.advance(1);
        step.crash();
        String arn = step.kept.disk.read().get("changeSet.id");
        client().deleteChangeSet(it -> it.changeSetName(arn));
        step.restart().end();
        assertTrue(step.why().contains("run the step again"), step::why);
        assertEquals(1, calls("CreateChangeSet"));
        assertEquals(0, calls("ExecuteChangeSet"));
    }

    /** AWS makes no nested change sets of an import, nor of one that reverts drift. */
    @Test
    void resourcesAreImported() {
        deployed(TWO);
        String more = TWO.replace(
                "Outputs:",
                "  Topic:\n    Type: AWS::SNS::Topic\n    DeletionPolicy: Retain\n    Properties: {}\nOutputs:");
        Step step = deploy(more)
                .with(
                        "resourcesToImport",
                        List.of(Map.of(
                                "type",
                                "AWS::SNS::Topic",
                                "id",
                                "Topic",
                                "identifier",
                                Map.of("TopicArn", "arn:aws:sns:eu-west-1:123456789012:news"))))
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @Test
    void driftIsReverted() {
        deployed(TWO);
        Step step = deploy(TWO)
                .with("parameters", Map.of("Size", "large"))
                .with("revertDrift", true)
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @Test
    void secretsAreNotShown() {
        String template = TWO.replace("{MemorySize: ", "{MasterUserPassword: !Ref Size, MemorySize: ");
        deployed(template);
        Step step = deploy(template)
                .with("parameters", Map.of("Size", "hunter2"))
                .with("execute", false)
                .run();
        String properties = step.result().getChanges().get(0).getProperties().toString();
        assertTrue(properties.contains("MasterUserPassword: **** -> ****"), properties);
        assertTrue(properties.contains("MemorySize: small -> hunter2"), properties);
        step.says("MasterUserPassword: ****");
    }

    @Test
    void secretsThatHaveDriftedAreNotShown() {
        deployed(TWO.replace("{MemorySize: ", "{MasterUserPassword: !Ref Size, MemorySize: "));
        simulation().drifting("Reader", it -> it.put("MasterUserPassword", "hunter2"));
        Step step = step().with("driftOnly", true).run();
        assertEquals(
                "MODIFIED /MasterUserPassword has another value, which is not shown",
                step.result().getDrift().get("Reader"));
    }

    @Test
    void whatHasNoEffectIsSaid() {
        Step made =
                deploy(TWO).with("execute", false).with("onFailure", "delete").run();
        Step step = step().with("changeSet", made.result())
                .with("onFailure", "keep")
                .run();
        step.says("onFailure: 'keep' has no effect");
    }

    /** Ours has ended while no process looked, and another controller's has begun. */
    @Test
    void anAbortDoesNotCancelTheUpdateOfSomebodyElse() {
        deployed(TWO);
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        bench.advance(5);
        step.crash();
        bench.advanceUntil(() -> status().equals("UPDATE_COMPLETE"), LONG);
        simulation().takes("Reader", Duration.ofMinutes(5));
        Step other = deploy(TWO).with("parameters", Map.of("Size", "huge")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        bench.advance(20);
        step.kept.resume(bench.scheduler(), new RuntimeException("aborted"), null);
        step.end();
        other.end();
        assertEquals(0, calls("CancelUpdateStack"));
        assertEquals(Verdict.End.SUCCEEDED, other.verdict(), other::why);
    }

    @Test
    void anAbortOfALookForDriftCancelsNoUpdate() {
        deployed(TWO);
        simulation().takes("Reader", Duration.ofMinutes(5));
        Step other = deploy(TWO).with("parameters", Map.of("Size", "huge")).begin();
        Step drift = step().with("driftOnly", true).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        bench.advanceUntil(() -> calls("DescribeStackResourceDrifts") == 1, LONG);
        drift.kept.execution().stop(new RuntimeException("aborted"), null);
        drift.end();
        other.end();
        assertEquals(0, calls("CancelUpdateStack"));
        assertEquals(Verdict.End.SUCCEEDED, other.verdict(), other::why);
    }

    private CloudFormationClient client() {
        return CloudFormationService.client(bench.session());
    }
}
