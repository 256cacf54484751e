package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An AWS service as far as watching its jobs goes. The methods call AWS once and block: they are run in the session's lanes.
 *
 * @param <S> what is seen of a job
 */
public interface JobService<S extends Snapshot> {

    /** How long most jobs may take to end once AWS has agreed to stop them. */
    Duration STOP_GRACE = Duration.ofMinutes(5);

    /** The call that looks at jobs, as an IAM action. Jobs of one account and of equal services are looked at together. */
    @NonNull
    String observeAction();

    /** How many jobs one call can look at. */
    int batchSize();

    /**
     * Looks at jobs.
     *
     * @param ids at most {@link #batchSize()} different ids
     * @return what was found, by id; a job that AWS does not know, or not yet, is left out
     */
    @NonNull
    Map<String, S> observe(@NonNull AwsSession session, @NonNull List<String> ids);

    /** The call that stops a job, as an IAM action. */
    @NonNull
    String stopAction();

    /** Asks AWS to stop a job. Stopping one that has ended does nothing. */
    void stop(@NonNull AwsSession session, @NonNull String id);

    /** How long a job may take to end once AWS has agreed to stop it. */
    @NonNull
    default Duration stopGrace() {
        return STOP_GRACE;
    }
}
