package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thirty stacks of one account that are begun at once, where AWS takes fewer calls than they make. Which calls it counts together, and how
 * many of them it takes, it does not publish: so here it does that in each way that there may be.
 */
class ThrottledStacksTest extends SteppedStacks {

    private static final int STACKS = 30;
    /** What they take at the most where all calls are taken. */
    private static final Duration UNTHROTTLED = Duration.ofSeconds(35);
    /** The same, and a minute, once AWS takes all calls again. */
    private static final Duration AFTERWARDS =
            UNTHROTTLED.multipliedBy(3).dividedBy(2).plusMinutes(1);
    /** Calls that AWS has taken: as many as where it takes all, and a third. */
    private static final long MOST_CALLS = 950;

    private static final Gate GUARDED = new Gate() {
        @Override
        public void pass(String application, String target, String revision) {}

        @Override
        public boolean isGuarded() {
            return true;
        }
    };

    private final List<Step> steps = new ArrayList<>();

    private Fault throttle(String operation) {
        return bench.aws().faults().on("CloudFormation." + operation).throttle();
    }

    private void begin() {
        for (int i = 0; i < STACKS; i++) {
            steps.add(deploy(TWO).with("stack", "web-" + i).begin());
        }
    }

    private boolean isOver() {
        return steps.stream().allMatch(step -> step.kept.isOver());
    }

    /** @return how long it took */
    private Duration awaitEnd(Duration most) {
        Moment began = bench.scheduler().moment();
        bench.advanceUntil(this::isOver, most);
        for (Step step : steps) {
            assertEquals(
                    Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines().toString());
        }
        List<Call> calls = bench.aws().calls().all();
        long taken = calls.stream()
                .filter(call -> !call.outcome().equals("Throttling"))
                .count();
        assertTrue(
                taken <= MOST_CALLS,
                () -> taken + " calls: " + bench.aws().calls().byOperation());
        return began.until(bench.scheduler().moment());
    }

    @Test
    void takeHalfAMinuteWhereAllCallsAreTaken() {
        begin();
        awaitEnd(UNTHROTTLED);
    }

    /** No operation is called so seldom that it takes minutes to find out that AWS takes it again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "GetTemplateSummary",
                "CreateChangeSet",
                "DescribeChangeSet",
                "ExecuteChangeSet",
                "DescribeStacks",
                "DescribeStackEvents"
            })
    void refusalsByTheCallAreOverInTwoSecondsEach(String operation) {
        int refusals = 60;
        throttle(operation).times(refusals);
        begin();
        awaitEnd(Duration.ofMillis(2500).multipliedBy(refusals).plus(AFTERWARDS));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10})
    void areSoonOverWhenAwsTakesCallsAgain(int minutes) {
        Fault all = throttle("*");
        begin();
        bench.advance(Duration.ofMinutes(minutes));
        assertTrue(all.hits() <= minutes * 60, () -> all.hits() + " calls were refused");
        bench.aws().faults().lift(all);
        awaitEnd(AFTERWARDS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9})
    void areSoonOverWhenAwsHasTakenOnlySomeOfTheirCalls(double refused) {
        Fault some = throttle("*").probability(refused);
        begin();
        bench.advance(Duration.ofMinutes(10));
        bench.aws().faults().lift(some);
        awaitEnd(AFTERWARDS);
    }

    /** What is made of several calls comes to its end even where AWS never takes two of them one upon the other. */
    @ParameterizedTest
    @CsvSource({
        "*, 5, 150",
        "*, 2, 480",
        "*, 1, 1000",
        "CreateChangeSet, 1, 90",
        "DescribeChangeSet, 1, 240",
        "ExecuteChangeSet, 1, 90",
        "DescribeStacks, 1, 400"
    })
    void endAsFastAsAwsTakesTheirCalls(String operation, int perSecond, int seconds) {
        throttle(operation).ratePerSecond(perSecond);
        begin();
        awaitEnd(Duration.ofSeconds(seconds));
    }

    /** Guards look at a stack, at all that it has, and ask, immediately before the call that they are asked about. */
    @Test
    void whatGuardsLookAtEndsAsFastAsAwsTakesTheirCalls() {
        for (int i = 0; i < 3; i++) {
            deploy(TWO).with("stack", "web-" + i).run();
        }
        throttle("*").ratePerSecond(1);
        for (int i = 0; i < 3; i++) {
            steps.add(step().with("stack", "web-" + i)
                    .with("delete", true)
                    .behind(GUARDED)
                    .begin());
        }
        awaitEnd(Duration.ofMinutes(3));
    }
}
