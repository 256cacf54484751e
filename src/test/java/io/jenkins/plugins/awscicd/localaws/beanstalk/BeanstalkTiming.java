package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.time.Duration;

/**
 * How long the parts of an operation take that have nothing to do with what an instance does.
 *
 * @param lag from UpdateEnvironment until DescribeEnvironments shows it: until then an environment is Ready as before
 * @param starting from UpdateEnvironment until something is done to the instances
 * @param launching a batch of new instances
 * @param checking until new or changed instances are healthy to the load balancer
 * @param finishing from the last instance until the environment is Ready
 * @param settling for how long an environment that is Ready again has no health to tell, or that of before
 * @param processing an application version that is to be processed
 * @param aborting from AbortEnvironmentUpdate until the environment is Ready
 * @param swapping the CNAMEs of two environments
 * @param pulling the logs that RequestEnvironmentInfo asks for
 * @param terminating an environment
 */
public record BeanstalkTiming(
        Duration lag,
        Duration starting,
        Duration launching,
        Duration checking,
        Duration finishing,
        Duration settling,
        Duration processing,
        Duration aborting,
        Duration swapping,
        Duration pulling,
        Duration terminating) {

    /** In the proportions of AWS, and about thirty times faster. */
    public static final BeanstalkTiming DEFAULT = new BeanstalkTiming(
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    /** Nothing takes time. */
    public static final BeanstalkTiming NONE = all(Duration.ZERO);

    /** Everything takes the same time. */
    public static BeanstalkTiming all(Duration each) {
        return new BeanstalkTiming(each, each, each, each, each, each, each, each, each, each, each);
    }

    /** The same with another time until health is told as it is. */
    public BeanstalkTiming withSettling(Duration other) {
        return new BeanstalkTiming(
                lag,
                starting,
                launching,
                checking,
                finishing,
                other,
                processing,
                aborting,
                swapping,
                pulling,
                terminating);
    }

    /** The same with another lag. */
    public BeanstalkTiming withLag(Duration other) {
        return new BeanstalkTiming(
                other,
                starting,
                launching,
                checking,
                finishing,
                settling,
                processing,
                aborting,
                swapping,
                pulling,
                terminating);
    }
}
