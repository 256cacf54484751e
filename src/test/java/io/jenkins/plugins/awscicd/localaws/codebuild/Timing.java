package io.jenkins.plugins.awscicd.localaws.codebuild;

import java.time.Duration;

/**
 * How long a build's first phases take.
 *
 * @param queued from StartBuild until the build is ready to be provisioned
 * @param provisioning until the container runs
 * @param stopping from StopBuild until the build has stopped
 */
public record Timing(Duration queued, Duration provisioning, Duration stopping) {

    /** Somewhat quicker than AWS, whose small Linux containers take 5 to 20 s to provision. */
    public static final Timing DEFAULT =
            new Timing(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(1));

    /** Nothing takes time. */
    public static final Timing NONE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
