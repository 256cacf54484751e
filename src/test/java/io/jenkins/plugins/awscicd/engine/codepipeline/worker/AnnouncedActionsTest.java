package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events bring what there is to do sooner, with fewer polls; lost, late and forged ones change nothing but time. */
class AnnouncedActionsTest extends SteppedActions {

    private boolean arrives = true;

    @BeforeEach
    void announce() {
        bench.aws().codePipeline().whenActionChanged(action -> {
            if (arrives && action.custom() && action.runs() && one.worker != null) {
                one.worker.announced();
            }
        });
    }

    private void work() {
        untilQueued(one);
        one.begin();
        bench.advance(60);
        one.end(WorkResult.success("", Map.of(), null));
    }

    private String worked() {
        String id = execute();
        work();
        untilEnded(id);
        assertEquals("Succeeded", status(id));
        return id;
    }

    /** How many polls a quiet hour takes. */
    private long idleHour() {
        bench.advance(300);
        long before = calls("PollForJobs");
        bench.advance(3600);
        return calls("PollForJobs") - before;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatIsAnnouncedIsThereAtOnceAndPollsBecomeSeldom(Set<Dialect> dialects) {
        speak(dialects);
        one.start();
        long plain = idleHour();
        assertTrue(plain >= 230 && plain <= 245, plain + " polls an hour");
        worked();
        long proven = idleHour();
        assertTrue(proven >= 58 && proven <= 62, proven + " polls an hour");
        String id = execute();
        bench.advanceUntil(() -> !one.queue.isEmpty(), Duration.ofSeconds(8)); // four of which are of the source
        one.begin();
        bench.advance(30);
        one.end(WorkResult.failed("no tea"));
        untilEnded(id);
        assertEquals("no tea", failure(id));
    }

    @Test
    void aLostEventCostsAMinuteAndTheTrustInThem() {
        one.start();
        worked();
        arrives = false;
        bench.advance(300);
        String id = execute();
        bench.advanceUntil(() -> !one.queue.isEmpty(), Duration.ofSeconds(75));
        work();
        untilEnded(id);
        long polls = idleHour();
        assertTrue(polls >= 230, polls + " polls an hour");
        arrives = true;
        worked();
        assertTrue(idleHour() >= 230, "one that is announced is no proof any more");
        worked();
        assertTrue(idleHour() <= 62, "two are");
    }

    @Test
    void withoutAnEarPollsAreAsOftenAsBefore() {
        one.start();
        worked();
        assertTrue(idleHour() <= 62);
        one.worker.disconnected();
        assertTrue(idleHour() >= 230);
    }

    @Test
    void forgedEventsHaveItPollAtMostEveryThreeSeconds() {
        one.start();
        bench.advance(60);
        long before = calls("PollForJobs");
        for (int second = 0; second < 60; second++) {
            for (int event = 0; event < 50; event++) {
                one.worker.announced();
            }
            bench.advance(1);
        }
        long polls = calls("PollForJobs") - before;
        assertTrue(polls <= 22, polls + " polls a minute");
        assertTrue(idleHour() >= 230, "they are no proof");
    }

    /** A refused worker waits for longer and longer; events are no reason to ask more often. */
    @Test
    void eventsDoNotShortenThePauseAfterFailures() {
        one.start();
        bench.advance(60);
        bench.aws().faults().on("CodePipeline.PollForJobs").accessDenied();
        bench.advance(1200);
        long before = calls("PollForJobs");
        for (int second = 0; second < 1200; second++) {
            one.worker.announced();
            bench.advance(1);
        }
        long polls = calls("PollForJobs") - before;
        assertTrue(polls >= 3 && polls <= 5, polls + " polls in 20 minutes");
    }

    /** What Jenkins cannot take yet is offered again with the next poll. */
    @Test
    void whatCannotBeTakenYetDoesNotWaitForAnEvent() {
        one.start();
        worked();
        bench.advance(300);
        one.answer = WorkHost.Answer.LATER;
        execute();
        bench.advance(30);
        long before = calls("PollForJobs");
        bench.advance(600);
        long polls = calls("PollForJobs") - before;
        assertTrue(polls >= 38, polls + " polls in 10 minutes");
    }

    /** Both are told; one has it. */
    @ParameterizedTest
    @MethodSource("dialects")
    void ofTwoControllersOneWorks(Set<Dialect> dialects) {
        speak(dialects);
        Workers two = new Workers(bench, "two", false);
        bench.aws().codePipeline().whenActionChanged(action -> {
            if (action.custom() && action.runs()) {
                two.worker.announced();
            }
        });
        one.start();
        two.start();
        for (int times = 0; times < 3; times++) {
            String id = execute();
            bench.advanceUntil(() -> !one.queue.isEmpty() || !two.queue.isEmpty(), LONG);
            bench.advance(30);
            Workers first = one.queue.isEmpty() ? two : one;
            first.begin();
            bench.advance(30);
            if (first == one && !two.queue.isEmpty()) {
                two.begin();
            }
            bench.advance(60);
            assertEquals(1, one.running.size() + two.running.size());
            (one.running.isEmpty() ? two : one).end(WorkResult.failed("no tea"));
            untilEnded(id);
            assertEquals("no tea", failure(id));
            bench.advance(200);
        }
    }
}
