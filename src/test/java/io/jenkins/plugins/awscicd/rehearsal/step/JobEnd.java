package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for the end of a job at AWS. */
final class JobEnd<S extends Snapshot> implements RemoteJob.Listener<S> {

    private final Delivery delivery;
    private final CompletableFuture<List<S>> end = new CompletableFuture<>();

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
     * Waits on the delivery's thread: for the job, and those that AWS starts in its place.
     *
     * @param stop whether the job is stopped when the delivery is interrupted
     */
    List<S> await(RemoteJob<S> job, boolean stop) {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new StepFailure(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            StepFailure why = delivery.interruption().failure();
            if (stop) {
                job.stop();
                end.handle((jobs, failure) -> jobs).join();
            } else {
                job.abandon();
            }
            throw why;
        }
    }
}
