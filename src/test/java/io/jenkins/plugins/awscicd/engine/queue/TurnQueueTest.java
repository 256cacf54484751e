package io.jenkins.plugins.awscicd.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is while AWS does not say whose account it is. */
class TurnQueueTest {

    private static final Set<String> PLACE = Set.of("web-prod");

    private final TurnQueues<String> queues = new TurnQueues<>();
    private final List<String> heard = new ArrayList<>();
    private Bench bench;
    private TurnQueue<String> alices;
    private TurnQueue<String> bobs;

    @BeforeEach
    void silence() {
        bench = Bench.stepped();
        alices = queues.of(bench.session());
        bobs = queues.of(bench.session(Bench.BOB, Bench.REGION));
        bench.aws().faults().on("STS.GetCallerIdentity").error(503);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private TurnQueue.Waiting waiting(Turn turn) {
        return new TurnQueue.Waiting() {
            @Override
            public Turn turn() {
                return turn;
            }

            @Override
            public boolean yields() {
                return false;
            }

            @Override
            public void first() {
                heard.add(turn.name() + " is first");
            }

            @Override
            public void behind(Turn other) {
                heard.add(turn.name() + " is behind " + other.name());
            }

            @Override
            public void outdated(Turn newer) {
                heard.add(turn.name() + " is outdated");
            }

            @Override
            public void amongOwn(String why) {
                heard.add(turn.name() + " is among its own");
            }
        };
    }

    private void answerAgain() {
        bench.aws().faults().clear();
        bench.advance(Duration.ofMinutes(2));
    }

    @Test
    void whoHeldThePlaceBeforeARestartHoldsItForTheWholeAccountOnceThatIsKnown() {
        alices.resume(new Turn("web #1", 1), PLACE);
        bench.advance(30);
        answerAgain();
        bobs.join(waiting(new Turn("web #2", 2)), PLACE);
        bench.advance(1);
        assertFalse(bobs.isFirst(), "the place is taken, with other credentials");
        assertEquals(List.of("web #2 is behind web #1"), heard);

        alices.leave();
        assertTrue(bobs.isFirst());
    }

    @Test
    void whoWaitsAmongItsOwnWaitsForTheWholeAccountOnceThatIsKnown() {
        alices.join(waiting(new Turn("web #1", 1)), PLACE);
        bobs.join(waiting(new Turn("web #2", 2)), PLACE);
        bench.advance(30);
        assertTrue(alices.isFirst() && bobs.isFirst());
        assertTrue(alices.take(PLACE));
        answerAgain();
        assertFalse(bobs.isFirst());
        assertEquals("web #2 is behind web #1", heard.get(heard.size() - 1));
    }

    @Test
    void nobodyAsksForOneWhoHasLeft() {
        alices.resume(new Turn("web #1", 1), PLACE);
        bench.advance(30);
        alices.leave();
        long asked = bench.aws().calls().count("STS.GetCallerIdentity");
        bench.advance(Duration.ofMinutes(10));
        assertEquals(asked, bench.aws().calls().count("STS.GetCallerIdentity"));
    }
}
