package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An instance, function or service of one deployment (DeploymentTarget of the API). */
final class Target {

    /** What a target can be, and the member of DeploymentTarget that tells it. */
    enum Kind {
        INSTANCE("InstanceTarget", "instanceTarget"),
        LAMBDA("LambdaTarget", "lambdaTarget"),
        ECS("ECSTarget", "ecsTarget");

        private final String type;
        private final String member;

        Kind(String type, String member) {
            this.type = type;
            this.member = member;
        }
    }

    /** Label of instances of the original environment. */
    static final String BLUE = "Blue";
    /** Label of instances of the replacement environment. */
    static final String GREEN = "Green";

    private final Kind kind;
    private final String id;
    private final String arn;
    private final String label;
    private final Map<String, LifecycleEvent> events = new LinkedHashMap<>();
    private final ObjectNode details = JsonNodeFactory.instance.objectNode();
    private TargetStatus status = TargetStatus.PENDING;
    private Instant lastUpdated;

    /** @param label Blue or Green; {@code null} when there is nothing to tell apart */
    Target(Kind kind, String id, String arn, String label, List<String> events, Instant now) {
        this.kind = kind;
        this.id = id;
        this.arn = arn;
        this.label = label;
        events.forEach(name -> this.events.put(name, LifecycleEvent.pending(name)));
        lastUpdated = now;
    }

    String id() {
        return id;
    }

    String label() {
        return label;
    }

    TargetStatus status() {
        return status;
    }

    List<LifecycleEvent> events() {
        return new ArrayList<>(events.values());
    }

    void become(TargetStatus next, Instant at) {
        status = next;
        lastUpdated = at;
    }

    void begin(String event, Instant at) {
        events.put(event, events.get(event).begun(at));
        lastUpdated = at;
    }

    void end(String event, Diagnostics result, Instant at) {
        events.put(event, events.get(event).ended(result, at));
        lastUpdated = at;
    }

    /** It goes no further: what has not begun will not. */
    void abandon(TargetStatus last, Instant at) {
        events.replaceAll((name, event) -> event.abandoned(at));
        become(last, at);
    }

    /** What is going on there counts as failed, as published logs of stopped deployments to ECS and Lambda have it. */
    void breakOff(Instant at) {
        if (status == TargetStatus.IN_PROGRESS) {
            events.replaceAll((name, event) -> event.brokenOff(at));
            become(TargetStatus.FAILED, at);
        }
    }

    /** Members that only its kind has, such as lambdaFunctionInfo; to be changed as things change. */
    ObjectNode details() {
        return details;
    }

    ObjectNode toJson(String deploymentId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("deploymentTargetType", kind.type);
        ObjectNode target = node.putObject(kind.member);
        target.put("deploymentId", deploymentId).put("targetId", id).put("targetArn", arn);
        target.put("status", status.text()).put("lastUpdatedAt", Timestamps.epochSeconds(lastUpdated));
        ArrayNode list = target.putArray("lifecycleEvents");
        events.values().forEach(event -> list.add(event.toJson()));
        if (label != null) {
            target.put("instanceLabel", label);
        }
        target.setAll(details.deepCopy());
        return node;
    }
}
