package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.beanstalk.InstanceWork.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The instances that are deployed to at once. */
final class Batch {

    private final List<Instance> instances;
    private final Version version;
    private final long deploymentId;
    private final int number;
    private final Operation operation;
    private final InstanceWork work;
    private final Timeline timeline;
    private final List<Instance> failed = new ArrayList<>();
    private int left;

    Batch(
            List<Instance> instances,
            Version version,
            long deploymentId,
            int number,
            Operation operation,
            InstanceWork work,
            Timeline timeline) {
        this.instances = instances;
        this.version = version;
        this.deploymentId = deploymentId;
        this.number = number;
        this.operation = operation;
        this.work = work;
        this.timeline = timeline;
        left = instances.size();
    }

    /** @param over told whether it went well everywhere; what went wrong has been told then */
    void begin(Consumer<Boolean> over) {
        instances.forEach(instance -> instance.deploying(version.label(), deploymentId, timeline.now()));
        for (Instance instance : instances) {
            work.deploy(new Command(instance, version, number), result -> ended(instance, result, over));
        }
    }

    private void ended(Instance instance, CommandResult result, Consumer<Boolean> over) {
        if (operation.over()) {
            return;
        }
        instance.deployed(result.success(), timeline.now());
        if (result.success()) {
            operation.info("Instance deployment completed successfully.");
        } else {
            failed.add(instance);
            operation.error("Instance deployment failed. For details, see 'eb-engine.log'.");
            operation.error("[Instance: " + instance.id() + "] Command failed on instance. Return code: "
                    + result.returnCode() + " Output: " + result.output() + ".");
        }
        left--;
        if (left == 0) {
            if (!failed.isEmpty()) {
                tellFailure();
            }
            over.accept(failed.isEmpty());
        }
    }

    private void tellFailure() {
        operation.info("Command execution completed on all instances. Summary: [Successful: "
                + (instances.size() - failed.size()) + ", Failed: " + failed.size() + "].");
        operation.error("Unsuccessful command execution on instance id(s) "
                + String.join(
                        ",", failed.stream().map(one -> "'" + one.id() + "'").toList())
                + ". Aborting the operation.");
    }
}
