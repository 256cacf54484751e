package io.jenkins.plugins.awscicd.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuestionsTest {

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            2, 2, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), PoolScheduler.threadFactory("questions"));
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final RuntimeException late = new IllegalStateException("late");

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private String noAnswer() {
        asked.countDown();
        try {
            never.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        return "too late";
    }

    @Test
    void answersAndFailsAsWhatIsAsked() {
        Questions questions = new Questions(threads, Duration.ofMinutes(1));
        assertEquals("yes", questions.ask(() -> "yes", begun -> late));
        IllegalArgumentException no = new IllegalArgumentException("no");
        assertSame(
                no,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> questions.ask(
                                () -> {
                                    throw no;
                                },
                                begun -> late)));
    }

    @Test
    void whatNeverAnswersIsInterruptedWhenItIsLate() throws InterruptedException {
        Questions questions = new Questions(threads, Duration.ofMillis(20));
        assertSame(late, assertThrows(IllegalStateException.class, () -> questions.ask(this::noAnswer, begun -> late)));
        assertTrue(asked.getCount() == 1 || interrupted.await(30, TimeUnit.SECONDS));
    }

    @Test
    void whoIsAbortedWaitsNoLonger() throws InterruptedException {
        Questions questions = new Questions(threads, Duration.ofHours(1));
        CompletableFuture<String> answer =
                CompletableFuture.supplyAsync(() -> questions.ask(this::noAnswer, begun -> late));
        asked.await();
        questions.leave();
        CompletionException failure = assertThrows(CompletionException.class, answer::join);
        assertEquals(CancellationException.class, failure.getCause().getClass());
        assertTrue(interrupted.await(30, TimeUnit.SECONDS));
        assertThrows(CancellationException.class, () -> questions.ask(() -> "yes", begun -> late));
    }

    @Test
    void whatGotNoThreadInTimeWaitsForNoneAnyMore() {
        threads.setCorePoolSize(1);
        CountDownLatch held = new CountDownLatch(1);
        threads.execute(() -> await(held));
        Questions questions = new Questions(threads, Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "asked: false",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> questions.ask(
                                            () -> "yes", begun -> new IllegalStateException("asked: " + begun)))
                            .getMessage());
        }
        assertEquals(0, threads.getQueue().size());
        held.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
