package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Duration;
import java.time.Instant;

/**
 * One phase of a build.
 *
 * @param status {@code null} while it lasts
 * @param end {@code null} while it lasts
 * @param context what to say about its end; {@code null} while it lasts
 */
public record Phase(PhaseType type, Instant start, Status status, Instant end, Context context) {

    /**
     * Why a phase ended as it did. A phase that succeeded has an empty one.
     *
     * @param statusCode such as {@code COMMAND_EXECUTION_ERROR}
     */
    public record Context(String statusCode, String message) {

        public static final Context NONE = new Context("", "");
    }

    static Phase begun(PhaseType type, Instant start) {
        return new Phase(type, start, null, null, null);
    }

    Phase ended(Status ending, Context why, Instant at) {
        return new Phase(type, start, ending, at, why);
    }

    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("phaseType", type.name());
        if (status != null) {
            node.put("phaseStatus", status.name());
        }
        node.put("startTime", Timestamps.epochSeconds(start));
        if (end != null) {
            node.put("endTime", Timestamps.epochSeconds(end));
            node.put("durationInSeconds", Duration.between(start, end).toSeconds());
            if (type.compareTo(PhaseType.PROVISIONING) >= 0) {
                node.putArray("contexts")
                        .addObject()
                        .put("statusCode", context.statusCode())
                        .put("message", context.message());
            }
        }
        return node;
    }
}
