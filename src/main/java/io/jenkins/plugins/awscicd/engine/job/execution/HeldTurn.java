package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A step's turn at what it works on, which is over when the step is.
 *
 * @param queue in which the step has its turn
 * @param <S> what is seen of the step's job
 */
public record HeldTurn<S extends Snapshot>(@NonNull TurnQueue<String> queue) {

    /** When the step is over, so is its turn. */
    @NonNull
    public JobListener<S> of(@NonNull JobListener<S> listener) {
        return new JobListener<>() {
            @Override
            public void started(String id) {
                listener.started(id);
            }

            @Override
            public void observed(S now) {
                listener.observed(now);
            }

            @Override
            public Duration usual() {
                return listener.usual();
            }

            @Override
            public void ended(List<S> jobs) {
                queue.leave();
                listener.ended(jobs);
            }

            @Override
            public void failed(RuntimeException why) {
                queue.leave();
                listener.failed(why);
            }
        };
    }

    /** When the step is left its turn is over, too, although the job goes on at AWS. */
    @NonNull
    public ProgressLog<S> of(@NonNull ProgressLog<S> progressLog) {
        return new ProgressLog<>() {
            @Override
            public void looked(S now) {
                progressLog.looked(now);
            }

            @Override
            public void observed(S now) {
                progressLog.observed(now);
            }

            @Override
            public String running(S now, Instant at) {
                return progressLog.running(now, at);
            }

            @Override
            public CompletableFuture<Void> ended(S last) {
                return progressLog.ended(last);
            }

            @Override
            public void abandon() {
                queue.leave();
                progressLog.abandon();
            }
        };
    }
}
