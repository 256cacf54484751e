package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a {@link RemoteJob} is. What AWS does changes it in order; what whoever wants the job says of it, at any time. Read on any thread.
 *
 * @param <S> what is seen of the job
 */
final class RemoteState<S extends Snapshot> {

    /** Those that have ended: the job, and after it what AWS has started in its place. Used in order alone. */
    private final List<S> jobs = new ArrayList<>();

    private volatile Moment begun;
    private volatile String id;
    private volatile S latest;
    /** Whether this process has seen it go on. */
    private volatile boolean seenRunning;

    private volatile boolean ended;
    private volatile boolean replaced;
    private volatile boolean replacing;
    private volatile boolean over;
    private volatile boolean stopRequested;
    private volatile boolean abandoned;
    private volatile String status = "not started";

    void starting(@NonNull Moment now) {
        status = "starting";
        begun = now;
    }

    void resuming(@NonNull String startedId) {
        status = "resuming " + startedId;
    }

    /** This is what the job is at AWS now, and nothing was seen of it yet. */
    void watching(@NonNull String jobId) {
        if (id != null && !jobId.equals(id)) {
            replaced = true;
        }
        id = jobId;
        latest = null;
        seenRunning = false;
        ended = false;
    }

    void observed(@NonNull S now) {
        latest = now;
        seenRunning |= !now.ended();
        status = now.id() + " is in " + now.stage();
    }

    /** It has ended, or come as far as was asked for, like this. */
    void ended(@NonNull S last) {
        ended = true;
        jobs.add(last);
        status = last.id() + " has ended, its log is being read";
    }

    void awaitingSuccessor(@NonNull S last) {
        status = last.id() + " has failed; waiting for AWS to " + last.successorInWords();
    }

    /** Whether this process has seen it go on, so that no other can have come to its end. */
    boolean wasSeenRunning() {
        return seenRunning;
    }

    /** It is being found out whether another one takes its place, which may be at AWS already. */
    void replacing(@NonNull S last) {
        replacing = true;
        status = last.id() + " has ended, another one may take its place";
    }

    void notReplacing() {
        replacing = false;
    }

    boolean isReplacing() {
        return replacing;
    }

    /** What was the end is none, as it is to be watched further. */
    void goOn() {
        jobs.remove(jobs.size() - 1);
    }

    void requestStop() {
        stopRequested = true;
    }

    boolean isStopRequested() {
        return stopRequested;
    }

    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    boolean isWanted() {
        return !stopRequested && !abandoned;
    }

    /**
     * Nothing that happens to it matters from now on.
     *
     * @return whether anything did before
     */
    boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    boolean isOver() {
        return over;
    }

    /** When its start was asked for; null if that was before a restart. */
    @CheckForNull
    Moment begun() {
        return begun;
    }

    /** Null until AWS has started it. */
    @CheckForNull
    String id() {
        return id;
    }

    /** As it was seen last; null if nothing was seen of it yet. */
    @CheckForNull
    S latest() {
        return latest;
    }

    /** Whether what is watched now is what AWS has started in place of the job. */
    boolean isReplaced() {
        return replaced;
    }

    /** Whether what is watched now has ended, or come as far as was asked for. */
    boolean isEnded() {
        return ended;
    }

    /** Whether it goes on as far as is known, and is watched. */
    boolean goesOn() {
        return !over && !ended;
    }

    /** How what has ended did so; never empty when the job is over by itself. */
    @NonNull
    List<S> jobs() {
        return jobs;
    }

    /** How the last of them ended; there must be one. */
    @NonNull
    S last() {
        return jobs.get(jobs.size() - 1);
    }

    /** Whether this is still the end that matters: a stop may have come in between. */
    boolean isEnd(@NonNull S last) {
        return !over && ended && last() == last;
    }

    /**
     * What whoever waits no longer leaves behind.
     *
     * @param unknown says so of a job whose id is not known
     */
    @NonNull
    String leftInWords(@NonNull String unknown) {
        S now = latest;
        if (now != null) {
            return id + " is in " + now.stage() + ", and continues in AWS";
        }
        return id == null ? unknown : id + " continues in AWS";
    }

    /** What the job waits for, in a few words. */
    @NonNull
    String status() {
        return status;
    }
}
