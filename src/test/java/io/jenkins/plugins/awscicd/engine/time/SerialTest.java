package io.jenkins.plugins.awscicd.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTest {

    @Test
    void runsInOrderAndOneAtATimeOnManyThreads() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Serial serial = new Serial(pool);
            List<Integer> seen = new ArrayList<>(); // guarded by the serial itself
            AtomicInteger atOnce = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            int tasks = 10_000;
            CountDownLatch done = new CountDownLatch(tasks);
            for (int i = 0; i < tasks; i++) {
                int number = i;
                serial.execute(() -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    seen.add(number);
                    atOnce.decrementAndGet();
                    done.countDown();
                });
            }
            assertTrue(done.await(30, TimeUnit.SECONDS));
            assertEquals(1, most.get());
            for (int i = 0; i < tasks; i++) {
                assertEquals(i, seen.get(i));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void losesNoTaskWhenMoreAreAddedFromManyThreads() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Serial serial = new Serial(pool);
            int[] count = new int[1];
            int threads = 8;
            int each = 2000;
            CountDownLatch done = new CountDownLatch(threads * each);
            for (int t = 0; t < threads; t++) {
                new Thread(() -> {
                            for (int i = 0; i < each; i++) {
                                serial.execute(() -> {
                                    count[0]++;
                                    done.countDown();
                                });
                            }
                        })
                        .start();
            }
            assertTrue(done.await(30, TimeUnit.SECONDS));
            assertEquals(threads * each, count[0]);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void holdsNoThreadAndGoesOnAfterAFailure() {
        Deque<Runnable> handed = new ArrayDeque<>();
        Serial serial = new Serial(handed::add);
        List<String> seen = new ArrayList<>();
        serial.execute(() -> {
            throw new IllegalStateException("broken");
        });
        serial.execute(() -> seen.add("next"));
        assertEquals(1, handed.size());

        assertThrows(IllegalStateException.class, () -> handed.remove().run());
        handed.remove().run();
        assertEquals(List.of("next"), seen);
        assertTrue(handed.isEmpty());

        serial.execute(() -> seen.add("later"));
        assertFalse(handed.isEmpty());
        handed.remove().run();
        assertEquals(List.of("next", "later"), seen);
    }

    @Test
    void aTaskMayAddTasks() {
        Deque<Runnable> handed = new ArrayDeque<>();
        Serial serial = new Serial(handed::add);
        List<String> seen = new ArrayList<>();
        serial.execute(() -> {
            serial.execute(() -> seen.add("inner"));
            seen.add("outer");
        });
        while (!handed.isEmpty()) {
            handed.remove().run();
        }
        assertEquals(List.of("outer", "inner"), seen);
    }
}
