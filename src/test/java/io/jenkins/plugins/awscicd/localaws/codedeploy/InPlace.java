package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A deployment to the instances that a group has. */
final class InPlace implements Course {

    private final Deployment deployment;
    private final Place place;
    private final JsonNode config;
    private final Timeline timeline;
    private final Consumer<Ending> over;
    private final Fleet fleet;
    private EventWork work;
    private Rollout rollout;

    /** @param config the DeploymentConfigInfo */
    InPlace(Deployment deployment, Place place, JsonNode config, Timeline timeline, Consumer<Ending> over) {
        this.deployment = deployment;
        this.place = place;
        this.config = config;
        this.timeline = timeline;
        this.over = over;
        fleet = deployment.group().fleet();
    }

    @Override
    public void begin() {
        List<String> instances = fleet.instances();
        if (instances.isEmpty()) {
            over.accept(Ending.NO_INSTANCES);
            return;
        }
        boolean traffic = deployment
                .settings()
                .path("deploymentStyle")
                .path("deploymentOption")
                .asText()
                .equals("WITH_TRAFFIC_CONTROL");
        List<String> events = InstanceEvents.inPlace(traffic, deployment.restart());
        JsonNode revision = deployment.settings().path("revision");
        work = fleet.work(deployment);
        List<TargetRun> runs = new ArrayList<>();
        for (String instance : instances) {
            Target target = new Target(
                    Target.Kind.INSTANCE,
                    instance,
                    place.arn("ec2", "instance/" + instance),
                    null,
                    events,
                    timeline.now());
            deployment.add(target);
            if (deployment.flag("updateOutdatedInstancesOnly") && fleet.runs(instance, revision)) {
                target.abandon(TargetStatus.SKIPPED, timeline.now());
            } else {
                runs.add(new TargetRun(
                        target,
                        events,
                        TargetStatus.SUCCEEDED,
                        deployment.flag("ignoreApplicationStopFailures"),
                        work,
                        timeline));
            }
        }
        HealthyHosts hosts = HealthyHosts.of(config, instances.size());
        rollout = new Rollout(runs, instances.size() - runs.size(), hosts, timeline, over);
        rollout.begin();
    }

    @Override
    public void breakOff() {
        work.breakOff();
        rollout.breakOff();
    }
}
