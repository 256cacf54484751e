package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.ArrayList;
import java.util.List;

/**
 * A deployment to new instances, which take over from those that there are once they are healthy: immutable, or with part of the
 * traffic for a time before. If anything goes wrong, the new ones are terminated and all is as it was.
 */
final class Replacement implements Course {

    private final Deployment deployment;
    private final Operation operation;
    private final boolean splitting;
    private final List<Instance> green = new ArrayList<>();
    private final String group;

    Replacement(Deployment deployment, boolean splitting) {
        this.deployment = deployment;
        this.splitting = splitting;
        operation = deployment.operation();
        group = "awseb-" + deployment.environment().id() + "-immutable-stack-AWSEBAutoScalingGroup-" + deployment.id();
    }

    @Override
    public void begin() {
        deployment.work().beginDeployment(deployment.version());
        if (splitting) {
            operation.info(
                    "Traffic splitting deployment policy enabled. Launching new instances with the new version.");
            launch(deployment.environment().instances().size(), this::evaluate);
        } else {
            operation.info("Immutable deployment policy enabled. Launching one instance with the new settings to verify"
                    + " health.");
            launch(1, this::launchOthers);
        }
    }

    private void launch(int count, Runnable next) {
        operation.after(deployment.timing().launching(), () -> {
            if (!deployment.mayLaunch(group)) {
                fail();
                return;
            }
            if (green.isEmpty()) {
                operation.info("Created temporary auto scaling group " + group + ".");
            }
            List<Instance> launched = deployment.environment().launch(count);
            green.addAll(launched);
            deployment.environment().additional(green);
            deployment.batch(launched, 1).begin(success -> {
                if (success) {
                    operation.info(
                            "Adding new instance(s) (" + Deployment.ids(launched, ",") + ") to the load balancer.");
                    operation.info(
                            "Waiting for instance(s) (" + Deployment.ids(green, ",") + ") to pass health checks.");
                    operation.after(deployment.timing().checking(), () -> checked(next));
                } else {
                    fail();
                }
            });
        });
    }

    private void checked(Runnable next) {
        if (deployment.healthy(green)) {
            next.run();
        } else {
            operation.error("Instance(s) (" + Deployment.ids(green, ",") + ") did not pass health checks.");
            fail();
        }
    }

    private void launchOthers() {
        int others = deployment.environment().instances().size() - green.size();
        if (others > 0) {
            operation.info("Test instance passed health checks. Launching remaining new instances.");
            launch(others, () -> {
                operation.info("Successfully launched all instances.");
                takeOver();
            });
        } else {
            takeOver();
        }
    }

    private void evaluate() {
        String percent =
                deployment.environment().options().get("aws:elasticbeanstalk:trafficsplitting", "NewVersionPercent");
        operation.info("Starting traffic splitting: " + (percent.isEmpty() ? "10" : percent)
                + "% of the traffic goes to the new version.");
        operation.after(deployment.timing().checking(), () -> checked(this::takeOver));
    }

    private void takeOver() {
        operation.info("Detached new instance(s) from temporary auto scaling group " + group + ".");
        operation.info("Attached new instance(s) to the permanent auto scaling group awseb-"
                + deployment.environment().id() + "-stack-AWSEBAutoScalingGroup.");
        operation.info("Deployment succeeded. Terminating old instances and temporary Auto Scaling group.");
        operation.after(deployment.timing().finishing(), () -> {
            Environment environment = deployment.environment();
            List<Instance> blue = List.copyOf(environment.instances());
            environment.additional(List.of());
            environment.instances().addAll(green);
            environment.terminate(blue);
            operation.info("New application version was deployed to running EC2 instances.");
            deployment.end().ended(true);
        });
    }

    private void fail() {
        operation.after(deployment.timing().finishing(), () -> {
            drop();
            deployment.tellFailure();
            deployment.end().ended(false);
        });
    }

    private void drop() {
        deployment.environment().additional(List.of());
        deployment.environment().terminate(green);
    }

    @Override
    public void breakOff() {
        deployment.work().breakOff();
        drop();
        operation.end();
    }

    @Override
    public void tellAborted() {
        operation.error("Failed to deploy application.");
    }
}
