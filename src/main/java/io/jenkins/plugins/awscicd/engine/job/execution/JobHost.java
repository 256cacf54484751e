package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whatever runs a step with a job at AWS: gives a {@link JobExecution} what it needs, and hears what becomes of the job. After the
 * {@linkplain #concluded end} it hears nothing more.
 *
 * @param <S> what is seen of the job
 */
public interface JobHost<S extends Snapshot> {

    /** Where a step speaks, and keeps how far it is. */
    record Place(@NonNull JobConsole console, @NonNull Journal journal) {}

    /** Something that blocks, and can be interrupted. */
    @FunctionalInterface
    interface Blocking {
        void run() throws IOException, InterruptedException;
    }

    /** Runs on a thread for what may block what looks for credentials, and may not come back from it. */
    void connecting(@NonNull Runnable work);

    /** Where the step is. Asked first, and once. May block. */
    @NonNull
    Place place() throws IOException, InterruptedException;

    /**
     * Opens the session. May block.
     *
     * @throws RuntimeException if there are no credentials, or it is not known where to
     */
    @NonNull
    AwsSession open();

    /** Connected; what follows is asked with this session. */
    default void connected(@NonNull AwsSession session) {}

    /** Fails unless the job may be begun. Not asked about what was begun before a restart. May block. */
    default void admit() {}

    /** Makes the job, without starting it. */
    @NonNull
    PreparedJob<S> prepare(@NonNull Connected<S> at);

    /** Runs this once whatever makes a start that is repeated the same start outlives this process. */
    void afterSave(@NonNull Runnable task) throws IOException, InterruptedException;

    /**
     * Does this where the files are.
     *
     * @param failed told if it fails, or is taken back
     * @return takes it back, by an interrupt if it has begun
     */
    @NonNull
    Scheduler.Task upload(@NonNull Blocking work, @NonNull Consumer<Throwable> failed);

    /** Whether this process ends, so that calls fail for that reason alone: after the restart the step goes on. */
    default boolean isClosing() {
        return false;
    }

    /** AWS has started the job, and its journal has the id: what it took to start it can be forgotten. */
    default void started(@NonNull String id) {}

    /** The job is at this point. */
    default void observed(@NonNull S now) {}

    /** How long jobs like this have taken lately; null if that is not known. */
    @CheckForNull
    default Duration usual() {
        return null;
    }

    /** The job has ended, or come as far as was asked for: comes right before {@link #concluded}. */
    default void ended(@NonNull List<S> jobs) {}

    /** The step holds nothing any more, however it ended: comes before {@link #concluded}, and where nobody waits for that as well. */
    default void over() {}

    /** The step is over. */
    void concluded(@NonNull Outcome outcome);
}
