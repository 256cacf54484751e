package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pipeline, with the doors of its stages. */
final class Pipeline {

    /** How one stage is entered. */
    static final class Door {
        boolean enabled = true;
        String reason;
        String changedBy;
        Instant changedAt;
        /** What is in the stage; {@code null} if nothing. */
        Execution inside;
        /** What was in it last, and may still be; {@code null} if nothing was. */
        Execution latest;

        final List<Execution> waiting = new ArrayList<>();
    }

    private final String name;
    private final Instant created;
    private ObjectNode definition;
    private Instant updated;
    private final Map<String, Door> doors = new LinkedHashMap<>();
    /** Oldest first. */
    final List<Execution> executions = new ArrayList<>();

    final Map<String, Execution> byToken = new LinkedHashMap<>();

    Pipeline(ObjectNode definition, Instant now) {
        this.name = definition.path("name").asText();
        this.created = now;
        define(definition, now);
    }

    void define(ObjectNode next, Instant now) {
        int version = definition == null ? 1 : version() + 1;
        definition = next.deepCopy();
        definition.put("version", version);
        if (!definition.has("executionMode")) {
            definition.put("executionMode", "SUPERSEDED");
        }
        if (!definition.has("pipelineType")) {
            definition.put("pipelineType", "V1");
        }
        updated = now;
    }

    String name() {
        return name;
    }

    ObjectNode definition() {
        return definition;
    }

    int version() {
        return definition.path("version").asInt();
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    Door door(String stage) {
        return doors.computeIfAbsent(stage, any -> new Door());
    }
}
