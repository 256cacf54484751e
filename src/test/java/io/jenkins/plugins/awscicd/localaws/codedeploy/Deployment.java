package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One deployment: how far it has come, and the DeploymentInfo structure of the API that tells it. */
public final class Deployment {

    private final Timeline timeline;
    private final Set<Dialect> dialects;
    private final String id;
    private final Group group;
    private final ObjectNode settings;
    private final Instant createTime;
    private final ObjectNode rollbackInfo = JsonNodeFactory.instance.objectNode();
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final CountDownLatch completed = new CountDownLatch(1);
    private DeploymentStatus status = DeploymentStatus.CREATED;
    private Instant startTime;
    private Instant completeTime;
    private Instant trueEnd;
    private Ending ending;
    private boolean terminationWaitStarted;
    private Consumer<Deployment> changed = deployment -> {};

    /** @param settings the members of DeploymentInfo that never change */
    Deployment(Timeline timeline, String id, Group group, ObjectNode settings, Set<Dialect> dialects) {
        this.timeline = timeline;
        this.dialects = dialects;
        this.id = id;
        this.group = group;
        this.settings = settings;
        createTime = timeline.now();
    }

    /** Such as {@code d-ABCDEF123}. */
    public String id() {
        return id;
    }

    public DeploymentStatus status() {
        synchronized (timeline) {
            return status;
        }
    }

    public boolean complete() {
        return status().complete();
    }

    public Instant createTime() {
        return createTime;
    }

    /** When it ended, simulated; {@code null} before. */
    public Instant completeTime() {
        synchronized (timeline) {
            return completeTime;
        }
    }

    /** When it ended by the machine's clock, for measuring how late somebody learned of it; {@code null} before. */
    public Instant trueEnd() {
        synchronized (timeline) {
            return trueEnd;
        }
    }

    /** The automatic rollback of this deployment; {@code null} when there is none. */
    public String rollbackDeploymentId() {
        synchronized (timeline) {
            return rollbackInfo.path("rollbackDeploymentId").textValue();
        }
    }

    /** Waits in real time until the deployment is complete, and says whether it is. For groups whose instances are folders. */
    public boolean awaitComplete(Duration most) throws InterruptedException {
        return completed.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of its group. */
    public String applicationName() {
        return group.application().name();
    }

    public String groupName() {
        return group.name();
    }

    /** What it was created with: members of the DeploymentInfo structure. */
    public JsonNode request() {
        synchronized (timeline) {
            return settings.deepCopy();
        }
    }

    Group group() {
        return group;
    }

    ObjectNode settings() {
        return settings;
    }

    boolean flag(String setting) {
        return settings.path(setting).asBoolean();
    }

    boolean restart() {
        return settings.path("deploymentMode").asText().equals("RESTART");
    }

    ObjectNode rollbackInfo() {
        return rollbackInfo;
    }

    /** @return false when it was over before */
    boolean become(DeploymentStatus next) {
        if (status.complete()) {
            return false;
        }
        if (next == DeploymentStatus.IN_PROGRESS && startTime == null) {
            startTime = timeline.now();
        }
        status = next;
        changed.accept(this);
        return true;
    }

    /** Told now and of each change of its status. */
    void whenChanged(Consumer<Deployment> listener) {
        changed = listener;
        listener.accept(this);
    }

    boolean started() {
        return startTime != null;
    }

    void terminationWaitStarted() {
        terminationWaitStarted = true;
    }

    void complete(Ending how) {
        status = how.status();
        ending = how;
        completeTime = timeline.now();
        trueEnd = Instant.now();
        completed.countDown();
        changed.accept(this);
    }

    void add(Target target) {
        targets.put(target.id(), target);
    }

    /** Whether Auto Scaling has had it created, for instances that it has launched. */
    public boolean autoScaling() {
        return settings.path("creator").asText().equals("autoscaling");
    }

    /** Whether CodeDeploy itself created it, because another has failed or was stopped. */
    public boolean rollback() {
        return settings.path("creator").asText().equals("codeDeployRollback");
    }

    /** The alarms that stop it. A rollback heeds none: it is to end what they tell of. */
    List<String> alarms() {
        JsonNode own = settings.path("overrideAlarmConfiguration");
        JsonNode configuration = own.isMissingNode() ? group.settings().path("alarmConfiguration") : own;
        List<String> names = new ArrayList<>();
        if (configuration.path("enabled").asBoolean() && !rollback()) {
            configuration
                    .path("alarms")
                    .forEach(one -> names.add(one.path("name").asText()));
        }
        return names;
    }

    List<Target> allTargets() {
        return new ArrayList<>(targets.values());
    }

    /** Its targets, once it has started. */
    List<Target> targets() throws AwsError {
        checkStarted();
        return allTargets();
    }

    private void checkStarted() throws AwsError {
        if (!started()) {
            throw AwsError.badRequest("DeploymentNotStartedException", "The specified deployment has not started.");
        }
    }

    Target target(String targetId) throws AwsError {
        checkStarted();
        Target target = targets.get(targetId);
        if (target == null && dialects.contains(Dialect.NO_SUCH_INSTANCE)) {
            throw AwsError.badRequest(
                    "InstanceDoesNotExistException",
                    "The specified instance does not exist in the deployment group: " + targetId);
        }
        if (target == null) {
            throw AwsError.badRequest(
                    "DeploymentTargetDoesNotExistException",
                    "The provided target ID does not belong to the attempted deployment: " + targetId);
        }
        return target;
    }

    /** DeploymentInfo. */
    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("applicationName", group.application().name());
        node.put("deploymentGroupName", group.name());
        node.put("deploymentId", id).put("status", status.text());
        if (ending != null && ending.errorCode() != null) {
            node.putObject("errorInformation").put("code", ending.errorCode()).put("message", ending.message());
        }
        node.put("createTime", Timestamps.epochSeconds(createTime));
        if (startTime != null) {
            node.put("startTime", Timestamps.epochSeconds(startTime));
            // Published logs of ECS have none while it runs; of Lambda nothing is known.
            if (complete() || group.application().platform().equals("Server")) {
                node.set("deploymentOverview", overview());
            }
        }
        if (completeTime != null && !dialects.contains(Dialect.NO_COMPLETE_TIME)) {
            node.put("completeTime", Timestamps.epochSeconds(completeTime));
        }
        node.setAll(settings.deepCopy());
        if (dialects.contains(Dialect.APP_SPEC_NOT_TOLD)
                && node.at("/revision/appSpecContent") instanceof ObjectNode content) {
            content.remove("content");
        }
        node.set("rollbackInfo", rollbackInfo.deepCopy());
        node.put("instanceTerminationWaitTimeStarted", terminationWaitStarted);
        node.putArray("deploymentStatusMessages");
        if (ending != null && ending.message() != null) {
            node.withArray("deploymentStatusMessages").add(ending.message());
        }
        return node;
    }

    private ObjectNode overview() {
        Map<TargetStatus, Integer> counts = new EnumMap<>(TargetStatus.class);
        targets.values().forEach(target -> counts.merge(target.status(), 1, Integer::sum));
        ObjectNode overview = JsonNodeFactory.instance.objectNode();
        for (TargetStatus one : TargetStatus.values()) {
            // The API has no count of those of which nobody knows.
            if (one != TargetStatus.UNKNOWN) {
                overview.put(one.text(), counts.getOrDefault(one, 0));
            }
        }
        return overview;
    }
}
