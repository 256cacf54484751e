package io.jenkins.plugins.awscicd.localaws.codedeploy;

import java.time.Duration;

/**
 * How long the parts of a deployment take.
 *
 * @param created from CreateDeployment until the deployment is queued
 * @param queued from then until it is in progress
 * @param stopping from StopDeployment until the deployment has stopped
 * @param baking how long traffic that has been shifted is watched when there are alarms
 * @param event each lifecycle event at simulated targets, unless their {@link Simulation} says otherwise
 */
public record DeploymentTiming(Duration created, Duration queued, Duration stopping, Duration baking, Duration event) {

    /** Each lifecycle event takes a second. */
    public DeploymentTiming(Duration created, Duration queued, Duration stopping, Duration baking) {
        this(created, queued, stopping, baking, Duration.ofSeconds(1));
    }

    /** About what AWS takes, without the minutes in which it sometimes rests. */
    public static final DeploymentTiming DEFAULT = new DeploymentTiming(
            Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** Nothing but events takes time. */
    public static final DeploymentTiming NONE =
            new DeploymentTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** The same with another time for each event. */
    public DeploymentTiming with(Duration other) {
        return new DeploymentTiming(created, queued, stopping, baking, other);
    }

    /** Everything takes the same time. */
    public static DeploymentTiming all(Duration each) {
        return new DeploymentTiming(each, each, each, each, each);
    }
}
