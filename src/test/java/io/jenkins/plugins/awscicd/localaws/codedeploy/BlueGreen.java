package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A deployment to new instances, which then take over the traffic of those that there are: installed, perhaps waiting for somebody's
 * word, traffic, perhaps baking, and the end of the original instances after another wait.
 */
final class BlueGreen implements Course {

    private final Deployment deployment;
    private final Place place;
    private final JsonNode config;
    private final Timeline timeline;
    private final Waits waits;
    private final Consumer<Ending> over;
    private final Fleet fleet;
    private final List<Target> blue = new ArrayList<>();
    private final List<Target> green = new ArrayList<>();
    private EventWork work;
    private Rollout rollout;

    BlueGreen(
            Deployment deployment,
            Place place,
            JsonNode config,
            Timeline timeline,
            Waits waits,
            Consumer<Ending> over) {
        this.deployment = deployment;
        this.place = place;
        this.config = config;
        this.timeline = timeline;
        this.waits = waits;
        this.over = over;
        fleet = deployment.group().fleet();
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
        roll(green, InstanceEvents.INSTALL, TargetStatus.READY, () -> waits.ready(this::shift, this::fail));
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

    private void shift() {
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
        waits.bake(() -> waits.terminate(() -> over.accept(Ending.SUCCESS)));
    }

    @Override
    public void goOn(String waitType) throws AwsError {
        waits.goOn(waitType);
    }

    @Override
    public void breakOff() {
        waits.breakOff();
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
