package io.jenkins.plugins.awscicd.engine.time;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one step asks of somebody who may never answer, such as a guard that waits for a disk: who asks waits for a while, and no longer
 * once nobody wants the answer. What is asked is interrupted then; if that does not help, it holds a thread of those that are for
 * questions, and none of the engine's.
 */
public final class Questions {

    private final ThreadPoolExecutor threads;
    private final Duration patience;
    private final Set<Future<?>> open = new HashSet<>();
    private boolean unwanted;

    /**
     * @param threads for what is asked alone
     * @param patience how long an answer is waited for, the wait for a thread included
     */
    public Questions(@NonNull ThreadPoolExecutor threads, @NonNull Duration patience) {
        this.threads = threads;
        this.patience = patience;
    }

    /**
     * Asks, and fails as that does. Blocks.
     *
     * @param late what to fail with if there is no answer in time; told whether it was asked at all, or no thread came free for it
     * @throws CancellationException if nobody wants to know it any more
     */
    public <T> T ask(@NonNull Supplier<T> question, @NonNull Function<Boolean, RuntimeException> late) {
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<T> answer = new FutureTask<>(() -> {
            begun.set(true);
            return question.get();
        });
        threads.execute(answer);
        try {
            if (!keep(answer)) {
                throw aborted();
            }
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            RuntimeException failure = late.apply(begun.get());
            failure.addSuppressed(e);
            throw failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw aborted();
        } catch (CancellationException e) {
            throw aborted();
        } finally {
            answer.cancel(true);
            threads.remove(answer); // where it still waits for a thread, which others may hold for long
            forget(answer);
        }
    }

    private static CancellationException aborted() {
        return new CancellationException("Aborted while the guards were asked");
    }

    private synchronized boolean keep(Future<?> answer) {
        return !unwanted && open.add(answer);
    }

    private synchronized void forget(Future<?> answer) {
        open.remove(answer);
    }

    /** Nobody wants to know anything any more. */
    public void leave() {
        Set<Future<?>> left;
        synchronized (this) {
            unwanted = true;
            left = Set.copyOf(open);
        }
        left.forEach(answer -> answer.cancel(true));
    }
}
