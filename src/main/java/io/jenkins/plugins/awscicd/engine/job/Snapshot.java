package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What AWS says of a remote job at one moment: a value, equal to another if nothing has happened in between.
 */
public interface Snapshot {

    /** The job's id in its service. */
    @NonNull
    String id();

    /** What AWS's events name the job by, if not by its id. */
    @NonNull
    default String nameInEvents() {
        return id();
    }

    /** Where the job is, such as a build's phase: a change makes the watcher look more often for a while. */
    @NonNull
    String stage();

    /** Whether nothing more is going to happen to this job. A state that this version does not know counts as running. */
    boolean ended();

    /**
     * Whether AWS has come to the end of something here, though it may be looked at for longer, such as for its health: AWS's events tell
     * of such an end, and of nothing that comes after it.
     */
    default boolean hasComeToRest() {
        return ended();
    }

    /** The id of the job that AWS itself has started in place of this ended one; null if there is none. */
    @CheckForNull
    default String successor() {
        return null;
    }

    /** Whether AWS is still to start a job in place of this ended one, or to say which it has started. */
    default boolean successorDue() {
        return false;
    }

    /** What AWS is to do about this job, such as {@code try again}. */
    @NonNull
    default String successorInWords() {
        return "try again";
    }

    /** What to tell of a successor that was due and has not come, in a sentence without a full stop. */
    @NonNull
    default String withoutSuccessor(@NonNull Duration waited) {
        return "AWS has not tried again within " + Durations.inWords(waited);
    }

    /** Whether to stop this job means to stop its successor too: a retry is to be stopped, a rollback is not. */
    default boolean stopPassesOn() {
        return true;
    }

    /**
     * What AWS is doing about it, such as {@code BUILD for 2 min 5 s}; empty if it waits for people.
     *
     * @param at AWS's own time
     */
    @NonNull
    default String running(@NonNull Instant at) {
        return stage();
    }

    /** How far the job is, for people to see. */
    @NonNull
    default Progress progress(@NonNull AwsSession session) {
        return new Progress(
                id(), id(), stage(), Progress.State.RUNNING, stage(), List.of(), List.of(), "", "", null, null);
    }
}
