package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hears of a job that somebody else has started, and that is only reported here.
 *
 * @param over told once that it is reported to its end, with null, or why it cannot be
 * @param <S> what is seen of the job
 */
public record FollowedEnd<S>(@NonNull Consumer<RuntimeException> over) implements JobListener<S> {

    @Override
    public void started(@NonNull String id) {
        // by somebody else
    }

    @Override
    public void ended(@NonNull List<S> jobs) {
        over.accept(null);
    }

    @Override
    public void failed(@CheckForNull RuntimeException why) {
        over.accept(why);
    }
}
