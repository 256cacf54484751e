package io.jenkins.plugins.awscicd.localaws.codebuild.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.BuildSettings;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A batch: how far it has come, and the BuildBatch structure of the API that tells it. */
public final class Batch {

    private static final class Phase {
        final String type;
        final Instant start;
        String status;
        Instant end;
        String message = "";

        Phase(String type, Instant start) {
            this.type = type;
            this.start = start;
        }
    }

    private static final List<String> OF_BUILDS = List.of(
            "sourceVersion",
            "source",
            "secondarySources",
            "secondarySourceVersions",
            "cache",
            "environment",
            "serviceRole",
            "vpcConfig",
            "encryptionKey",
            "fileSystemLocations");

    private final Place place;
    private final String id;
    private final long number;
    private final String initiator;
    private final BuildSettings settings;
    private final ObjectNode config;
    private final Instant start;
    private final boolean downloadListed;
    private final boolean placeNamed;
    private final List<Phase> phases = new ArrayList<>();
    private final BatchGroup download = BatchGroup.ofDownload();
    private final List<BatchGroup> groups = new ArrayList<>();
    private BatchSpec spec;
    private String status = "IN_PROGRESS";
    private Instant end;
    private ObjectNode frozen;
    /** BuildArtifacts; null unless they were combined. */
    private ObjectNode combined;

    Batch(
            Place place,
            String id,
            long number,
            String initiator,
            BuildSettings settings,
            ObjectNode config,
            Instant start,
            boolean downloadListed,
            boolean placeNamed) {
        this.place = place;
        this.id = id;
        this.number = number;
        this.initiator = initiator;
        this.settings = settings;
        this.config = config;
        this.start = start;
        this.downloadListed = downloadListed;
        this.placeNamed = placeNamed;
        enter("SUBMITTED", start);
    }

    /** {@code project:uuid}. */
    public String id() {
        return id;
    }

    public String arn() {
        return place.arn("codebuild", "build-batch/" + id);
    }

    public String projectName() {
        return settings.projectName();
    }

    public synchronized String status() {
        return status;
    }

    public synchronized boolean complete() {
        return !status.equals("IN_PROGRESS");
    }

    /** When it ended; null before. */
    public synchronized Instant endTime() {
        return end;
    }

    /** The newest build of a group; null if it has none yet. */
    public synchronized Build build(String identifier) {
        return groups.stream()
                .filter(group -> group.task().identifier().equals(identifier))
                .map(BatchGroup::build)
                .findFirst()
                .orElse(null);
    }

    public Instant startTime() {
        return start;
    }

    /** How often it was tried again. */
    public synchronized int retries() {
        return (int)
                phases.stream().filter(phase -> "RETRY".equals(phase.status)).count();
    }

    /** The PLAINTEXT variables that all its builds have. */
    public Map<String, String> plainVariables() {
        return settings.plainVariables();
    }

    String initiator() {
        return initiator;
    }

    BuildSettings settings() {
        return settings;
    }

    ObjectNode config() {
        return config;
    }

    boolean combines() {
        return config.path("combineArtifacts").asBoolean();
    }

    synchronized void combined(ObjectNode artifacts) {
        combined = artifacts;
    }

    BatchGroup download() {
        return download;
    }

    /** Those of the buildspec. */
    List<BatchGroup> groups() {
        return groups;
    }

    BatchSpec spec() {
        return spec;
    }

    synchronized void of(BatchSpec read) {
        spec = read;
        read.tasks().forEach(task -> groups.add(new BatchGroup(task)));
    }

    synchronized void enter(String phase, Instant at) {
        phases.add(new Phase(phase, at));
    }

    synchronized void leave(String phaseStatus, String message, Instant at) {
        Phase last = phases.get(phases.size() - 1);
        last.status = phaseStatus;
        last.message = message;
        last.end = at;
    }

    synchronized String phase() {
        return phases.get(phases.size() - 1).type;
    }

    synchronized void complete(String ending, Instant at) {
        enter(ending.equals("TIMED_OUT") || ending.equals("FAULT") ? "FAILED" : ending, at);
        status = ending;
        end = at;
    }

    /** Goes on after its end, under the same id. */
    synchronized void again(Instant at) {
        leave("RETRY", "", at);
        status = "IN_PROGRESS";
        end = null;
        enter("SUBMITTED", at);
    }

    /** From now on it is shown as it is at this moment. */
    synchronized void freeze() {
        frozen = toJson();
    }

    synchronized boolean isFrozen() {
        return frozen != null;
    }

    synchronized void thaw() {
        frozen = null;
    }

    /** The BuildBatch structure. */
    public synchronized ObjectNode toJson() {
        if (frozen != null) {
            return frozen.deepCopy();
        }
        ObjectNode node = settings.build().objectNode();
        node.put("id", id).put("arn", arn()).put("startTime", Timestamps.epochSeconds(start));
        if (end != null) {
            node.put("endTime", Timestamps.epochSeconds(end));
        }
        node.put("currentPhase", phase()).put("buildBatchStatus", status);
        Build downloaded = download.build();
        if (downloaded != null && downloaded.resolvedSourceVersion() != null) {
            node.put("resolvedSourceVersion", downloaded.resolvedSourceVersion());
        }
        node.put("projectName", projectName());
        phases.forEach(phase -> describe(phase, node.withArray("phases").addObject()));
        for (String member : OF_BUILDS) {
            if (settings.build().hasNonNull(member)) {
                node.set(member, settings.build().get(member).deepCopy());
            }
        }
        node.set("artifacts", combined == null ? uncombined(node) : combined.deepCopy());
        node.putArray("secondaryArtifacts");
        node.set("logConfig", settings.logs().deepCopy());
        node.set("buildTimeoutInMinutes", settings.build().get("timeoutInMinutes"));
        node.set("queuedTimeoutInMinutes", settings.build().get("queuedTimeoutInMinutes"));
        node.put("complete", complete()).put("initiator", initiator).put("buildBatchNumber", number);
        node.set("buildBatchConfig", config.deepCopy());
        ArrayNode all = node.putArray("buildGroups");
        if (downloadListed) {
            download.describe(all);
        }
        groups.forEach(group -> group.describe(all));
        return node;
    }

    private ObjectNode uncombined(ObjectNode node) {
        boolean inS3 = settings.artifacts().path("type").asText().equals("S3");
        String place = "arn:aws:s3:::" + settings.artifacts().path("location").asText() + "/"
                + settings.artifacts().path("name").asText(projectName());
        return node.objectNode().put("location", placeNamed && inS3 ? place : "");
    }

    private static void describe(Phase phase, ObjectNode node) {
        node.put("phaseType", phase.type).put("startTime", Timestamps.epochSeconds(phase.start));
        if (phase.end != null) {
            node.put("phaseStatus", phase.status)
                    .put("endTime", Timestamps.epochSeconds(phase.end))
                    .put(
                            "durationInSeconds",
                            Duration.between(phase.start, phase.end).toSeconds());
        }
        if (!phase.message.isEmpty()) {
            node.putArray("contexts")
                    .addObject()
                    .put("statusCode", phase.status)
                    .put("message", phase.message);
        }
    }
}
