package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/** Who does the work: Jenkins. Called on threads that may block, one call at a time for a worker. */
public interface WorkHost {

    /** What becomes of a job that is offered. */
    enum Answer {
        /** It is queued; {@link JobWorker#acknowledge} follows when its turn comes. */
        QUEUED,
        /** Nobody here does it, and others may. */
        UNKNOWN,
        /** Whoever does it here cannot be asked now. */
        LATER
    }

    /** Where the work on a claim is. */
    enum Standing {
        QUEUED,
        RUNNING,
        /** Nobody will do it, or go on with it: it was lost, or deleted. */
        GONE
    }

    /** @param claim what the work is known by from now on, if it is queued */
    @NonNull
    Answer offer(@NonNull ActionJob job, @NonNull Claim claim);

    /** Where the work is. Of work that has ended it {@linkplain JobWorker#end tells} the result once more: it may not have been heard. */
    @NonNull
    Standing standing(@NonNull Claim claim);

    /** The claim is not ours any more, or has never been: what is queued for it is to be taken back; what runs may go on. */
    void lost(@NonNull Claim claim, @NonNull String why);

    /** Has a claim on disk, before AWS hears of what it says. */
    void keep(@NonNull Claim claim);

    void forget(@NonNull Claim claim);

    /**
     * A poll has brought the job by which AWS goes on with a claim that this worker does not know: whether another one of the same
     * controller holds it, and {@linkplain JobWorker#continued goes on} by now.
     */
    boolean passOn(@NonNull String claim, @NonNull String jobId, @NonNull String nonce);

    /** Nothing is left to a worker that {@linkplain JobWorker#finish finishes}; may be told again. */
    void finished();

    /** The claims of a worker's action type that were kept. */
    @NonNull
    List<Claim> kept(@NonNull ActionType type);
}
