package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.time.Duration;

/**
 * How long what CloudFormation does takes in simulated time.
 *
 * @param planning a change set is computed
 * @param starting a stack's operation begins with its first resources
 * @param resource a resource is made, changed or deleted, unless the stack's {@link Simulation} says something else
 * @param ending a stack's operation ends after its last resource
 */
public record CloudFormationTiming(Duration planning, Duration starting, Duration resource, Duration ending) {

    public static final CloudFormationTiming DEFAULT = new CloudFormationTiming(
            Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1));

    public static CloudFormationTiming all(Duration each) {
        return new CloudFormationTiming(each, each, each, each);
    }
}
