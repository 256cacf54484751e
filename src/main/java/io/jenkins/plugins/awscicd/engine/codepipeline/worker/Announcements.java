package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.watch.EventProof;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.codepipeline.model.Job;

/**
 * Whether AWS's events tell of the jobs of a worker. They have proved themselves once a poll has brought a job that was announced; a job that
 * nobody has announced disproves them, and then more of the next ones have to be. What jobs there are is never taken from events.
 */
final class Announcements {

    /** Of an event, for what it announces. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(2);
    /** AWS may say that an action has begun before it gives out the job. */
    private static final Duration EXPECTED = Duration.ofSeconds(10);

    private Set<String> before;
    private Moment received;
    private final EventProof proof = new EventProof();

    /** An action is said to have begun. */
    void received(@NonNull Moment now) {
        received = now;
    }

    /** Nothing is heard for now. */
    void disconnected() {
        proof.reset();
    }

    /** A poll has brought all these. */
    void came(@NonNull List<Job> jobs, @NonNull Moment now) {
        Set<String> ids = new HashSet<>();
        boolean news = false;
        for (Job job : jobs) {
            ids.add(job.id());
            boolean continues = job.data() != null && job.data().continuationToken() != null;
            news |= before != null && !continues && !before.contains(job.id());
        }
        before = ids; // of those that the first poll has brought, the events are long gone
        if (news) {
            judge(now);
        }
    }

    private void judge(Moment now) {
        if (isWithin(GOOD_FOR, now)) {
            proof.announced();
        } else {
            proof.missed();
        }
    }

    private boolean isWithin(Duration time, Moment now) {
        return received != null && received.until(now).compareTo(time) <= 0;
    }

    boolean isProven() {
        return proof.isProven();
    }

    /** Whether a job may be about to come. */
    boolean isExpected(@NonNull Moment now) {
        return isWithin(EXPECTED, now);
    }
}
