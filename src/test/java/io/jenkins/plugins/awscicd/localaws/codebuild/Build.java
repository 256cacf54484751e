package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One build: how far it has come, and the Build structure of the API that tells it. */
public final class Build {

    private final Place place;
    private final String id;
    private final long number;
    private final String initiator;
    private final BuildSettings settings;
    private final Instant startTime;
    private final LogLocation log;
    private final List<Phase> phases = new ArrayList<>();
    private final Map<String, String> exported = new LinkedHashMap<>();
    private final List<String> reportArns = new ArrayList<>();
    private final ObjectNode artifacts;
    private boolean identified;
    private final ArrayNode secondaryArtifacts;
    private final int attempt;
    private final int retryNumber;
    private final String previousRetry;
    private Status status = Status.IN_PROGRESS;
    private Instant endTime;
    private Instant trueEnd;
    private String resolvedSourceVersion;
    private String nextRetry;
    private final CountDownLatch completed = new CountDownLatch(1);

    /**
     * @param attempt how often it was tried before
     * @param previous the build of which this one is an automatic retry, or {@code null}
     */
    Build(
            Place place,
            String id,
            long number,
            String initiator,
            BuildSettings settings,
            Instant startTime,
            int attempt,
            Build previous) {
        this.place = place;
        this.id = id;
        this.number = number;
        this.initiator = initiator;
        this.settings = settings;
        this.startTime = startTime;
        log = new LogLocation(place, settings, id.substring(id.indexOf(':') + 1));
        artifacts = BuildArtifacts.initial(settings.artifacts(), settings, id);
        secondaryArtifacts = artifacts.arrayNode();
        settings.secondaryArtifacts().forEach(one -> secondaryArtifacts.add(BuildArtifacts.initial(one, settings, id)));
        this.attempt = attempt;
        retryNumber = previous == null ? 0 : previous.retryNumber + 1;
        previousRetry = previous == null ? null : previous.arn();
        phases.add(Phase.begun(PhaseType.SUBMITTED, startTime).ended(Status.SUCCEEDED, Phase.Context.NONE, startTime));
        phases.add(Phase.begun(PhaseType.QUEUED, startTime));
    }

    /** {@code project:uuid}. */
    public String id() {
        return id;
    }

    public String arn() {
        return place.arn("codebuild", "build/" + id);
    }

    public Place place() {
        return place;
    }

    public long number() {
        return number;
    }

    public String projectName() {
        return settings.projectName();
    }

    public String initiator() {
        return initiator;
    }

    public BuildSettings settings() {
        return settings;
    }

    public LogLocation log() {
        return log;
    }

    public Instant startTime() {
        return startTime;
    }

    /** How often it was tried before: in a batch, by AWS or by RetryBuild. */
    public int attempt() {
        return settings.member() == null ? attempt : settings.member().attempt();
    }

    int retryNumber() {
        return retryNumber;
    }

    public synchronized Status status() {
        return status;
    }

    public synchronized boolean complete() {
        return status != Status.IN_PROGRESS;
    }

    /** When it ended, simulated; {@code null} before. */
    public synchronized Instant endTime() {
        return endTime;
    }

    /** When it ended by the machine's clock, for measuring how late somebody learned of it; {@code null} before. */
    public synchronized Instant trueEnd() {
        return trueEnd;
    }

    /** The commit that is built; {@code null} before it is known, and for sources that are not git. */
    public synchronized String resolvedSourceVersion() {
        return resolvedSourceVersion;
    }

    /** The phases so far. */
    public synchronized List<Phase> phases() {
        return List.copyOf(phases);
    }

    public synchronized PhaseType currentPhase() {
        return phases.get(phases.size() - 1).type();
    }

    public synchronized Map<String, String> exportedVariables() {
        return new LinkedHashMap<>(exported);
    }

    /** Whether a session to it can be opened. */
    boolean isDebugged() {
        return settings.build().at("/debugSession/sessionEnabled").asBoolean();
    }

    /** What Session Manager knows such a session by. */
    public String sessionTarget() {
        return "codebuild:" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits in real time until the build is complete, and says whether it is. For builds that run in a shell. */
    public boolean awaitComplete(Duration most) throws InterruptedException {
        return completed.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void enter(PhaseType type, Instant at) {
        phases.add(Phase.begun(type, at));
    }

    /** Ends the current phase. */
    synchronized void leave(Status ending, Phase.Context why, Instant at) {
        int last = phases.size() - 1;
        phases.set(last, phases.get(last).ended(ending, why, at));
    }

    /** @return false when it was complete before */
    synchronized boolean complete(Status ending, Instant at) {
        if (complete()) {
            return false;
        }
        phases.add(Phase.begun(PhaseType.COMPLETED, at));
        status = ending;
        endTime = at;
        trueEnd = Instant.now();
        completed.countDown();
        return true;
    }

    synchronized void resolved(String version) {
        resolvedSourceVersion = version;
    }

    synchronized void export(Map<String, String> variables) {
        exported.putAll(variables);
    }

    synchronized void report(String arn) {
        reportArns.add(arn);
    }

    synchronized void retriedBy(Build next) {
        nextRetry = next.arn();
    }

    /** @param identifier of a secondary artifact; {@code null} for the primary one */
    synchronized void uploaded(String identifier, BuildArtifacts.Uploaded uploaded) {
        ObjectNode node = artifacts;
        for (JsonNode one : secondaryArtifacts) {
            if (one.path("artifactIdentifier").asText().equals(identifier)) {
                node = (ObjectNode) one;
            }
        }
        uploaded.describe(node);
    }

    /** From now on its artifacts have identifiers: see {@link Dialect#BATCH_ARTIFACTS_IDENTIFIED}. */
    synchronized void identifyArtifacts() {
        identified = true;
    }

    private void identify(ObjectNode node) {
        String member = settings.member().identifier();
        node.withObject("/artifacts").put("artifactIdentifier", member);
        for (JsonNode one : node.path("secondaryArtifacts")) {
            ((ObjectNode) one)
                    .put(
                            "artifactIdentifier",
                            member + "_" + one.path("artifactIdentifier").asText());
        }
    }

    /** The Build structure. */
    public synchronized ObjectNode toJson() {
        ObjectNode node = settings.build().objectNode();
        node.put("id", id).put("arn", arn()).put("buildNumber", number);
        node.put("startTime", Timestamps.epochSeconds(startTime));
        if (endTime != null) {
            node.put("endTime", Timestamps.epochSeconds(endTime));
        }
        node.put("currentPhase", currentPhase().name()).put("buildStatus", status.name());
        if (resolvedSourceVersion != null) {
            node.put("resolvedSourceVersion", resolvedSourceVersion);
        }
        node.put("projectName", projectName());
        ArrayNode list = node.putArray("phases");
        phases.forEach(phase -> list.add(phase.toJson()));
        node.setAll(settings.build().deepCopy());
        if (isDebugged() && phases.size() > PhaseType.PROVISIONING.ordinal() + 1) {
            node.withObject("/debugSession").put("sessionTarget", sessionTarget());
        }
        node.set("artifacts", artifacts.deepCopy());
        if (!secondaryArtifacts.isEmpty()) {
            node.set("secondaryArtifacts", secondaryArtifacts.deepCopy());
        }
        if (identified) {
            identify(node);
        }
        node.set("logs", log.toJson(phases.size() > PhaseType.PROVISIONING.ordinal()));
        node.put("buildComplete", complete()).put("initiator", initiator);
        ArrayNode variables = node.putArray("exportedEnvironmentVariables");
        exported.forEach(
                (name, value) -> variables.addObject().put("name", name).put("value", value));
        if (!reportArns.isEmpty()) {
            reportArns.forEach(node.putArray("reportArns")::add);
        }
        if (settings.autoRetryLimit() > 0) {
            ObjectNode retry = node.putObject("autoRetryConfig")
                    .put("autoRetryLimit", settings.autoRetryLimit())
                    .put("autoRetryNumber", retryNumber);
            if (nextRetry != null) {
                retry.put("nextAutoRetry", nextRetry);
            }
            if (previousRetry != null) {
                retry.put("previousAutoRetry", previousRetry);
            }
        }
        return node;
    }
}
