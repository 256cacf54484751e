package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.List;

/** Other settings for the instances that there are, or another platform. */
final class Reconfiguration implements Course {

    private static final String REVERTED = "The environment was reverted to the previous configuration setting.";

    private final Deployment deployment;
    private final Operation operation;
    private final Options former;
    private final Platform formerPlatform;

    /** @param deployment of the version that runs anyway, with settings that hold already */
    Reconfiguration(Deployment deployment, Options former, Platform formerPlatform) {
        this.deployment = deployment;
        this.former = former;
        this.formerPlatform = formerPlatform;
        operation = deployment.operation();
    }

    @Override
    public void begin() {
        Environment environment = deployment.environment();
        operation.info("Updating environment " + environment.name() + "'s configuration settings.");
        deployment.work().beginDeployment(deployment.version());
        deployment.batch(List.copyOf(environment.instances()), 1).begin(this::commanded);
    }

    private void commanded(boolean success) {
        operation.after(deployment.timing().finishing(), () -> {
            if (success) {
                operation.info("Successfully deployed new configuration to environment.");
            } else {
                revert();
                operation.error("Failed to deploy configuration.");
                fail();
                return;
            }
            deployment.end().ended(true);
        });
    }

    private void fail() {
        boolean late = deployment.environment().has(Dialect.REVERTED_LATE);
        if (late) {
            deployment.end().ended(false);
        }
        operation.after(deployment.timing().finishing(), () -> {
            operation.info(REVERTED);
            if (!late) {
                deployment.end().ended(false);
            }
        });
    }

    private void revert() {
        deployment.environment().options(former);
        deployment.environment().platform(formerPlatform);
        for (Instance instance : deployment.environment().instances()) {
            instance.deployed(true, deployment.timeline().now());
        }
    }

    @Override
    public void breakOff() {
        deployment.work().breakOff();
        operation.end();
        revert();
    }

    @Override
    public void tellAborted() {
        operation.error("Failed to deploy configuration.");
        operation.info(REVERTED);
    }
}
