package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A job that a session is open for, with what only its service knows of it: {@link JobExecution} says when which of it is asked.
 *
 * @param <S> what is seen of the job
 */
public interface PreparedJob<S extends Snapshot> {

    @NonNull
    RemoteJob<S> job();

    /** Whether {@link #upload} has to come before {@link #start}. */
    boolean uploads();

    /**
     * Looks for a job that was started before a restart which has lost its id. Asked before the upload is made again: the agent may
     * be gone by now. Blocks, calls AWS.
     */
    @NonNull
    default Optional<String> startedBefore() throws InterruptedException {
        return Optional.empty();
    }

    /** Sends what the job needs from where it is. Blocks, and can be interrupted. */
    void upload() throws IOException, InterruptedException;

    /**
     * Starts the job.
     *
     * @param again whether this may have been done before, before a restart
     * @return null; where no job is needed for what is to be done, what comes of it instead
     */
    @CheckForNull
    CompletableFuture<? extends JobResult> start(boolean again);

    /** Nobody wants the job any more: comes before it is stopped, or left. */
    default void unwanted() {}

    /**
     * How the job ended.
     *
     * @param jobs the job, and after it those that AWS has started in its place; never empty
     */
    @NonNull
    Verdict verdict(@NonNull List<S> jobs);

    /** What the script gets, of the same jobs. */
    @NonNull
    JobResult result(@NonNull List<S> jobs);
}
