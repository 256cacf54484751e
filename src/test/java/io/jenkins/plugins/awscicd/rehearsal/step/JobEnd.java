package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.Superseded;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for the end of a job at AWS. */
final class JobEnd<S extends Snapshot> implements RemoteJob.Listener<S> {

    private final Delivery delivery;
    private final CompletableFuture<List<S>> end = new CompletableFuture<>();
    private Scheduler.Task alarm = () -> {};
    private volatile String timedOut;

    JobEnd(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public void started(String id) {
        // nothing to keep: a rehearsal does not outlive its process
    }

    @Override
    public void ended(List<S> jobs) {
        end.complete(jobs);
    }

    @Override
    public void failed(RuntimeException why) {
        end.completeExceptionally(why);
    }

    /**
     * Limits how long the job may take.
     *
     * @param begin from when on
     * @param leave whether the job is left alone then, and not stopped
     */
    void within(
            Duration limit, Instant begin, Scheduler scheduler, RemoteJob<S> job, boolean leave, JobConsole console) {
        Duration left = Duration.between(scheduler.now(), begin.plus(limit));
        alarm = scheduler.schedule(left.isNegative() ? Duration.ZERO : left, () -> {
            timedOut = "Not done within " + Durations.inWords(limit);
            console.line(timedOut);
            if (leave) {
                job.abandon();
                end.completeExceptionally(new CancellationException(timedOut));
            } else {
                job.stop();
            }
        });
    }

    /** That the job's time was over before it was done; null if it was not. */
    String timedOut() {
        return timedOut;
    }

    /**
     * Waits on the delivery's thread: for the job, and those that AWS starts in its place.
     *
     * @param leave whether the job is left alone when the delivery is interrupted, and not stopped
     */
    List<S> await(RemoteJob<S> job, boolean leave) {
        try {
            return end.get();
        } catch (CancellationException e) {
            throw failure(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            StepFailure why = delivery.interruption().failure();
            if (leave) {
                job.abandon();
            } else {
                job.stop();
                end.handle((jobs, failure) -> jobs).join();
            }
            throw why;
        } finally {
            alarm.cancel();
        }
    }

    private StepFailure failure(Throwable cause) {
        if (timedOut != null) {
            return new StepFailure(timedOut, cause);
        }
        return cause instanceof Superseded
                ? StepFailure.with(Result.NOT_BUILT, cause.getMessage())
                : new StepFailure(cause.getMessage(), cause);
    }
}
