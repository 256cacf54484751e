package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The access of an action type is changed, or the type removed, while jobs of it are held. */
class ChangedAccessTest extends SteppedActions {

    /** Another worker of the same controller, with an access of its own. */
    private Workers next() {
        Workers next = new Workers(bench, "one", false);
        next.keyId = "AKIANEXT000000000000";
        next.sibling = one;
        one.sibling = next;
        return next;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void workerThatFinishesEndsWhatItHoldsAndTakesNothingMore(Set<Dialect> dialects) {
        speak(dialects);
        String held = executeAndBegin();
        bench.advanceUntil(() -> calls("AcknowledgeJob") == 2, LONG);
        String waits = execute();
        untilQueued(one);
        one.worker.finish();
        bench.advance(1);
        assertEquals(Map.of(), one.queue, "it is left to others");
        String later = execute();
        bench.advance(300);
        assertEquals(Map.of(), one.queue);
        assertFalse(one.finished, "something runs");
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(held);
        bench.advance(30);
        assertEquals("Succeeded", status(held));
        assertTrue(one.finished);
        Workers others = new Workers(bench, "others", false).start();
        bench.advanceUntil(() -> others.queue.size() == 2, LONG);
        assertEquals("InProgress", status(waits));
        assertEquals("InProgress", status(later));
    }

    /** Both poll, and either may be given the job by which AWS continues an action. */
    @ParameterizedTest
    @MethodSource("dialects")
    void whatIsHeldIsNoOtherWorkersLoss(Set<Dialect> dialects) {
        speak(dialects);
        String id = executeAndBegin();
        bench.advanceUntil(() -> calls("AcknowledgeJob") == 1, LONG);
        next().start();
        one.worker.finish();
        bench.advance(600);
        assertEquals("InProgress", status(id));
        one.end(WorkResult.success("", Map.of("version", "1"), null));
        untilEnded(id);
        assertEquals("Succeeded", status(id));
        assertEquals(List.of(), one.lost);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anotherAccessToTheSameAccountTakesOverAtAnySecond(Set<Dialect> dialects) {
        speak(dialects);
        for (int second = 0; second < 20; second += 3) {
            Workers before = new Workers(bench, "c" + second, true);
            String id = execute();
            before.start();
            untilQueued(before);
            Workers after = new Workers(bench, "c" + second, true);
            after.keyId = "AKIANEXT000000000000";
            after.sibling = before;
            before.sibling = after;
            before.begin();
            bench.advance(second);
            after.start();
            before.worker.finish();
            bench.advanceUntil(
                    () -> before.worker.account().isDone()
                            && after.worker.account().isDone(),
                    LONG);
            assertEquals(before.worker.account().join(), after.worker.account().join());
            var ended = before.worker.end();
            bench.advanceUntil(ended::isDone, LONG);
            after.disk.putAll(before.disk);
            after.running.putAll(before.running);
            after.queue.putAll(before.queue);
            var adopted = after.worker.start();
            bench.advanceUntil(adopted::isDone, LONG);
            beginUnlessBegun(after);
            bench.advance(60);
            after.end(WorkResult.success("", Map.of("version", "1"), null));
            untilEnded(id);
            assertEquals("Succeeded", status(id), "taken over after " + second + " s");
            after.worker.close();
        }
    }
}
