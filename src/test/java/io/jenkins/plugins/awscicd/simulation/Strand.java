package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Something that blocks, on a thread of its own, in a play that has one thread otherwise. Of all these threads one runs at a time: the
 * play stands still until the strand waits for something, and the strand goes on in a turn of the play. So a play stays the same each time.
 */
final class Strand {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "strand");
        thread.setDaemon(true);
        return thread;
    });

    private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();

    private final SteppedTime time;
    private final Semaphore strandsTurn = new Semaphore(0);
    private final Semaphore playsTurn = new Semaphore(0);
    /** Another one for each time that it waits. */
    private Object waiting;

    private boolean interrupted;
    private boolean over;

    private Strand(SteppedTime time) {
        this.time = time;
    }

    /** Begins it in a turn of its own. */
    static Strand begin(SteppedTime time, Runnable work) {
        Strand strand = new Strand(time);
        time.after(Duration.ZERO, () -> {
            THREADS.execute(() -> {
                CURRENT.set(strand);
                strand.strandsTurn.acquireUninterruptibly();
                try {
                    work.run();
                } finally {
                    strand.over = true;
                    CURRENT.remove();
                    strand.playsTurn.release();
                }
            });
            strand.run();
        });
        return strand;
    }

    /** Lets it run until it waits, or is over. */
    private void run() {
        strandsTurn.release();
        playsTurn.acquireUninterruptibly();
    }

    boolean isOver() {
        return over;
    }

    /** It waits for nothing more. */
    void interrupt() {
        interrupted = true;
        if (waiting != null) {
            wake(waiting);
        }
    }

    private void wake(Object of) {
        if (waiting == of) {
            waiting = null;
            time.after(Duration.ZERO, this::run);
        }
    }

    /** Waits until something comes in; on a strand. */
    static <T> T await(CompletableFuture<T> coming) throws InterruptedException, ExecutionException {
        Strand strand = CURRENT.get();
        if (strand != null) {
            strand.waitFor(coming);
        } else if (!coming.isDone()) {
            throw new IllegalStateException("The play would wait for itself");
        }
        return coming.get();
    }

    /** Lets time pass; on a strand. */
    static void sleep(Duration length) throws InterruptedException {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        CURRENT.get().time.after(length, () -> passed.complete(null));
        try {
            await(passed);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void waitFor(CompletableFuture<?> coming) throws InterruptedException {
        if (!coming.isDone() && !interrupted) {
            Object one = new Object();
            waiting = one;
            coming.whenComplete((result, failure) -> wake(one));
            playsTurn.release();
            strandsTurn.acquireUninterruptibly();
        }
        if (interrupted) {
            interrupted = false;
            throw new InterruptedException();
        }
    }
}
