package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Moment;

/**
 * Where a {@link JobExecution} is. It is told so by several threads: that of whoever runs the step, those for what blocks, and those of
 * the engine.
 */
final class JobState<S extends Snapshot> {

    /** The id of the job, or its ARN, if it is at AWS before the step begins; null if the step starts it. */
    private final String followed;

    /** Whether it goes on with what another process has begun: the job may be at AWS already. */
    private boolean again;

    private String id;
    /** What AWS has started in its place; null if it has started nothing. */
    private String now;

    private AwsSession session;
    private PreparedJob<S> prepared;
    private boolean started;
    private Throwable stopCause;
    private Moment stopBy;
    private boolean timedOut;
    private boolean over;
    private boolean stopsAlone;

    /** @param followed as of {@link JobExecution.Settings} */
    JobState(@CheckForNull String followed) {
        this.followed = followed;
    }

    /** Goes on with what another process has begun; the id is null if it is not known. */
    synchronized void goOn(@CheckForNull String knownId) {
        again = true;
        id = knownId;
    }

    synchronized boolean isAgain() {
        return again;
    }

    /** Whether the job may be at AWS, though this process has not found it there yet. */
    synchronized boolean mayBeThere() {
        return again || followed != null;
    }

    /** The job's id; null until it is known. */
    @CheckForNull
    synchronized String id() {
        return id;
    }

    synchronized void id(@NonNull String known) {
        id = known;
    }

    /** What goes on at AWS: the job, or what has been started in its place. Null until it is known. */
    @CheckForNull
    synchronized String now() {
        return now == null ? id : now;
    }

    /** The same, or what the step was told to follow. */
    @CheckForNull
    synchronized String there() {
        String known = now();
        return known == null ? followed : known;
    }

    /** @param replacing what has been started in its place; null if nothing has */
    synchronized void now(@CheckForNull String replacing) {
        now = replacing;
    }

    /** @return whether the session is wanted; if not, it has to be given back */
    synchronized boolean connected(@NonNull AwsSession opened) {
        if (over && !stopsAlone) {
            return false;
        }
        session = opened;
        return true;
    }

    /** The job as it is prepared; null before. */
    @CheckForNull
    synchronized PreparedJob<S> prepared() {
        return prepared;
    }

    /** @return whether the job is to be ended: whoever wanted that before could not do it himself */
    synchronized boolean prepared(@NonNull PreparedJob<S> made) {
        prepared = made;
        return isUnwanted();
    }

    /** @return whether it has not been started yet: true once */
    synchronized boolean start() {
        boolean first = !started;
        started = true;
        return first;
    }

    synchronized boolean isStarted() {
        return started;
    }

    /**
     * The step is aborted.
     *
     * @param by when the step is to be over at the latest; null if whoever aborts it waits for as long as it takes
     * @return whether that makes any difference
     */
    synchronized boolean abort(@NonNull Throwable cause, @CheckForNull Moment by) {
        if (!over) {
            stopCause = cause;
            if (by != null && (stopBy == null || by.isBefore(stopBy))) {
                stopBy = by; // of several, the first who will not wait any longer
            }
        }
        return !over;
    }

    /** @return whether that makes any difference */
    synchronized boolean timeOut() {
        timedOut |= !over;
        return !over;
    }

    /** What the step was aborted with; null if it was not. */
    @CheckForNull
    synchronized Throwable stopCause() {
        return stopCause;
    }

    /** Until when an aborted step may wait for its job's end; null if for as long as it takes. */
    @CheckForNull
    synchronized Moment stopBy() {
        return stopBy;
    }

    synchronized boolean isTimedOut() {
        return timedOut;
    }

    /** Whether the job is to end. */
    synchronized boolean isUnwanted() {
        return stopCause != null || timedOut;
    }

    /** Nobody will wait for the step any more, but what it has at AWS is to be stopped as soon as that can be asked for. */
    synchronized boolean stopAlone() {
        boolean alone = mayBeThere() && prepared == null && !over;
        stopsAlone |= alone;
        return alone;
    }

    /** @return whether it was not over before */
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Whether there is anything left to do, be it for a step or not. */
    synchronized boolean isUnderWay() {
        return !over || stopsAlone;
    }

    /** Gives the session back, if there is nothing left to do with it. */
    void release() {
        AwsSession held;
        synchronized (this) {
            held = session;
            session = null;
            stopsAlone = false;
        }
        if (held != null) {
            held.close();
        }
    }
}
