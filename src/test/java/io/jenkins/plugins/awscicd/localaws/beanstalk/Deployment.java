package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.util.List;

/**
 * What the policies share.
 *
 * @param id counts the deployments of the environment
 */
record Deployment(
        Environment environment,
        Version version,
        long id,
        Operation operation,
        InstanceWork work,
        Timeline timeline,
        BeanstalkTiming timing,
        DeploymentEnd end) {

    Course course() {
        String policy = environment.options().get(Options.COMMAND, "DeploymentPolicy");
        return switch (policy) {
            case "Immutable", "TrafficSplitting" -> new Replacement(this, policy.equals("TrafficSplitting"));
            default -> new InPlace(this, policy);
        };
    }

    Batch batch(List<Instance> instances, int number) {
        return new Batch(instances, version, id, number, operation, work, timeline);
    }

    /** Whether a load balancer would send requests to them. */
    boolean healthy(List<Instance> instances) {
        boolean ignore =
                environment.options().get(Options.COMMAND, "IgnoreHealthCheck").equals("true");
        return ignore
                || instances.stream()
                        .noneMatch(instance ->
                                work.health(instance, version.label()).status().unhealthy());
    }

    /** Whether EC2 launches more instances; tells if it does not. What AWS tells of that, but for the last line, is of a published log. */
    boolean mayLaunch(String group) {
        if (environment.hasRoom()) {
            return true;
        }
        operation.error("Creating Auto Scaling group named: " + group
                + " failed Reason: We currently do not have sufficient t3.micro capacity in the Availability Zone you requested"
                + " (eu-west-1a). Launching EC2 instance failed.");
        return false;
    }

    /** Whether a failure is told as one. */
    boolean tells() {
        return !environment.has(Dialect.COMPLETE_WITH_ERRORS) && !environment.has(Dialect.COMMAND_TIMEOUTS);
    }

    void tellFailure() {
        if (tells()) {
            operation.error("Failed to deploy application.");
        } else if (environment.has(Dialect.COMMAND_TIMEOUTS)) {
            operation.tell(
                    Severity.WARN,
                    "Update environment operation is complete, but with command timeouts. Try increasing the timeout period."
                            + " For more information, see troubleshooting documentation.");
        } else {
            operation.error("Update environment operation is complete, but with errors. For more information, see"
                    + " troubleshooting documentation.");
            environment.version(version);
        }
    }

    static String ids(List<Instance> instances, String separator) {
        return String.join(separator, instances.stream().map(Instance::id).toList());
    }
}
