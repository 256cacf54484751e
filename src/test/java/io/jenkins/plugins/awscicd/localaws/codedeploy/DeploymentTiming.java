package io.jenkins.plugins.awscicd.localaws.codedeploy;

import java.time.Duration;

/**
 * How long the parts of a deployment take that have nothing to do with its targets.
 *
 * @param created from CreateDeployment until the deployment is queued
 * @param queued from then until it is in progress
 * @param stopping from StopDeployment until the deployment has stopped
 * @param baking how long traffic that has been shifted is watched when there are alarms
 */
public record DeploymentTiming(Duration created, Duration queued, Duration stopping, Duration baking) {

    /** About what AWS takes, without the minutes in which it sometimes rests. */
    public static final DeploymentTiming DEFAULT = new DeploymentTiming(
            Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** Nothing takes time. */
    public static final DeploymentTiming NONE =
            new DeploymentTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
