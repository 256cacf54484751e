package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People are asked about what is going to be done to a stack set, steps take turns at it, and each call names what AWS is to do. */
class StackSetPlanTest extends SteppedStackSets {

    /** People who have been asked, and have not answered yet. */
    private static final class People implements Consent<StackSetPlan> {

        final List<StackSetPlan> asked = new ArrayList<>();
        final List<Integer> numbers = new ArrayList<>();
        private final Set<Integer> agreed = new HashSet<>();
        private CompletableFuture<Void> open;

        @Override
        public CompletableFuture<Void> ask(StackSetPlan planned, int number) {
            asked.add(planned);
            numbers.add(number);
            open = agreed.contains(number) ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
            return open;
        }

        void agree() {
            agreed.add(numbers.get(numbers.size() - 1));
            open.complete(null);
        }
    }

    private final People people = new People();

    private Step waiting(Step step) {
        int before = people.asked.size();
        step.asking(people).begin();
        bench.advanceUntil(() -> people.asked.size() > before || step.kept.isOver(), LONG);
        return step;
    }

    private List<String> seen() {
        return people.asked.get(people.asked.size() - 1).details();
    }

    @Test
    void aNewOneIsMadeOnceItIsApproved() {
        List<String> passed = new ArrayList<>();
        Step step = waiting(deploy().behind(contents(passed)));
        bench.advance(Duration.ofDays(2).toSeconds());
        assertFalse(step.kept.isOver());
        assertEquals(0, calls("CreateStackSet"));
        assertEquals(
                List.of(
                        "Creates the stack set",
                        "Creates stacks",
                        "+ create " + FIRST + ", " + SECOND + " in eu-west-1, us-east-1",
                        "Template: the template"),
                seen());
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        String content = "operation " + step.kept.token.token();
        assertEquals(content, people.asked.get(0).exactly());
        assertEquals(Set.of(content), new HashSet<>(passed));
        assertEquals("stack set all", people.asked.get(0).subject());
    }

    /** What the gate is told of what is done. */
    private static Gate contents(List<String> passed) {
        return new Gate() {
            @Override
            public void pass(String application, String target, String revision) {
                throw new AssertionError("more is known of it");
            }

            @Override
            public void pass(Where where, What what) {
                passed.add(what.content().get());
            }
        };
    }

    @Test
    void whatIsOtherThanBeforeIsShown() {
        deploy().with("regions", List.of("eu-west-1")).succeeds();
        String other = TEMPLATE.replace("Queue: {Type", "Jobs: {Type");
        Step step = waiting(deploy().with("template", Map.of("body", other))
                .with("parameters", Map.of("Size", "large"))
                .with("failureTolerance", "50%"));
        assertEquals(
                List.of(
                        "Updates the stack set and 2 stacks",
                        "~ update " + FIRST + " in eu-west-1",
                        "~ update " + SECOND + " in eu-west-1",
                        "Creates stacks",
                        "+ create " + FIRST + ", " + SECOND + " in us-east-1",
                        "Template:",
                        "  - " + TEMPLATE.lines().toList().get(1),
                        "  + " + other.lines().toList().get(1),
                        "Parameter Size: large",
                        "failureTolerance: 50%"),
                seen());
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @Test
    void whatIsRejectedIsNotDone() {
        Step step = waiting(deploy());
        people.open.completeExceptionally(new Refused("not now"));
        step.end();
        assertTrue(step.why().contains("not now"), step::why);
        assertEquals(0, calls("CreateStackSet"));
    }

    @Test
    void anAbortWithdrawsTheQuestion() {
        Step step = waiting(deploy());
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        step.end();
        assertTrue(people.open.isCompletedExceptionally());
        assertEquals(0, calls("CreateStackSet"));
        waiting(deploy()); // its turn is over
    }

    /** The files are read again, and if they are the same it is the same question. */
    @Test
    void aRestartAsksAnewOnlyIfItIsAboutSomethingElse() throws Exception {
        Files.writeString(workspace.resolve("all.yaml"), TEMPLATE);
        Step step = waiting(deploy().with("template", "all.yaml"));
        step.restart();
        bench.advanceUntil(() -> people.asked.size() == 2, LONG);
        Files.writeString(workspace.resolve("all.yaml"), TEMPLATE.replace("small", "tiny"));
        step.restart();
        bench.advanceUntil(() -> people.asked.size() == 3, LONG);
        assertEquals(List.of(0, 0, 1), people.numbers);
        assertTrue(
                people.asked.get(2).exactly().endsWith(", plan 2"),
                people.asked.get(2).exactly());
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, calls("CreateStackSet"));
    }

    /** Somebody has changed it while people thought about it. */
    @Test
    void whatHasChangedMeanwhileIsAskedAnew() {
        deploy().succeeds();
        Step step = waiting(deploy().with("parameters", Map.of("Size", "large")));
        client().updateStackSet(it -> it.stackSetName("all")
                .usePreviousTemplate(true)
                .parameters(one -> one.parameterKey("Size").parameterValue("huge")));
        people.agree();
        bench.advanceUntil(() -> people.asked.size() == 2, LONG);
        assertTrue(seen().contains("Parameter Size: huge \u2192 large"), seen()::toString);
        assertEquals(1, calls("UpdateStackSet"));
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(List.of(0, 1), people.numbers);
    }

    @Test
    void aDeletionIsAskedAbout() {
        deploy().succeeds();
        Step step = waiting(step().with("delete", true));
        assertEquals(
                List.of(
                        "Deletes stacks",
                        "- delete " + FIRST + ", " + SECOND + " in eu-west-1, us-east-1",
                        "Deletes the stack set"),
                seen());
        people.agree();
        step.end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(1, calls("DeleteStackSet"));
    }

    @Test
    void stepsTakeTurns() {
        deploy().succeeds();
        Step first = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        Step second = deploy().with("parameters", Map.of("Size", "huge")).begin();
        Step third = deploy().with("whenBusy", "fail").begin();
        bench.advanceUntil(() -> first.kept.isOver(), LONG);
        second.says("Waiting behind delivery #2, whose turn it is at stack set all");
        assertTrue(third.why().contains("whenBusy: it is the turn of delivery #2 at stack set all"), third::why);
        second.end();
        assertEquals(Verdict.End.SUCCEEDED, second.verdict(), second::why);
        assertEquals(2, calls("UpdateStackSet"));
        assertEquals(0, bench.aws().calls().count("CloudFormation.StopStackSetOperation"));
    }

    @Test
    void aRestartKeepsItsTurn() {
        deploy().succeeds();
        Step first = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        first.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, first.verdict(), first::why);
        deploy().succeeds();
    }

    @Test
    void whatIsLeftGoesOnAndItsTurnIsOver() {
        deploy().succeeds();
        Step first = deploy().with("parameters", Map.of("Size", "large")).begin();
        bench.advanceUntil(() -> calls("UpdateStackSet") == 1, LONG);
        first.kept.execution().leave();
        deploy().with("parameters", Map.of("Size", "huge")).succeeds();
        assertEquals(0, calls("StopStackSetOperation"));
    }

    /** Missing stacks that are no rectangle of accounts and regions: AWS is never told of stacks that are there. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "EXISTING_INSTANCES_SKIPPED", "EXISTING_INSTANCES_REFUSED", "INSTANCES_LATE"})
    void onlyWhatIsMissingIsCreated(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        bench.advance(60);
        Step step = deploy().succeeds();
        bench.advance(60);
        assertEquals(4, instances().size());
        String token = step.kept.token.token();
        assertEquals(List.of(token, token + "-2", token + "-3"), step.result().getOperations());
        Step restarted = deploy().in(
                        List.of(FIRST, SECOND, "333333333333"), List.of("eu-west-1", "us-east-1", "eu-north-1"))
                .begin();
        bench.advanceUntil(() -> calls("CreateStackInstances") == 5, LONG);
        restarted.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, restarted.verdict(), restarted::why);
        bench.advance(60);
        assertEquals(9, instances().size());
        step().with("delete", true).in(List.of(FIRST), List.of("us-east-1")).succeeds();
        bench.advance(60);
        step().with("delete", true).succeeds();
        assertEquals(1, calls("DeleteStackSet"));
    }

    /** Each operation is told the order of its own regions alone. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OTHERS_OBSOLETE", "REGION_ORDER_CHECKED", "INSTANCES_LATE"})
    void anOrderOfRegionsIsThatOfEachOperation(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        deploy().in(List.of(FIRST), List.of("eu-west-1")).succeeds();
        Step step =
                deploy().with("regionOrder", List.of("us-east-1", "eu-west-1")).succeeds();
        assertEquals(3, step.result().getOperations().size());
        assertEquals(4, instances().size());
        step().with("delete", true)
                .in(List.of(FIRST), List.of("us-east-1"))
                .with("regionOrder", "us-east-1, eu-west-1")
                .succeeds();
        bench.advance(60);
        step().with("delete", true)
                .with("regionOrder", "us-east-1, eu-west-1, eu-north-1")
                .succeeds();
    }
}
