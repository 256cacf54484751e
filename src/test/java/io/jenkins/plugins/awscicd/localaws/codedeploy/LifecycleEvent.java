package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Instant;

/**
 * A lifecycle event of a target.
 *
 * @param startTime {@code null} until it has begun
 * @param endTime {@code null} until it has ended
 * @param diagnostics {@code null} until it has ended
 */
record LifecycleEvent(String name, TargetStatus status, Instant startTime, Instant endTime, Diagnostics diagnostics) {

    static LifecycleEvent pending(String name) {
        return new LifecycleEvent(name, TargetStatus.PENDING, null, null, null);
    }

    LifecycleEvent begun(Instant at) {
        return new LifecycleEvent(name, TargetStatus.IN_PROGRESS, at, null, null);
    }

    LifecycleEvent ended(Diagnostics result, Instant at) {
        return new LifecycleEvent(
                name, result.success() ? TargetStatus.SUCCEEDED : TargetStatus.FAILED, startTime, at, result);
    }

    /** What becomes of it when its target goes no further: it is skipped, or, if it had begun, nobody knows. */
    LifecycleEvent abandoned(Instant at) {
        return switch (status) {
            case PENDING -> new LifecycleEvent(name, TargetStatus.SKIPPED, null, at, null);
            case IN_PROGRESS -> new LifecycleEvent(name, TargetStatus.UNKNOWN, startTime, null, null);
            default -> this;
        };
    }

    /** What becomes of it when its deployment is stopped on ECS or Lambda. */
    LifecycleEvent brokenOff(Instant at) {
        return status == TargetStatus.IN_PROGRESS
                ? new LifecycleEvent(name, TargetStatus.FAILED, startTime, at, null)
                : abandoned(at);
    }

    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lifecycleEventName", name);
        if (diagnostics != null) {
            node.set("diagnostics", diagnostics.toJson());
        }
        if (startTime != null) {
            node.put("startTime", Timestamps.epochSeconds(startTime));
        }
        if (endTime != null) {
            node.put("endTime", Timestamps.epochSeconds(endTime));
        }
        return node.put("status", status.text());
    }
}
