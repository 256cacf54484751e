package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.ArrayList;
import java.util.List;

/** A deployment to the instances that there are: all at once, or batch after batch, perhaps with an additional batch first. */
final class InPlace implements Course {

    private static final String MIXED =
            "During an aborted deployment, some instances may have deployed the new application"
                    + " version. To ensure all instances are running the same version, re-deploy the appropriate application version.";

    private final Deployment deployment;
    private final Operation operation;
    private final boolean batches;
    private final boolean additional;
    private final List<Instance> extra = new ArrayList<>();
    private final List<Instance> waiting = new ArrayList<>();
    private int number;
    private int done;

    InPlace(Deployment deployment, String policy) {
        this.deployment = deployment;
        operation = deployment.operation();
        additional = policy.equals("RollingWithAdditionalBatch");
        batches = additional || policy.equals("Rolling");
    }

    @Override
    public void begin() {
        waiting.addAll(deployment.environment().instances());
        deployment.work().beginDeployment(deployment.version());
        if (additional) {
            int size = batchSize();
            operation.info("Rolling with Additional Batch deployment policy enabled. Launching a new batch of " + size
                    + " additional instance(s).");
            operation.after(deployment.timing().launching(), () -> {
                if (!deployment.mayLaunch("awseb-" + deployment.environment().id() + "-stack-AWSEBAutoScalingGroup")) {
                    fail();
                    return;
                }
                extra.addAll(deployment.environment().launch(size));
                waiting.addAll(0, extra);
                deployment.environment().instances().addAll(extra);
                deploy();
            });
        } else {
            deploy();
        }
    }

    private void deploy() {
        operation.info("Deploying new version to instance(s).");
        if (batches) {
            next();
        } else {
            deployment.batch(List.copyOf(waiting), 1).begin(success -> {
                if (success) {
                    finish();
                } else {
                    fail();
                }
            });
        }
    }

    private int batchSize() {
        Options options = deployment.environment().options();
        int size = options.number(Options.COMMAND, "BatchSize", 100);
        int all = deployment.environment().instances().size();
        boolean percentage = !options.get(Options.COMMAND, "BatchSizeType").equals("Fixed");
        return Math.max(1, Math.min(all, percentage ? all * size / 100 : size));
    }

    private void next() {
        if (waiting.isEmpty()) {
            finish();
            return;
        }
        number++;
        int size = number == 1 && additional ? extra.size() : batchSize();
        List<Instance> batch = List.copyOf(waiting.subList(0, Math.min(size, waiting.size())));
        waiting.removeAll(batch);
        tell("Starting application deployment on instance(s) [" + Deployment.ids(batch, ",") + "].");
        tell("De-registering instance(s) from the load balancer and waiting for them to go out of service.");
        tell("Starting application deployment command execution.");
        deployment.batch(batch, number).begin(success -> {
            if (success) {
                check(batch);
            } else {
                fail();
            }
        });
    }

    private void tell(String message) {
        operation.info("Batch " + number + ": " + message);
    }

    private void check(List<Instance> batch) {
        done += batch.size();
        tell("Completed application deployment command execution.");
        operation.info("Command execution completed on " + done + " of " + (done + waiting.size())
                + " instances in environment.");
        tell("Registering instance(s) with the load balancer and waiting for them to be healthy.");
        operation.after(deployment.timing().checking(), () -> {
            if (deployment.healthy(batch)) {
                tell("Completed application deployment.");
                next();
            } else {
                operation.error("Batch " + number + ": Instance(s) [" + Deployment.ids(batch, ",")
                        + "] did not become healthy. Aborting the operation.");
                fail();
            }
        });
    }

    private void finish() {
        operation.after(deployment.timing().finishing(), () -> {
            operation.info("New application version was deployed to running EC2 instances.");
            if (!extra.isEmpty()) {
                operation.info("Terminating excess instance(s): [" + Deployment.ids(extra, ",") + "].");
            }
            dropExtra();
            deployment.end().ended(true);
        });
    }

    private void dropExtra() {
        deployment.environment().terminate(extra);
    }

    private void fail() {
        operation.after(deployment.timing().finishing(), () -> {
            deployment.tellFailure();
            if (deployment.tells()) {
                operation.error(MIXED);
            }
            deployment.end().ended(false);
        });
    }

    @Override
    public void breakOff() {
        deployment.work().breakOff();
        operation.end();
        for (Instance instance : deployment.environment().instances()) {
            if (instance.inProgress()) {
                instance.deployed(false, deployment.timeline().now());
            }
        }
    }

    @Override
    public void tellAborted() {
        operation.error("Failed to deploy application.");
        operation.error(MIXED);
    }
}
