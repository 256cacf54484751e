package io.jenkins.plugins.awscicd.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PoolSchedulerTest {

    @AutoClose
    private final PoolScheduler pool = new PoolScheduler("pool under test", 3, 2);

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(30, TimeUnit.SECONDS));
    }

    @Test
    void usesAFixedNumberOfNamedDaemonThreads() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        int tasks = 1000;
        CountDownLatch done = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        await(done);
        assertTrue(threads.size() <= 3, "Threads: " + threads);
        assertTrue(threads.stream().allMatch(Thread::isDaemon));
        assertTrue(threads.stream().allMatch(thread -> thread.getName().startsWith("pool under test #")));
    }

    @Test
    void whatBlocksHasThreadsOfItsOwnAndAllWhoWaitForOneGetIt() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(20);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 20; i++) {
            pool.blocking().execute(() -> {
                threads.add(Thread.currentThread().getName());
                blocked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
        }
        await(blocked);
        CountDownLatch ticks = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            pool.execute(ticks::countDown);
        }
        await(ticks);
        release.countDown();
        await(done);
        assertEquals(2, threads.size(), threads.toString());
    }

    @Test
    void threadsHaveNothingOfWhoeverNeedsThemFirst() throws Exception {
        InheritableThreadLocal<String> ofARun = new InheritableThreadLocal<>();
        CountDownLatch done = new CountDownLatch(2);
        List<Object> inherited = new CopyOnWriteArrayList<>();
        Runnable look = () -> {
            inherited.add(Thread.currentThread().getContextClassLoader());
            if (ofARun.get() != null) {
                inherited.add(ofARun.get());
            }
            done.countDown();
        };
        try (URLClassLoader script = new URLClassLoader(new URL[0])) {
            Thread run = new Thread(() -> {
                ofARun.set("a run's");
                pool.execute(look);
                pool.blocking().execute(look);
            });
            run.setContextClassLoader(script);
            run.start();
            await(done);
        }
        ClassLoader own = PoolScheduler.class.getClassLoader();
        assertEquals(List.of(own, own), inherited);
    }

    @Test
    void neverRunsATaskBeforeItsTime() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Instant[] ran = new Instant[1];
        Instant begin = pool.now();
        pool.schedule(Duration.ofMillis(50), () -> {
            ran[0] = pool.now();
            done.countDown();
        });
        await(done);
        assertFalse(ran[0].isBefore(begin.plusMillis(49)), "After " + Duration.between(begin, ran[0]));
    }

    @Test
    void aTaskThatIsTakenBackDoesNotRun() throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch busy = new CountDownLatch(1);
        for (int thread = 0; thread < 3; thread++) {
            pool.execute(() -> {
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        pool.schedule(Duration.ZERO, () -> seen.add("taken back")).cancel();
        CountDownLatch done = new CountDownLatch(1);
        pool.execute(done::countDown);
        busy.countDown();
        await(done);
        assertEquals(List.of(), seen);
    }

    @Test
    void aTaskThatFailsIsLoggedAndTheThreadsGoOn() throws InterruptedException {
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(PoolScheduler.class.getName());
        Filter before = logger.getFilter();
        logger.setFilter(logRecord -> {
            logged.add(logRecord);
            return false;
        });
        try {
            CountDownLatch done = new CountDownLatch(10);
            for (int i = 0; i < 10; i++) {
                pool.execute(() -> {
                    try {
                        throw new IllegalStateException("broken");
                    } finally {
                        done.countDown();
                    }
                });
            }
            await(done);
            CountDownLatch next = new CountDownLatch(1);
            pool.execute(next::countDown);
            await(next);
        } finally {
            pool.close();
            logger.setFilter(before);
        }
        assertFalse(logged.isEmpty());
        assertEquals("broken", logged.get(0).getThrown().getMessage());
    }

    @Test
    void takesTasksWithoutComplaintWhenClosed() {
        pool.close();
        List<String> seen = new CopyOnWriteArrayList<>();
        pool.execute(() -> seen.add("late"));
        pool.schedule(Duration.ZERO, () -> seen.add("late")).cancel();
        assertEquals(List.of(), seen);
    }
}
