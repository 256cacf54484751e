package io.jenkins.plugins.awscicd.engine.access.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Who gets a thread. A call here has one from when it is given one until the test lets it end. */
class CallThreadsTest {

    /** Threads that have been given a call, the oldest first. */
    private final Deque<Runnable> open = new ArrayDeque<>();

    private final List<String> ended = new ArrayList<>();
    private final Set<String> silent = new HashSet<>();
    private Moment now = new Moment(0);

    private final CallThreads threads = new CallThreads(new Scheduler() {
        @Override
        public Instant now() {
            throw new AssertionError("Measured by a clock that can be set");
        }

        @Override
        public Moment moment() {
            return now;
        }

        @Override
        public void execute(Runnable task) {
            throw new AssertionError("Called on a thread that keeps time");
        }

        @Override
        public Task schedule(Duration delay, Runnable task) {
            throw new AssertionError("Waited for");
        }

        @Override
        public Executor blocking() {
            return open::add;
        }
    });

    private void call(int count, String account, String service) {
        for (int i = 0; i < count; i++) {
            threads.execute(new CallThreads.Party(account, service), () -> {
                ended.add(account);
                return !silent.contains(account + '/' + service);
            });
        }
    }

    private void call(int count, String account) {
        call(count, account, "codebuild");
    }

    private void endOldest() {
        open.remove().run();
    }

    private void endAll() {
        while (!open.isEmpty()) {
            endOldest();
        }
    }

    @Test
    void oneAccountAloneGetsNoMoreThanAPart() {
        call(100, "a", "codebuild");
        call(100, "a", "logs");
        assertEquals(4, threads.held("a"));
        endAll();
        assertEquals(200, ended.size());
        assertEquals(0, threads.held("a"));
    }

    @Test
    void severalThatBeginToBeSilentTogetherLeaveAThreadForTheNext() {
        for (String account : List.of("a", "b", "c", "d", "e")) {
            call(10, account);
        }
        call(1, "honest");
        assertEquals(1, threads.held("honest"));
        assertTrue(open.size() <= CallThreads.MOST, open.size() + " threads");
    }

    /** Each endpoint that a step names is a party of its own, and it may name a new one each time. */
    @Test
    void strangersTogetherHaveButAPart() {
        for (int each = 0; each < 100; each++) {
            String stranger = "stranger " + each;
            threads.execute(new CallThreads.Party(stranger, "codebuild", true), () -> {
                ended.add(stranger);
                return false;
            });
        }
        call(1, "honest");
        assertEquals(1, threads.held("honest"));
        assertEquals(5, open.size());
        endAll();
        assertEquals(101, ended.size());
    }

    @Test
    void whatWaitsHoldsNoThread() {
        for (int account = 0; account < 100; account++) {
            call(10, "account " + account);
        }
        assertEquals(CallThreads.MOST, open.size());
    }

    @Test
    void accountsTakeTurnsHoweverManyCallsOneOfThemHas() {
        for (int other = 0; other < CallThreads.MOST; other++) {
            call(1, "holder " + other);
        }
        call(50, "busy");
        call(3, "small");
        for (int i = 0; i < CallThreads.MOST + 6; i++) {
            endOldest();
        }
        assertEquals(3, ended.stream().filter("small"::equals).count(), ended.toString());
    }

    @Test
    void aPartyThatWasSilentIsAskedOneCallAtATimeUntilItAnswers() {
        silent.add("a/codebuild");
        call(10, "a");
        assertEquals(4, threads.held("a"));
        for (int i = 0; i < 4; i++) {
            endOldest();
        }
        assertEquals(1, threads.held("a"));
        endOldest();
        assertEquals(1, threads.held("a"));

        silent.clear();
        endOldest();
        assertEquals(4, threads.held("a"), "It answers again");
        endAll();
        assertEquals(10, ended.size());
    }

    @Test
    void anotherServiceOfTheAccountIsNotHeldUp() {
        silent.add("a/logs");
        call(2, "a", "logs");
        endAll();
        call(10, "a", "logs");
        call(10, "a", "codebuild");
        assertEquals(4, threads.held("a"));
        endOldest(); // of logs
        assertEquals(4, threads.held("a"));
        assertEquals(4, open.size());
    }

    @Test
    void allThatAreKnownToBeSilentHaveButAFewThreadsTogether() {
        for (int account = 0; account < 30; account++) {
            silent.add("silent " + account + "/codebuild");
            call(1, "silent " + account);
        }
        endAll();
        for (int account = 0; account < 30; account++) {
            call(5, "silent " + account);
        }
        assertEquals(4, open.size());
        call(3, "honest");
        call(3, "other");
        assertEquals(3, threads.held("honest"));
        assertEquals(2, threads.held("other"));
    }

    @Test
    void whatWasSilentLongAgoIsForgotten() {
        silent.add("a/codebuild");
        call(1, "a");
        endAll();
        silent.clear();
        now = now.plus(Duration.ofMinutes(6));
        call(1, "b");
        endAll();
        call(3, "a");
        assertEquals(3, threads.held("a"));
    }

    @Test
    void workThatFailsGivesItsThreadBack() {
        threads.execute(new CallThreads.Party("a", ""), () -> {
            throw new NoClassDefFoundError("missing");
        });
        assertThrows(NoClassDefFoundError.class, this::endOldest);
        assertEquals(0, threads.held("a"));
    }
}
