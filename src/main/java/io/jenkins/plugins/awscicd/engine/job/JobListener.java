package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.List;

/**
 * Hears of the turns in a {@link RemoteJob}'s life that must not be lost. Exactly one of the last two is called, once.
 *
 * @param <S> what is seen of a job
 */
public interface JobListener<S> {

    /** AWS has started the job under this id: to be kept now. */
    void started(@NonNull String id);

    /** The job has ended, and AWS has started this one in its place, which is watched from now on. After a restart, it is told again. */
    default void replaced(@NonNull String id) {}

    /** The job is at this point: comes before what is told of it, the end included. */
    default void observed(@NonNull S now) {}

    /** How long jobs like this have taken lately; null if that is not known. May be asked often. */
    @CheckForNull
    default Duration usual() {
        return null;
    }

    /**
     * The job has ended, or come as far as was asked for, and its log is told.
     *
     * @param jobs how it ended, and after it, if AWS has started others in its place, how those did; never empty
     */
    void ended(@NonNull List<S> jobs);

    /** The job could not be started, or can no longer be watched. */
    void failed(@NonNull RuntimeException why);
}
