package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.ForwardingListener;
import io.jenkins.plugins.awscicd.engine.job.ForwardingProgressLog;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import java.util.List;

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
        return new ForwardingListener<>(listener) {
            @Override
            public void ended(List<S> jobs) {
                queue.leave();
                super.ended(jobs);
            }

            @Override
            public void failed(RuntimeException why) {
                queue.leave();
                super.failed(why);
            }
        };
    }

    /** When the step is left its turn is over, too, although the job goes on at AWS. */
    @NonNull
    public ProgressLog<S> of(@NonNull ProgressLog<S> progressLog) {
        return new ForwardingProgressLog<>(progressLog) {
            @Override
            public void abandon() {
                queue.leave();
                super.abandon();
            }
        };
    }
}
