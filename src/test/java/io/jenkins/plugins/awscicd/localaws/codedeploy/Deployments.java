package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The deployments of one place: created, one at a time in each group; stopped, rolled back, found. */
final class Deployments {

    private static final Duration LATE = Duration.ofSeconds(10);
    private static final String ID_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final Place place;
    private final Timeline timeline;
    private final DeploymentTiming timing;
    private final Configs configs;
    private final S3 s3;
    private final Set<Dialect> dialects;
    private final Chance chance;
    private final Map<String, DeploymentLife> byId = new HashMap<>();
    private final List<Deployment> inOrder = new ArrayList<>();
    private final Set<String> alarms = new HashSet<>();
    private Consumer<Deployment> changed = deployment -> {};

    Deployments(
            Place place,
            Timeline timeline,
            DeploymentTiming timing,
            Configs configs,
            S3 s3,
            Set<Dialect> dialects,
            Chance chance) {
        this.chance = chance;
        this.s3 = s3;
        this.dialects = dialects;
        this.place = place;
        this.timeline = timeline;
        this.timing = timing;
        this.configs = configs;
    }

    void whenChanged(Consumer<Deployment> listener) {
        changed = listener;
    }

    /** @param settings of {@link CreateDeployment} */
    Deployment create(Group group, ObjectNode settings) throws AwsError {
        if (group.active() != null) {
            throw AwsError.badRequest(
                    "DeploymentLimitExceededException",
                    "The Deployment Group '" + group.name() + "' already has an active Deployment '"
                            + group.active().id() + "'");
        }
        Deployment deployment = new Deployment(timeline, newId(), group, settings, dialects);
        ObjectNode config = configs.get(settings.path("deploymentConfigName").asText());
        DeploymentLife life = new DeploymentLife(
                deployment, timeline, timing, over -> course(deployment, config, over), this::completed);
        byId.put(deployment.id(), life);
        inOrder.add(deployment);
        deployment.whenChanged(changed);
        group.begun(deployment);
        group.application().revisions().used((ObjectNode) settings.get("revision"), group.name(), timeline.now());
        life.begin();
        alarms.forEach(life::alarm);
        return deployment;
    }

    private Course course(Deployment deployment, JsonNode config, Consumer<Ending> over) {
        Duration baking = deployment.alarms().isEmpty() ? Duration.ZERO : timing.baking();
        Waits waits = new Waits(deployment, timeline, baking, dialects);
        if (!deployment.group().application().platform().equals("Server")) {
            return new TrafficShift(deployment, place, config, timeline, waits, s3, dialects, over);
        }
        return deployment.group().blueGreen()
                ? new BlueGreen(deployment, place, config, timeline, waits, over)
                : new InPlace(deployment, place, config, timeline, over);
    }

    private String newId() {
        return "d-" + chance.text(ID_CHARACTERS, 9);
    }

    private void completed(DeploymentLife life) {
        Deployment deployment = life.deployment();
        Group group = deployment.group();
        group.ended(deployment);
        if (deployment.status() == DeploymentStatus.SUCCEEDED || !rollsBack(life)) {
            return;
        }
        if (dialects.contains(Dialect.ROLLBACK_NAMED_LATE)) {
            if (dialects.contains(Dialect.ROLLBACK_ANNOUNCED)) {
                deployment.rollbackInfo().put("rollbackMessage", "An automatic rollback is in progress.");
            }
            timeline.after(LATE, () -> rollBack(deployment, group));
        } else {
            rollBack(deployment, group);
        }
    }

    /** A rollback that fails is not rolled back in its turn. */
    private static boolean rollsBack(DeploymentLife life) {
        Deployment deployment = life.deployment();
        if (deployment.rollback()) {
            return false;
        }
        String event = life.ending().rollbackEvent();
        if (event.equals(Ending.ON_REQUEST) && life.rollbackWanted() != null) {
            return life.rollbackWanted();
        }
        JsonNode configuration = deployment.settings().path("autoRollbackConfiguration");
        if (configuration.path("enabled").asBoolean()) {
            for (JsonNode one : configuration.path("events")) {
                if (one.asText().equals(event)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Brings what the group runs to instances that Auto Scaling has launched. Nothing is begun while another deployment is at work: which
     * of them waits for the other is not published.
     */
    void scaledOut(Group group) throws AwsError {
        Deployment good = group.lastSuccessful();
        if (good != null && group.active() == null) {
            ObjectNode settings = CreateDeployment.fromGroup(group);
            settings.set("revision", good.settings().get("revision").deepCopy());
            settings.remove("autoRollbackConfiguration");
            settings.put("creator", "autoscaling").put("updateOutdatedInstancesOnly", true);
            create(group, settings);
        }
    }

    private void rollBack(Deployment failed, Group group) {
        Deployment good = group.lastSuccessful();
        boolean shifting = !group.application().platform().equals("Server");
        if (good == null && (!shifting || dialects.contains(Dialect.FIRST_NOT_ROLLED_BACK))) {
            failed.rollbackInfo()
                    .put(
                            "rollbackMessage",
                            "No previous successful deployment was found in the deployment group: there is nothing to"
                                    + " roll back to.");
            return;
        }
        ObjectNode settings = CreateDeployment.fromGroup(group);
        // Without an earlier one, the same way back: nobody has published which revision AWS names then.
        settings.set(
                "revision",
                (good == null ? failed : good).settings().get("revision").deepCopy());
        settings.remove("autoRollbackConfiguration");
        settings.put(
                "fileExistsBehavior",
                failed.settings().path("fileExistsBehavior").asText());
        settings.put("ignoreApplicationStopFailures", failed.flag("ignoreApplicationStopFailures"));
        settings.put(
                "deploymentConfigName",
                shifting
                        ? "CodeDeployDefault." + group.application().platform() + "AllAtOnce"
                        : failed.settings().path("deploymentConfigName").asText());
        settings.put("creator", "codeDeployRollback");
        try {
            Deployment rollback = create(group, settings);
            rollback.rollbackInfo()
                    .put("rollbackTriggeringDeploymentId", failed.id())
                    .put(
                            "rollbackMessage",
                            "Deployment " + rollback.id() + " is triggered to roll back deployment " + failed.id()
                                    + ".");
            failed.rollbackInfo()
                    .put("rollbackDeploymentId", rollback.id())
                    .put(
                            "rollbackMessage",
                            "Deployment " + failed.id()
                                    + " terminated. Automatic rollback is triggered with a DeploymentId "
                                    + rollback.id() + ".");
        } catch (AwsError e) {
            failed.rollbackInfo().put("rollbackMessage", "The deployment could not be rolled back: " + e.getMessage());
        }
    }

    void alarm(String name, boolean active) {
        if (!active) {
            alarms.remove(name);
        } else if (alarms.add(name)) {
            List.copyOf(byId.values()).forEach(life -> {
                if (!life.deployment().complete()) {
                    life.alarm(name);
                }
            });
        }
    }

    Optional<Deployment> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(DeploymentLife::deployment);
    }

    DeploymentLife life(String id) throws AwsError {
        DeploymentLife life = byId.get(id);
        if (life == null) {
            throw doesNotExist(id);
        }
        return life;
    }

    static AwsError doesNotExist(String id) {
        return AwsError.badRequest("DeploymentDoesNotExistException", "The deployment " + id + " could not be found");
    }

    /** All deployments, newest first. */
    List<Deployment> newestFirst() {
        List<Deployment> all = new ArrayList<>(inOrder);
        Collections.reverse(all);
        return all;
    }

    /** Ends all work, because local AWS itself ends. */
    void close() {
        List.copyOf(byId.values()).forEach(DeploymentLife::close);
    }
}
