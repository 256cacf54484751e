package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.util.List;

/**
 * What an execution that deploys something tells those who keep what was deployed where.
 *
 * @param <S> what is seen of a deployment
 */
public interface Deploying<S extends Snapshot> {

    /** The step's name, such as {@code codeDeploy}. */
    @NonNull
    String stepName();

    /** Whether anything is deployed at all: what is only ended is not to be remembered. */
    default boolean deploys() {
        return true;
    }

    /** Where to; null if an earlier deployment is continued, or if that is known at the end alone. */
    @CheckForNull
    Destination destination();

    /** Whether AWS's id tells one deployment from all others, so that an earlier one can be found by it. */
    default boolean isKnownById() {
        return true;
    }

    /** What is deployed, as far as is known now; null if it is not. */
    @CheckForNull
    String revision();

    /** Where the archive is that is deployed; null if that is not known. */
    @CheckForNull
    default String archive() {
        return revision();
    }

    /** The page of the deployment with this id in the AWS console. */
    @NonNull
    String consolePage(@NonNull AwsSession session, @NonNull String id);

    /** What came of it, in AWS: the step may make something else of it. */
    @NonNull
    Outcome outcome(@NonNull AwsSession session, @NonNull List<S> jobs);

    /**
     * How a deployment ended.
     *
     * @param destination where it went to
     * @param revision what was deployed; null if that is not known
     * @param cause why it did not succeed; null if it did
     */
    record Outcome(
            @NonNull Destination destination,
            @NonNull DeploymentVerdict verdict,
            @CheckForNull String revision,
            @CheckForNull String cause) {}
}
