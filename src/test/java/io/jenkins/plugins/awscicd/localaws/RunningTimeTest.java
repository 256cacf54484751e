package io.jenkins.plugins.awscicd.localaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningTimeTest {

    private final RunningTime time = SimulatedTime.real();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        time.close();
    }

    private void after(int minutes, String what) {
        time.after(Duration.ofMinutes(minutes), () -> done.add(what));
    }

    @Test
    void whatFallsDueOnTheWayRunsInItsOrderAndSeesItsOwnTime() {
        Instant start = time.now();
        after(30, "third");
        after(10, "first");
        time.after(Duration.ofMinutes(15), () -> {
            done.add("second");
            assertTrue(time.now().isBefore(start.plus(Duration.ofMinutes(16))));
            after(5, "added");
            after(50, "later");
        });
        after(40, "fourth");
        time.after(Duration.ofMinutes(12), () -> done.add("gone")).cancel();

        time.advance(Duration.ofMinutes(35));

        assertEquals(List.of("first", "second", "added", "third"), done);
        assertFalse(time.now().isBefore(start.plus(Duration.ofMinutes(35))));
        time.advance(Duration.ofMinutes(6));
        assertEquals(List.of("first", "second", "added", "third", "fourth"), done);
    }

    @Test
    void whatWaitedIsStillRunByItself() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(2);
        time.after(Duration.ofMinutes(10).plusMillis(50), latch::countDown);
        time.advance(Duration.ofMinutes(10));
        time.after(Duration.ofMillis(20), latch::countDown);
        assertTrue(latch.await(1, TimeUnit.MINUTES));
    }
}
