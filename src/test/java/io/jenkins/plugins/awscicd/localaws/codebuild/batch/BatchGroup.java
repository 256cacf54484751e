package io.jenkins.plugins.awscicd.localaws.codebuild.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A build of a batch with its attempts ("BuildGroup" in the CodeBuild API reference). */
final class BatchGroup {

    /** In no list of the API model, but in the AWS CLI's examples. */
    static final String PENDING = "PENDING";

    static final String STOPPED = "STOPPED";

    private static final class Attempt {
        final String id;
        final String arn;
        final Instant requested;
        Build build;
        /** Without a build. */
        String status = PENDING;

        Attempt(String id, String arn, Instant requested) {
            this.id = id;
            this.arn = arn;
            this.requested = requested;
        }

        String status() {
            return build == null ? status : build.status().name();
        }
    }

    private final BatchSpec.Task task;
    private final List<Attempt> attempts = new ArrayList<>();

    BatchGroup(BatchSpec.Task task) {
        this.task = task;
    }

    /** That of the build which downloads the source for all. */
    static BatchGroup ofDownload() {
        return new BatchGroup(new BatchSpec.Task("DOWNLOAD_SOURCE", List.of(), false, Map.of(), null));
    }

    BatchSpec.Task task() {
        return task;
    }

    /** Asks for another build. */
    void request(String id, String arn, Instant at) {
        attempts.add(new Attempt(id, arn, at));
    }

    private Attempt current() {
        return attempts.get(attempts.size() - 1);
    }

    String id() {
        return current().id;
    }

    /** Counts from 0. */
    int attempt() {
        return attempts.size() - 1;
    }

    void began(Build build) {
        current().build = build;
    }

    /** It will have no build. */
    void stopped() {
        current().status = STOPPED;
    }

    Build build() {
        return current().build;
    }

    String status() {
        return current().status();
    }

    boolean pending() {
        return status().equals(PENDING);
    }

    boolean over() {
        return !pending() && !status().equals("IN_PROGRESS");
    }

    boolean succeeded() {
        return status().equals("SUCCEEDED");
    }

    /** Whether it keeps the batch from succeeding. */
    boolean fails() {
        return over() && !succeeded() && !task.ignoreFailure();
    }

    void describe(ArrayNode groups) {
        if (attempts.isEmpty()) {
            return; // read, but not asked for yet
        }
        ObjectNode node = groups.addObject().put("identifier", task.identifier());
        task.dependsOn().forEach(node.putArray("dependsOn")::add);
        node.put("ignoreFailure", task.ignoreFailure());
        describe(current(), node.putObject("currentBuildSummary"));
        if (attempts.size() > 1) {
            ArrayNode prior = node.putArray("priorBuildSummaryList");
            attempts.subList(0, attempts.size() - 1).forEach(one -> describe(one, prior.addObject()));
        }
    }

    private void describe(Attempt attempt, ObjectNode node) {
        node.put("arn", attempt.arn)
                .put("requestedOn", Timestamps.epochSeconds(attempt.requested))
                .put("buildStatus", attempt.status());
        if (attempt.build != null && attempt.build.complete()) {
            ObjectNode artifact = node.putObject("primaryArtifact").put("identifier", task.identifier());
            String location = attempt.build.toJson().at("/artifacts/location").asText("");
            artifact.put("type", location.isEmpty() ? "no_artifacts" : "s3");
            if (!location.isEmpty()) {
                artifact.put("location", location);
            }
            node.putArray("secondaryArtifacts");
        }
    }
}
