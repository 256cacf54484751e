package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not told twice, asked for ever or begun again when a disk, a permission or a queue is not as it should be. */
class WorkerFaultsTest extends SteppedActions {

    @Test
    void jobThatCannotBeKeptIsNotLeftInTheQueue() {
        execute();
        one.full = true;
        one.start();
        bench.advance(120);
        assertEquals(Map.of(), one.queue, "each poll would queue it once more");
        one.full = false;
        untilQueued(one);
        bench.advance(60);
        assertEquals(1, one.queue.size());
    }

    @Test
    void jobThatAwsHasGivenButThatCouldNotBeKeptIsStillOurs() {
        speak(Set.of(Dialect.ACKNOWLEDGED_ONCE));
        Workers alone = new Workers(bench, "one", true);
        String id = execute();
        alone.start();
        untilQueued(alone);
        alone.unkept = Claim.Phase.HELD;
        alone.begin();
        bench.advance(10);
        alone.unkept = null;
        bench.advanceUntil(() -> !alone.running.isEmpty(), LONG);
        bench.advance(60);
        alone.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
    }

    @Test
    void endThatMayNotBeToldIsToldLessAndLessOften() {
        String id = executeAndBegin();
        bench.advance(60);
        bench.aws().faults().on("CodePipeline.PutJobFailureResult").accessDenied();
        one.end(WorkResult.failed("It went wrong."));
        for (int poll = 0; poll < 40; poll++) {
            one.worker.nudge();
            bench.advance(1);
        }
        long before = calls("PutJobFailureResult");
        bench.advance(1800);
        assertTrue(before <= 3, () -> before + " calls in 40 s");
        long after = calls("PutJobFailureResult") - before;
        assertTrue(after <= 10, () -> after + " calls in 30 minutes");
        bench.aws().faults().clear();
        untilEnded(id);
        assertEquals("It went wrong.", failure(id));
    }

    /** A poll brings the job once more that is being acknowledged: that is not the next one. */
    @ParameterizedTest
    @MethodSource("dialects")
    void jobThatComesAgainWhileItIsAcknowledgedDoesNotContinueItself(Set<Dialect> dialects) {
        speak(dialects);
        String id = executeAndBegin();
        bench.advanceUntil(() -> calls("PutJobSuccessResult") == 1, LONG);
        bench.aws().faults().on("CodePipeline.AcknowledgeJob").error(500);
        for (int poll = 0; poll < 40; poll++) {
            one.worker.nudge();
            bench.advance(1);
        }
        bench.aws().faults().clear();
        bench.advance(1500); // it was continued again meanwhile
        assertEquals(List.of(), one.lost);
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
    }

    /** Between the queue and its run, while the starts of other jobs have AWS polled at once. */
    @Test
    void runThatIsNotThereForAMomentIsNotLost() {
        String id = executeAndBegin();
        bench.advance(100);
        String claim = one.only();
        Claim taken = one.running.remove(claim);
        for (int poll = 0; poll < 5; poll++) {
            one.worker.nudge();
            bench.advance(1);
        }
        one.running.put(claim, taken);
        bench.advance(60);
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
    }

    /** A queue that was written down before the run began, and read again after a crash. */
    @Test
    void placeInTheQueueThatComesBackBeginsNothingAgainAndEndsNothing() {
        String id = executeAndBegin();
        bench.advance(100);
        String claim = one.only();
        one.restart(30);
        var again = one.worker.acknowledge(claim);
        bench.advanceUntil(again::isDone, LONG);
        assertFalse(again.join(), "it runs already");
        one.worker.cancelled(claim, WorkResult.failed("Cancelled in the queue."));
        bench.advance(60);
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
    }

    @Test
    void placeInTheQueueThatComesBackAfterItsEndBeginsNothing() {
        String id = execute();
        one.start();
        untilQueued(one);
        String claim = one.queue.keySet().iterator().next();
        bench.aws().faults().on("CodePipeline.PutJobFailureResult").accessDenied();
        one.worker.cancelled(claim, WorkResult.failed("Cancelled in the queue."));
        bench.advance(60);
        one.restart(30);
        bench.advance(5);
        var again = one.worker.acknowledge(claim);
        bench.advanceUntil(again::isDone, LONG);
        assertFalse(again.join(), "AWS is about to hear that it was cancelled");
        bench.aws().faults().clear();
        untilEnded(id);
        assertEquals("Cancelled in the queue.", failure(id));
    }

    /** What AWS has made of it may be hidden from the first poll that succeeds again. */
    @Test
    void timeInWhichPollsFailIsNoTimeInWhichAwsContinuesNothing() {
        speak(Set.of(Dialect.POLLED_JOBS_HIDDEN));
        String id = execute();
        one.start();
        untilQueued(one);
        bench.aws().faults().on("CodePipeline.PollForJobs").accessDenied();
        one.begin();
        bench.advanceUntil(() -> calls("PutJobSuccessResult") == 1, LONG);
        bench.advance(1200);
        bench.aws().faults().clear();
        client.pollForJobs(it -> it.actionTypeId(one.source.type().id()));
        one.worker.nudge();
        bench.advance(120);
        assertEquals(List.of(), one.lost);
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
    }

    /** The same of what waits for its turn: another worker may have been given it for a moment. */
    @Test
    void timeInWhichPollsFailTakesNothingOutOfTheQueue() {
        speak(Set.of(Dialect.POLLED_JOBS_HIDDEN));
        execute();
        one.start();
        untilQueued(one);
        bench.aws().faults().on("CodePipeline.PollForJobs").accessDenied();
        bench.advance(300);
        bench.aws().faults().clear();
        client.pollForJobs(it -> it.actionTypeId(one.source.type().id()));
        one.worker.nudge();
        bench.advance(1);
        assertEquals(List.of(), one.lost);
        assertEquals(1, one.queue.size());
    }

    /** The controller goes down before the continuation is sent, and may not send it any more when it is up again. */
    @Test
    void continuationThatMayNotBeSentAfterARestartHoldsUpNoEnd() {
        String id = execute();
        one.start();
        untilQueued(one);
        bench.aws().faults().on("CodePipeline.PutJobSuccessResult").error(503);
        one.begin();
        bench.advanceUntil(() -> calls("PutJobSuccessResult") == 1, LONG);
        bench.aws().faults().clear();
        bench.aws().faults().on("CodePipeline.PutJobSuccessResult").accessDenied();
        one.restart(30);
        bench.advance(30);
        one.end(WorkResult.failed("It went wrong."));
        untilEnded(id);
        assertEquals("It went wrong.", failure(id));
    }
}
