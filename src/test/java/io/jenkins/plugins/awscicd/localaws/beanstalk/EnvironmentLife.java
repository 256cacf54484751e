package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.List;

/** What happens to environments in their time. */
final class EnvironmentLife {

    private final Timeline timeline;
    private final BeanstalkTiming timing;
    private final Events events;

    EnvironmentLife(Timeline timeline, BeanstalkTiming timing, Events events) {
        this.timeline = timeline;
        this.timing = timing;
        this.events = events;
    }

    private Operation operation(Environment environment, String requestId) {
        return new Operation(environment, requestId, timeline, events);
    }

    private static void checkReady(Environment environment) throws AwsError {
        if (environment.status() != EnvironmentStatus.READY) {
            throw Refusal.notReady(environment);
        }
    }

    private Deployment deployment(Environment environment, Version version, Operation operation, DeploymentEnd end) {
        return new Deployment(
                environment,
                version,
                environment.nextDeployment(),
                operation,
                environment.work(),
                timeline,
                timing,
                end);
    }

    void create(Environment environment, int instances, String bucket, String requestId) {
        Operation operation = operation(environment, requestId);
        operation.info("createEnvironment is starting.");
        operation.info("Using " + bucket + " as Amazon S3 storage bucket for environment data.");
        launch(environment, instances, operation, success -> {
            operation.info("Application available at " + environment.cname() + ".");
            if (success && environment.has(Dialect.LAUNCH_COMPLETED)) {
                operation.info("createEnvironment completed successfully.");
            } else if (success) {
                operation.info("Successfully launched environment: " + environment.name());
            } else if (environment.has(Dialect.LAUNCH_ISSUES)) {
                operation.info("Launched environment: " + environment.name()
                        + ". However, there were issues during launch. See event log for details.");
            } else if (environment.has(Dialect.LAUNCH_TERMINATED)) {
                operation.error("Failed to launch environment.");
                environment.become(EnvironmentStatus.TERMINATED);
            } else {
                operation.error("Create environment operation is complete, but with errors. For more information, see"
                        + " troubleshooting documentation.");
            }
        });
    }

    private void launch(Environment environment, int instances, Operation operation, DeploymentEnd reported) {
        operation.after(timing.starting(), () -> {
            operation.info("Waiting for EC2 instances to launch. This may take a few minutes.");
            operation.after(timing.launching(), () -> {
                String stack = "awseb-" + environment.id() + "-stack";
                if (!deployment(environment, environment.version(), operation, success -> {})
                        .mayLaunch(stack + "-AWSEBAutoScalingGroup")) {
                    operation.error(
                            "Stack named '" + stack + "' aborted operation. Current state: 'CREATE_FAILED'  Reason: The"
                                    + " following resource(s) failed to create: [AWSEBAutoScalingGroup].");
                    reported.ended(false);
                    environment.ready(timing.settling());
                    return;
                }
                List<Instance> launched = environment.launch(instances);
                environment.instances().addAll(launched);
                environment.work().beginDeployment(environment.version());
                deployment(environment, environment.version(), operation, success -> {})
                        .batch(launched, 1)
                        .begin(success -> operation.after(timing.checking(), () -> {
                            reported.ended(success);
                            environment.ready(timing.settling());
                        }));
            });
        });
    }

    void update(Environment environment, Change change, String requestId) throws AwsError {
        checkReady(environment);
        Operation operation = operation(environment, requestId);
        environment.updating(timing.lag());
        environment.deploying(change.version());
        operation.info("Environment update is starting.");
        DeploymentEnd end = success -> {
            if (success && change.version() != null) {
                environment.version(change.version());
            }
            if (success && !environment.has(Dialect.NO_LAST_WORD)) {
                operation.info("Environment update completed successfully.");
            }
            environment.ready(timing.settling());
        };
        Course course = course(environment, change, operation, end);
        environment.course(course);
        operation.after(timing.starting(), () -> {
            if (course == null) {
                end.ended(true);
            } else {
                course.begin();
            }
        });
    }

    /** {@code null} when the instances need not know. */
    private Course course(Environment environment, Change change, Operation operation, DeploymentEnd end) {
        if (change.version() != null) {
            return deployment(environment, change.version(), operation, end).course();
        }
        Options former = environment.options();
        Platform formerPlatform = environment.platform();
        if (change.options().equals(former) && change.platform().equals(formerPlatform)) {
            return null;
        }
        environment.options(change.options());
        environment.platform(change.platform());
        return new Reconfiguration(
                deployment(environment, environment.version(), operation, end), former, formerPlatform);
    }

    void abort(Environment environment, String requestId) throws AwsError {
        Course course = environment.course();
        if (environment.status() != EnvironmentStatus.UPDATING || course == null) {
            throw Refusal.value("Environment named " + environment.name()
                    + " is in an invalid state for this operation. Must be pending deployment.");
        }
        Operation operation = operation(environment, requestId);
        environment.become(EnvironmentStatus.ABORTING);
        course.breakOff();
        operation.info("Environment update is aborting.");
        operation.after(timing.aborting(), () -> {
            course.tellAborted();
            operation.info("Environment update was aborted.");
            environment.ready(timing.settling());
        });
    }

    /** @param force also while something else is done to it */
    void terminate(Environment environment, boolean force, String requestId) throws AwsError {
        if (environment.status() != EnvironmentStatus.READY && !force) {
            throw Refusal.value(
                    "Cannot terminate environment named " + environment.name() + ". It is currently pending "
                            + (environment.status() == EnvironmentStatus.LAUNCHING ? "creation." : "deployment."));
        }
        if (environment.course() != null) {
            environment.course().breakOff();
            environment.course(null);
        }
        Operation operation = operation(environment, requestId);
        environment.become(EnvironmentStatus.TERMINATING);
        operation.info("terminateEnvironment is starting.");
        operation.after(timing.terminating(), () -> {
            if (environment.has(Dialect.TERMINATION_FAILS)) {
                operation.info("The environment termination step failed because at least one of the environment"
                        + " termination workflows failed.");
                environment.survive();
                return;
            }
            environment.terminate(environment.allInstances());
            environment.become(EnvironmentStatus.TERMINATED);
            operation.info("Deleting SNS topic for environment " + environment.name() + ".");
            operation.info("terminateEnvironment completed successfully.");
        });
    }

    void rebuild(Environment environment, String requestId) throws AwsError {
        checkReady(environment);
        Operation operation = operation(environment, requestId);
        int instances = environment.instances().size();
        environment.updating(timing.lag());
        operation.info("rebuildEnvironment is starting.");
        environment.terminate(environment.instances());
        launch(environment, instances, operation, success -> {
            if (success) {
                operation.info("rebuildEnvironment completed successfully.");
            } else {
                operation.error("Failed to rebuild environment.");
            }
        });
    }

    void restart(Environment environment, String requestId) throws AwsError {
        checkReady(environment);
        Operation operation = operation(environment, requestId);
        environment.updating(timing.lag());
        operation.info("restartAppServer is starting.");
        operation.after(timing.starting(), () -> {
            environment.work().restart();
            operation.info("restartAppServer completed successfully.");
            environment.ready(timing.settling());
        });
    }

    void swap(Environment source, Environment destination, String requestId) throws AwsError {
        checkReady(source);
        checkReady(destination);
        Operation operation = operation(source, requestId);
        String both = "environments '" + source.name() + "' and '" + destination.name() + "'.";
        source.updating(timing.lag());
        destination.updating(timing.lag());
        operation.info("swapEnvironmentCNAMEs is starting.");
        operation.info("Swapping CNAMEs for " + both);
        operation.after(timing.swapping(), () -> {
            String cname = source.cname();
            source.cname(destination.cname());
            destination.cname(cname);
            for (Environment one : List.of(source, destination)) { // each environment is told of its own
                operation(one, requestId).info("'" + one.cname() + "' now points to '" + one.endpoint() + "'.");
            }
            operation.info("Completed swapping CNAMEs for " + both);
            source.ready(timing.settling());
            destination.ready(timing.settling());
        });
    }
}
