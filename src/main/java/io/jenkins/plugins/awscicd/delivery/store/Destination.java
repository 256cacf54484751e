package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Objects;

/**
 * Where something is deployed to. What is deployed there replaces what was deployed there before.
 *
 * @param stage the stage of the configuration page; null if none was named
 * @param application the application, as AWS calls it
 * @param target the deployment group or the environment
 */
public record Destination(
        @CheckForNull String stage,
        @NonNull String application,
        @NonNull String target) {

    /** The same at an endpoint that a step or a folder has named: another place, whatever it is called there. */
    @NonNull
    public Destination at(@CheckForNull String endpoint) {
        return endpoint == null ? this : new Destination(stage, application, target + " at " + endpoint);
    }

    /** The target as it is called at an endpoint that {@link #at} was told of. */
    @NonNull
    public String targetAt(@CheckForNull String endpoint) {
        String end = " at " + endpoint;
        return endpoint != null && target.endsWith(end) ? target.substring(0, target.length() - end.length()) : target;
    }

    /** Whether it is this application in this stage, whatever the target. */
    boolean isIn(@CheckForNull String otherStage, @NonNull String otherApplication) {
        return application.equals(otherApplication) && Objects.equals(stage, otherStage);
    }
}
