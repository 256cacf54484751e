package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.GivenChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** A change set waits until people have said yes to it, and what they have seen is what is executed. */
class ApprovedChangeSetTest extends SteppedStacks {

    /** People who have been asked, and have not answered yet. */
    private static final class People implements Consent<StackResult> {

        final List<StackResult> asked = new ArrayList<>();
        final List<Integer> numbers = new ArrayList<>();
        private final Set<Integer> agreed = new HashSet<>();
        private CompletableFuture<Void> open;

        @Override
        public CompletableFuture<Void> ask(StackResult planned, int number) {
            asked.add(planned);
            numbers.add(number);
            open = agreed.contains(number) ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
            return open;
        }

        boolean isAsked(int times) {
            return asked.size() == times;
        }

        void agree() {
            agreed.add(numbers.get(numbers.size() - 1));
            open.complete(null);
        }
    }

    private final People people = new People();

    private Step larger() {
        return deploy(TWO).with("parameters", Map.of("Size", "large")).asking(people);
    }

    private CloudFormationClient client() {
        return CloudFormationService.client(bench.session());
    }

    private Step waiting(Step step) {
        step.begin();
        bench.advanceUntil(() -> people.isAsked(1), LONG);
        return step;
    }

    @Test
    void itIsExecutedOnceItIsApproved() {
        deployed(TWO);
        Step step = waiting(larger());
        bench.advance(Duration.ofDays(3).toSeconds());
        assertFalse(step.kept.isOver());
        assertEquals("CREATE_COMPLETE", status());
        StackResult seen = people.asked.get(0);
        assertTrue(seen.details().stream().anyMatch(line -> line.contains("Reader")), seen.details()::toString);
        assertEquals("change set of stack web", seen.subject());
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(seen.getChangeSet(), step.result().getChangeSet());
        assertEquals("large", step.result().getOutputs().get("Size"));
        assertTrue(people.isAsked(1));
    }

    @Test
    void whatIsRejectedIsNotExecutedAndPutAway() {
        deployed(TWO);
        Step step = waiting(larger());
        people.open.completeExceptionally(new Refused("not now"));
        step.end();
        assertEquals("not now", step.why());
        assertEquals(1, calls("ExecuteChangeSet")); // of the creation
        bench.advanceUntil(() -> calls("DeleteChangeSet") == 1, LONG);
        assertEquals("CREATE_COMPLETE", status());
    }

    @Test
    void anAbortWithdrawsTheQuestionAndDeletesTheChangeSet() {
        deployed(TWO);
        Step step = waiting(larger());
        step.kept.execution().stop(new InterruptedException("aborted"), null);
        step.end();
        assertTrue(people.open.isCompletedExceptionally());
        assertEquals(1, calls("ExecuteChangeSet"));
        bench.advanceUntil(() -> calls("DeleteChangeSet") == 1, LONG);
        Step next = larger();
        next.begin();
        bench.advanceUntil(() -> people.isAsked(2), LONG); // its turn is over
    }

    @Test
    void whatHasBecomeObsoleteIsMadeAndAskedAnew() {
        deployed(TWO);
        Step step = waiting(larger());
        client().updateStack(it -> it.stackName("web").templateBody(TWO.replace("30}", "60}")));
        bench.advanceUntil(() -> status().equals("UPDATE_COMPLETE"), LONG);
        people.agree();
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        step.says("The stack has changed in the meantime: creating the change set again");
        assertEquals(List.of(0, 1), people.numbers);
        assertFalse(
                people.asked.get(0).getChangeSet().equals(people.asked.get(1).getChangeSet()));
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(people.asked.get(1).getChangeSet(), step.result().getChangeSet());
    }

    @Test
    void oneThatSomebodyHasDeletedIsMadeAndAskedAnew() {
        deployed(TWO);
        Step step = waiting(larger());
        client().deleteChangeSet(it -> it.changeSetName(people.asked.get(0).getChangeSet()));
        bench.advance(5);
        people.agree();
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @Test
    void aRestartAsksTheSameQuestionAgain() {
        deployed(TWO);
        Step step = waiting(larger());
        step.restart();
        bench.advanceUntil(() -> people.isAsked(2), LONG);
        assertEquals(List.of(0, 0), people.numbers);
        assertEquals(people.asked.get(0).getChangeSet(), people.asked.get(1).getChangeSet());
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(2, calls("CreateChangeSet")); // that of the creation, and this one
    }

    /** Somebody else is at work on the stack at the moment of the answer, and changes nothing in the end. */
    @Test
    void whatIsApprovedWaitsForOthers() {
        deployed(TWO);
        Step step = waiting(larger());
        String seen = people.asked.get(0).getChangeSet();
        bench.aws().faults().on("CloudFormation.ExecuteChangeSet").throttle().times(5);
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(seen, step.result().getChangeSet());
    }

    @Test
    void settingsAreAskedAboutThoughNothingElseChanges() {
        deployed(TWO);
        List<String> passed = new ArrayList<>();
        Gate gate = (application, target, revision) -> passed.add(revision);
        Step step = waiting(
                deploy(TWO).with("terminationProtection", true).behind(gate).asking(people));
        assertEquals(0, calls("UpdateTerminationProtection"));
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, calls("UpdateTerminationProtection"));
        assertEquals(List.of(people.asked.get(0).getChangeSet()), passed);
    }

    @Test
    void nobodyIsAskedAboutNothing() {
        deployed(TWO);
        Step step = deploy(TWO).asking(people).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertTrue(people.isAsked(0));
    }

    private StackResult plannedEmpty() {
        deployed(TWO);
        Step plan = deploy(TWO).with("execute", false).run();
        assertEquals(Verdict.End.SUCCEEDED, plan.verdict(), plan::why);
        return plan.result();
    }

    /** Nothing changes: no guard is asked, and the stack is as it was. */
    @Test
    void anEmptyOneIsExecutedAsNothing() {
        StackResult planned = plannedEmpty();
        assertTrue(planned.isUnchanged());
        assertTrue(GivenChangeSet.isNothing(planned));
        assertTrue(GivenChangeSet.isNothing(Map.of("stack", "web", "changeSet", planned)));
        assertFalse(GivenChangeSet.isNothing(Map.of("changeSet", planned, "terminationProtection", true)));
        Gate closed = (application, target, revision) -> {
            throw new Refused("nobody has approved " + revision);
        };
        Step step =
                step().with("changeSet", planned).asking(people).behind(closed).run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        step.says("No changes: the change set of stack web was empty");
        assertEquals("CREATE_COMPLETE", step.result().getStatus());
        assertEquals("small", step.result().getOutputs().get("Size"));
        assertFalse(step.result().isExecuted());
        assertTrue(people.isAsked(0));
        assertEquals(1, calls("ExecuteChangeSet")); // of the creation
    }

    @Test
    void settingsOfAnEmptyOneAreSetBehindTheGuards() {
        StackResult planned = plannedEmpty();
        List<String> passed = new ArrayList<>();
        Gate gate = (application, target, revision) -> passed.add(revision);
        Step step = step().with("changeSet", planned)
                .with("terminationProtection", true)
                .behind(gate)
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(List.of("change settings of stack web"), passed);
        assertEquals(1, calls("UpdateTerminationProtection"));
    }

    @Test
    void anEmptyOneOfAStackThatIsGoneIsRefused() {
        StackResult planned = plannedEmpty();
        step().with("delete", true).run();
        Step step = step().with("changeSet", planned).run();
        assertTrue(step.why().contains("changeSet: stack 'web' does not exist any more"), step::why);
    }

    /** A plan of another step. */
    @Test
    void oneThatWasMadeBeforeIsAskedAboutAsWell() {
        deployed(TWO);
        String planned = deploy(TWO)
                .with("parameters", Map.of("Size", "large"))
                .with("execute", false)
                .run()
                .result()
                .getChangeSet();
        Step step = waiting(step().with("changeSet", planned).asking(people));
        assertEquals(planned, people.asked.get(0).getChangeSet());
        people.agree();
        step.end();
        assertEquals("large", step.result().getOutputs().get("Size"));
    }
}
