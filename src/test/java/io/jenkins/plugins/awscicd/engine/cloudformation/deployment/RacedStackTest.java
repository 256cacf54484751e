package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** Others change the stack at the same time: people, other controllers, and AWS itself. */
class RacedStackTest extends SteppedStacks {

    private CloudFormationClient somebody() {
        return CloudFormationService.client(bench.session());
    }

    private List<String> changeSets() {
        return somebody().listChangeSets(it -> it.stackName("web")).summaries().stream()
                .map(it -> it.changeSetName())
                .toList();
    }

    @Test
    void aCreationThatFailedWhileNobodyLookedIsNotBegunAgain() {
        simulation().failing(Action.CREATE, "Reader", "No such handler");
        Step step = deploy(TWO).with("onFailure", "delete").begin();
        bench.advanceUntil(() -> calls("ExecuteChangeSet") == 1, LONG);
        step.crash();
        bench.advanceUntil(() -> !bench.aws().cloudFormation().has("web"), LONG);
        simulation().heal();
        step.restart().end();
        assertEquals(Verdict.End.FAILED, step.verdict(), () -> step.lines().toString());
        assertFalse(bench.aws().cloudFormation().has("web"), "it is not created again");
        assertEquals(
                "Cause: Reader (AWS::Lambda::Function): No such handler",
                step.lines().get(step.lines().size() - 1));
    }

    @Test
    void aStackThatSomebodyDeletedWhileNobodyLookedIsNotMadeAgain() {
        Step step = deploy(TWO).begin();
        bench.advanceUntil(() -> calls("ExecuteChangeSet") == 1, LONG);
        step.crash();
        somebody().deleteStack(it -> it.stackName("web"));
        bench.advanceUntil(() -> !bench.aws().cloudFormation().has("web"), LONG);
        step.restart().end();
        assertEquals(Verdict.End.FAILED, step.verdict(), () -> step.lines().toString());
        assertFalse(bench.aws().cloudFormation().has("web"));
    }

    @Test
    void whatWasNeverExecutedIsMadeAnewAlthoughItsExecutionWasAboutToBegin() {
        Fault fault = bench.aws()
                .faults()
                .on("CloudFormation.ExecuteChangeSet")
                .cutConnection()
                .times(1);
        Step step = deploy(TWO).begin();
        bench.advanceUntil(() -> fault.hits() == 1, LONG);
        step.crash();
        somebody().deleteStack(it -> it.stackName("web"));
        bench.advanceUntil(() -> !bench.aws().cloudFormation().has("web"), LONG);
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("CREATE_COMPLETE", status());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anAbortWhileTheChangeSetIsMadeLeavesNone(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deployed(TWO);
        int before = changeSets().size();
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("CreateChangeSet") == 2, LONG);
        step.abort();
        step.end();
        bench.advance(60);
        assertEquals(before, changeSets().size(), () -> changeSets().toString());
        assertEquals("CREATE_COMPLETE", status());
    }

    @Test
    void anAbortBeforeAwsHasAnsweredThatItMakesTheChangeSetLeavesNone() {
        deployed(TWO);
        int before = changeSets().size();
        Fault fault = bench.aws()
                .faults()
                .on("CloudFormation.CreateChangeSet")
                .cutConnection()
                .afterExecution();
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> fault.hits() == 1, LONG);
        step.abort();
        step.end();
        bench.advance(60);
        assertEquals(before, changeSets().size(), () -> changeSets().toString());
    }

    @Test
    void anAbortAfterARestartLeavesNoChangeSetOfBefore() {
        deployed(TWO);
        int before = changeSets().size();
        Fault fault = bench.aws()
                .faults()
                .on("CloudFormation.CreateChangeSet")
                .cutConnection()
                .afterExecution();
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> fault.hits() == 1, LONG);
        step.crash();
        bench.aws().faults().clear();
        step.kept.resume(bench.scheduler(), new RuntimeException("aborted"), null);
        step.end();
        bench.advance(60);
        assertEquals(before, changeSets().size(), () -> changeSets().toString());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void twoControllersChangeOneStackOneAfterTheOther(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deployed(TWO);
        Step one = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        Step other = deploy(TWO)
                .with("parameters", Map.of("Size", "huge"))
                .elsewhere()
                .begin();
        one.end();
        other.end();
        assertEquals(Verdict.End.SUCCEEDED, one.verdict(), () -> one.lines() + one.why());
        assertEquals(Verdict.End.SUCCEEDED, other.verdict(), () -> other.lines() + other.why());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void twoControllersMakeOneStack(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        Step one = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        Step other = deploy(TWO)
                .with("parameters", Map.of("Size", "huge"))
                .elsewhere()
                .begin();
        one.end();
        other.end();
        assertEquals(Verdict.End.SUCCEEDED, one.verdict(), () -> one.lines() + one.why());
        assertEquals(Verdict.End.SUCCEEDED, other.verdict(), () -> other.lines() + other.why());
        assertEquals("UPDATE_COMPLETE", status(), () -> one.lines() + "\n" + other.lines());
    }

    @Test
    void whatIsDeletedWhileItsTurnIsWaitedForIsMadeAnew() {
        deployed(TWO);
        simulation().takes("Reader", Duration.ofMinutes(2));
        Step one = deploy(TWO).with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> status().equals("UPDATE_IN_PROGRESS"), LONG);
        Step planned = deploy(TWO).with("parameters", Map.of("Size", "huge")).begin();
        one.end();
        somebody().deleteStack(it -> it.stackName("web"));
        planned.end();
        assertEquals(Verdict.End.SUCCEEDED, planned.verdict(), () -> planned.lines() + planned.why());
        assertEquals("CREATE_COMPLETE", status());
    }

    @Test
    void aChangeSetThatSomebodyDeletedBeforeItIsExecutedIsMadeAnew() {
        deployed(TWO);
        List<String> asked = new ArrayList<>();
        Step step = deploy(TWO)
                .with("parameters", Map.of("Size", "large"))
                .behind((application, target, revision) -> {
                    asked.add(revision);
                    if (asked.size() == 1) {
                        somebody().deleteChangeSet(it -> it.changeSetName(revision));
                    }
                })
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals(2, asked.size(), asked::toString);
        assertEquals(2, asked.stream().distinct().count(), "another one is to be agreed to");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatOthersBeginBetweenTheLookAndTheExecutionIsWaitedForAndAskedAnew(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deployed(TWO);
        List<String> asked = new ArrayList<>();
        Step step = deploy(TWO)
                .with("parameters", Map.of("Size", "large"))
                .behind((application, target, revision) -> {
                    asked.add(revision);
                    if (asked.size() == 1) {
                        somebody().updateStack(it -> it.stackName("web").templateBody(TWO + "  More: {Value: '1'}\n"));
                    }
                })
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals("large", step.result().getOutputs().get("Size"));
        assertEquals(2, asked.stream().distinct().count(), asked::toString);
    }

    @Test
    void aStackThatAnotherHasOnlyPlannedIsMadeAllTheSame() {
        somebody()
                .createChangeSet(it -> it.stackName("web")
                        .changeSetName("theirs")
                        .changeSetType("CREATE")
                        .templateBody(TWO));
        Step step = deploy(TWO).with("parameters", Map.of("Size", "large")).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    @Test
    void aTimeoutInEachPhaseEndsTheStepAsFailedAndLeavesTheStackAsItWas() {
        deployed(TWO);
        simulation().takes("Reader", Duration.ofMinutes(10));
        for (String until : List.of("CreateChangeSet", "DescribeChangeSet", "ExecuteChangeSet")) {
            long before = calls(until);
            Step step = deploy(TWO).with("parameters", Map.of("Size", until));
            step.kept.within(Duration.ofMinutes(1));
            if (!until.equals("ExecuteChangeSet")) {
                bench.aws().faults().on("CloudFormation." + until).throttle();
            }
            step.begin();
            bench.advanceUntil(() -> calls(until) > before, LONG);
            bench.advanceUntil(step.kept::isOver, LONG);
            bench.aws().faults().clear();
            bench.advance(Duration.ofMinutes(15));
            assertTrue(step.why().contains("Not done within"), step::why);
            assertTrue(status().matches("CREATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE"), this::status);
            assertEquals(1, changeSets().size(), () -> until + changeSets());
        }
    }

    @Test
    void thirtyStacksAtOnceAreDeployedUnderThrottling() {
        bench.aws().faults().on("CloudFormation.DescribeStackEvents").throttle().ratePerSecond(2);
        bench.aws().faults().on("CloudFormation.DescribeStacks").throttle().ratePerSecond(2);
        bench.aws().faults().on("CloudFormation.*").throttle().ratePerSecond(6);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            steps.add(deploy(TWO).with("stack", "web-" + i).begin());
        }
        for (Step step : steps) {
            bench.advanceUntil(step.kept::isOver, Duration.ofHours(2));
            assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        }
    }
}
