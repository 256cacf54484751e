package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codepipeline.model.Job;

/** What a worker tells AWS, its host and people. */
class JobWorkerTest extends SteppedActions {

    @Test
    void continuationOfAnUnknownRunIsReportedAsAFailure() {
        String id = execute();
        bench.advance(30);
        Job job = client.pollForJobs(it -> it.actionTypeId(one.source.type().id()))
                .jobs()
                .get(0);
        client.acknowledgeJob(it -> it.jobId(job.id()).nonce(job.nonce()));
        client.putJobSuccessResult(it -> it.jobId(job.id()).continuationToken("jenkins two 1234"));
        one.start();
        bench.advance(300);
        assertEquals("InProgress", status(id), "another controller's is left alone");
        new Workers(bench, "two", false).start(); // what it had kept is lost
        untilEnded(id);
        assertTrue(failure(id).contains("does not know the run any more"), failure(id));
    }

    @Test
    void failureHasItsWords() {
        String id = executeAndBegin();
        bench.advance(60);
        one.end(WorkResult.failed("The run web #1 was aborted by alice."));
        untilEnded(id);
        assertEquals("The run web #1 was aborted by alice.", failure(id));
    }

    @Test
    void jobCancelledInTheQueueIsFailed() {
        String id = execute();
        one.start();
        untilQueued(one);
        String claim = one.queue.keySet().iterator().next();
        one.worker.end(claim, WorkResult.failed("Cancelled in Jenkins' queue."));
        one.queue.clear();
        untilEnded(id);
        assertEquals("Cancelled in Jenkins' queue.", failure(id));
        bench.advance(60);
        assertTrue(one.queue.isEmpty(), "and is not queued again");
    }

    @Test
    void unknownProjectIsLeftToOthersUnlessThereAreNone() {
        one.answer = WorkHost.Answer.UNKNOWN;
        String id = execute();
        one.start();
        bench.advance(60);
        assertEquals(List.of("web"), one.worker.status().unknown());
        assertEquals("InProgress", status(id));
        Workers alone = new Workers(bench, "alone", true);
        alone.answer = WorkHost.Answer.UNKNOWN;
        alone.start();
        untilEnded(id);
        assertTrue(failure(id).contains("no job 'web'"), failure(id));
    }

    @Test
    void hourOfAnActionIsAwssAndNotOurs() {
        String id = executeAndBegin();
        bench.advanceUntil(() -> status(id).equals("Failed"), Duration.ofMinutes(70));
        one.end(WorkResult.success("", Map.of(), null));
        bench.advance(60);
        assertTrue(one.disk.isEmpty());
        bench.aws().codePipeline().speak(Dialect.HOUR_OF_EACH_JOB);
        String other = execute();
        untilQueued(one);
        one.begin();
        bench.advance(3 * 3600);
        assertEquals("InProgress", status(other), "continued before each hour was over");
        one.end(WorkResult.success("", Map.of(), null));
        untilEnded(other);
        assertEquals("Succeeded", status(other));
    }

    @Test
    void accessToArtifactsIsRenewedAndNeverKept() throws Exception {
        execute();
        one.start();
        untilQueued(one);
        one.begin();
        bench.advance(1);
        var details = one.worker.details(one.only());
        bench.advanceUntil(details::isDone, LONG);
        assertNotNull(details.get().credentials());
        String secret = details.get().credentials().secretAccessKey();
        assertFalse(details.get().toString().contains(secret));
        assertFalse(one.disk.toString().contains(secret));
        assertEquals(1, details.get().inputs().size());
        one.end(WorkResult.success("", Map.of(), null));
        var late = one.worker.details(one.done.isEmpty() ? "" : "gone");
        bench.advance(10);
        assertTrue(late.isCompletedExceptionally());
    }

    @Test
    void faultsOfPollsAreShownAndPassed() {
        bench.aws().faults().on("CodePipeline.PollForJobs").accessDenied();
        one.start();
        bench.advance(600);
        assertTrue(one.worker.status().error().contains("codepipeline:PollForJobs"), one.worker.status()::error);
        assertTrue(calls("PollForJobs") < 10, "it asks less and less often");
        bench.aws().faults().clear();
        execute();
        untilQueued(one);
        assertEquals(null, one.worker.status().error());
    }

    @Test
    void idleWorkerMakesFourCallsAMinute() {
        one.start();
        bench.advance(60);
        long before = calls("PollForJobs");
        bench.advance(600);
        assertEquals(40, calls("PollForJobs") - before, 1);
    }

    @Test
    void variablesThatAwsRefusesFailTheAction() {
        String id = executeAndBegin();
        bench.advance(60);
        one.end(WorkResult.success("", Map.of("version", "x".repeat(200_000)), null));
        untilEnded(id);
        assertTrue(failure(id).contains("AWS refuses its result"), failure(id));
    }

    @Test
    void diskThatIsFullHoldsUpNothingForEver() {
        String id = execute();
        one.full = true;
        one.start();
        bench.advance(120);
        assertTrue(one.worker.status().error().contains("No space left"), one.worker.status()::error);
        one.queue.clear();
        one.full = false;
        untilQueued(one);
        one.full = true;
        String claim = one.queue.keySet().iterator().next();
        var refused = one.begin(claim);
        bench.advance(60);
        assertTrue(refused.isCompletedExceptionally(), "AWS is not told what is not on disk");
        assertEquals(0, calls("AcknowledgeJob"));
        one.full = false;
        one.begin(claim);
        bench.advance(60);
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
    }
}
