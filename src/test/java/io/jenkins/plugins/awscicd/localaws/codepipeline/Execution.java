package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Artifact;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One execution of a pipeline, with what it has done. */
public final class Execution {

    final String id;
    final Pipeline pipeline;
    /** The pipeline as it was when this began. */
    final ObjectNode definition;

    final Instant started;
    final Instant listedFrom;
    final String triggerType;
    final String triggerDetail;
    /** Of a rollback: what it goes back to; else {@code null}. */
    final Execution target;

    final Map<String, String> variables = new TreeMap<>();
    /** From requests, by action: type and value of a source revision. */
    public final Map<String, JsonNode> overrides = new HashMap<>();

    public final List<Revision> revisions = new ArrayList<>();
    final List<ActionRun> actions = new ArrayList<>();
    /** By stage, how many actions had run when it began anew. */
    private final Map<String, Integer> begun = new HashMap<>();
    /** By stage, its status. */
    final Map<String, String> stages = new LinkedHashMap<>();

    final Map<String, Artifact> artifacts = new HashMap<>();
    /** By namespace and name. */
    final Map<String, String> namespaces = new HashMap<>();
    /** By stage and kind, conditions that somebody has overridden. */
    final List<String> overridden = new ArrayList<>();

    Instant updated;
    String status = "InProgress";
    String summary;
    String stopReason;
    boolean abandoned;
    boolean waiting;
    boolean retriedAutomatically;

    Execution(
            String id,
            Pipeline pipeline,
            String triggerType,
            String triggerDetail,
            Execution target,
            Instant started,
            Instant listedFrom) {
        this.id = id;
        this.pipeline = pipeline;
        this.definition = pipeline.definition().deepCopy();
        this.triggerType = triggerType;
        this.triggerDetail = triggerDetail;
        this.target = target;
        this.started = started;
        this.listedFrom = listedFrom;
        this.updated = started;
        definition.path("variables").forEach(variable -> {
            if (variable.hasNonNull("defaultValue")) {
                variables.put(
                        variable.path("name").asText(),
                        variable.path("defaultValue").asText());
            }
        });
    }

    public String id() {
        return id;
    }

    public String status() {
        return status;
    }

    public Instant started() {
        return started;
    }

    /** When it has ended; {@code null} while it has not. */
    public Instant endTime() {
        return ended() ? updated : null;
    }

    /** The value of a variable of the pipeline; {@code null} if there is none. */
    public String variable(String name) {
        return variables.get(name);
    }

    /** The pipeline's name. */
    public String pipelineName() {
        return pipeline.name();
    }

    /** The runs of actions so far, as {@code Stage/Action Status}, oldest first. */
    public List<String> ran() {
        return actions.stream()
                .map(action -> action.stage + "/" + action.name() + " " + action.status)
                .toList();
    }

    boolean ended() {
        return !status.equals("InProgress") && !status.equals("Stopping");
    }

    /** SUPERSEDED, QUEUED or PARALLEL. */
    public String mode() {
        return definition.path("executionMode").asText("SUPERSEDED");
    }

    List<String> stageNames() {
        List<String> names = new ArrayList<>();
        definition.path("stages").forEach(stage -> names.add(stage.path("name").asText()));
        return names;
    }

    Optional<ObjectNode> stage(String name) {
        for (JsonNode stage : definition.path("stages")) {
            if (stage.path("name").asText().equals(name)) {
                return Optional.of((ObjectNode) stage);
            }
        }
        return Optional.empty();
    }

    /** All actions of a stage begin anew. */
    void beginAnew(String stage) {
        begun.put(stage, actions.size());
    }

    /** The newest run of each action of a stage, in order; those from before it began anew as long as there is none since. */
    List<ActionRun> newest(String stage) {
        return newest(stage, 0);
    }

    /** The same without those. */
    List<ActionRun> current(String stage) {
        return newest(stage, begun.getOrDefault(stage, 0));
    }

    private List<ActionRun> newest(String stage, int from) {
        Map<String, ActionRun> byName = new LinkedHashMap<>();
        actions.stream()
                .skip(from)
                .filter(action -> action.stage.equals(stage))
                .forEach(action -> byName.put(action.name(), action));
        return List.copyOf(byName.values());
    }
}
