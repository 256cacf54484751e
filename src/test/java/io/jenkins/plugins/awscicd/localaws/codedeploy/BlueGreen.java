package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A deployment to new instances, which then take over the traffic of those that there are: installed, perhaps waiting for somebody's
 * word, traffic, perhaps baking, and the end of the original instances after another wait.
 */
final class BlueGreen implements Course {

    private enum Wait {
        NONE,
        READY,
        TERMINATION
    }

    private final Deployment deployment;
    private final Place place;
    private final JsonNode config;
    private final Timeline timeline;
    private final Duration baking;
    private final Consumer<Ending> over;
    private final Fleet fleet;
    private final List<Target> blue = new ArrayList<>();
    private final List<Target> green = new ArrayList<>();
    private EventWork work;
    private Rollout rollout;
    private Wait wait = Wait.NONE;
    private Alarm alarm = () -> {};
    private boolean brokenOff;

    /** @param baking how long to look on after traffic has been shifted; zero for not at all */
    BlueGreen(
            Deployment deployment,
            Place place,
            JsonNode config,
            Timeline timeline,
            Duration baking,
            Consumer<Ending> over) {
        this.deployment = deployment;
        this.place = place;
        this.config = config;
        this.timeline = timeline;
        this.baking = baking;
        this.over = over;
        fleet = deployment.group().fleet();
    }

    private JsonNode options(String part) {
        return deployment.settings().path("blueGreenDeploymentConfiguration").path(part);
    }

    @Override
    public void begin() {
        if (fleet.instances().isEmpty()) {
            over.accept(Ending.NO_INSTANCES);
            return;
        }
        work = fleet.work(deployment);
        List<String> greenEvents = new ArrayList<>(InstanceEvents.INSTALL);
        greenEvents.addAll(InstanceEvents.ALLOW_TRAFFIC);
        fleet.provision().forEach(instance -> green.add(target(instance, Target.GREEN, greenEvents)));
        fleet.instances().forEach(instance -> blue.add(target(instance, Target.BLUE, InstanceEvents.BLOCK_TRAFFIC)));
        roll(green, InstanceEvents.INSTALL, TargetStatus.READY, this::installed);
    }

    private Target target(String instance, String label, List<String> events) {
        Target target = new Target(
                Target.Kind.INSTANCE,
                instance,
                place.arn("ec2", "instance/" + instance),
                label,
                events,
                timeline.now());
        deployment.add(target);
        return target;
    }

    /** Takes those that have not failed through some events. */
    private void roll(List<Target> targets, List<String> events, TargetStatus last, Runnable next) {
        List<TargetRun> runs = targets.stream()
                .filter(target -> target.status() != TargetStatus.FAILED)
                .map(target -> new TargetRun(
                        target, events, last, deployment.flag("ignoreApplicationStopFailures"), work, timeline))
                .toList();
        rollout = new Rollout(runs, 0, HealthyHosts.of(config, runs.size()), timeline, ending -> {
            if (ending.status() == DeploymentStatus.SUCCEEDED) {
                next.run();
            } else {
                fail(ending);
            }
        });
        rollout.begin();
    }

    private void fail(Ending ending) {
        settle();
        over.accept(ending);
    }

    private void installed() {
        JsonNode ready = options("deploymentReadyOption");
        if (!ready.path("actionOnTimeout").asText().equals("STOP_DEPLOYMENT")) {
            shift();
            return;
        }
        wait = Wait.READY;
        deployment.become(DeploymentStatus.READY);
        alarm = timeline.after(
                Duration.ofMinutes(ready.path("waitTimeInMinutes").asLong()), () -> {
                    if (wait == Wait.READY && !brokenOff) {
                        fail(Ending.NOT_CONTINUED);
                    }
                });
    }

    private void shift() {
        wait = Wait.NONE;
        deployment.become(DeploymentStatus.IN_PROGRESS);
        roll(
                green,
                InstanceEvents.ALLOW_TRAFFIC,
                TargetStatus.SUCCEEDED,
                () -> roll(blue, InstanceEvents.BLOCK_TRAFFIC, TargetStatus.SUCCEEDED, this::shifted));
    }

    private void shifted() {
        fleet.replaceBy(green.stream()
                .filter(target -> target.status() == TargetStatus.SUCCEEDED)
                .map(Target::id)
                .toList());
        if (baking.isZero()) {
            terminate();
            return;
        }
        deployment.become(DeploymentStatus.BAKING);
        timeline.after(baking, () -> {
            if (!brokenOff) {
                terminate();
            }
        });
    }

    private void terminate() {
        JsonNode termination = options("terminateBlueInstancesOnDeploymentSuccess");
        if (!termination.path("action").asText().equals("TERMINATE")) {
            over.accept(Ending.SUCCESS);
            return;
        }
        wait = Wait.TERMINATION;
        deployment.become(DeploymentStatus.IN_PROGRESS);
        deployment.terminationWaitStarted();
        alarm = timeline.after(
                Duration.ofMinutes(
                        termination.path("terminationWaitTimeInMinutes").asLong()),
                () -> {
                    if (wait == Wait.TERMINATION && !brokenOff) {
                        wait = Wait.NONE;
                        over.accept(Ending.SUCCESS);
                    }
                });
    }

    @Override
    public void goOn(String waitType) throws AwsError {
        Wait wanted = waitType.equals("READY_WAIT") ? Wait.READY : Wait.TERMINATION;
        if (wait != wanted) {
            throw AwsError.badRequest(
                    "DeploymentIsNotInReadyStateException",
                    "The deployment does not have a status of Ready and can't continue yet.");
        }
        alarm.cancel();
        if (wanted == Wait.READY) {
            shift();
        } else {
            wait = Wait.NONE;
            over.accept(Ending.SUCCESS);
        }
    }

    @Override
    public void breakOff() {
        brokenOff = true;
        alarm.cancel();
        work.breakOff();
        rollout.breakOff();
        settle();
    }

    /** What has not come to its end will not. */
    private void settle() {
        for (Target target : deployment.allTargets()) {
            if (target.status() == TargetStatus.PENDING || target.status() == TargetStatus.READY) {
                target.abandon(TargetStatus.SKIPPED, timeline.now());
            }
        }
    }
}
