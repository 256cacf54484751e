package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Artifact;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Executions, actions and stages as the API shows them. */
final class Shapes {

    private static final Duration TOKEN_DELAY = Duration.ofSeconds(25);

    private final Set<Dialect> dialects;
    private final Supplier<Instant> now;
    private boolean tokensHidden;

    Shapes(Set<Dialect> dialects, Supplier<Instant> now) {
        this.dialects = dialects;
        this.now = now;
    }

    void hideTokens(boolean hidden) {
        tokensHidden = hidden;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void put(ObjectNode node, String member, String value) {
        if (value != null) {
            node.put(member, value);
        }
    }

    private static void common(ObjectNode node, Execution execution) {
        node.put("pipelineExecutionId", execution.id);
        node.put("status", execution.status);
        put(node, "statusSummary", execution.summary);
        node.putObject("trigger")
                .put("triggerType", execution.triggerType)
                .put("triggerDetail", execution.triggerDetail);
        node.put("executionMode", execution.mode());
        node.put("executionType", execution.target == null ? "STANDARD" : "ROLLBACK");
        if (execution.target != null) {
            node.putObject("rollbackMetadata").put("rollbackTargetPipelineExecutionId", execution.target.id);
        }
    }

    static ObjectNode summary(Execution execution) {
        ObjectNode node = object();
        common(node, execution);
        node.put("startTime", Timestamps.epochSeconds(execution.started));
        node.put("lastUpdateTime", Timestamps.epochSeconds(execution.updated));
        ArrayNode revisions = node.putArray("sourceRevisions");
        execution.revisions.forEach(revision -> {
            ObjectNode one =
                    revisions.addObject().put("actionName", revision.action()).put("revisionId", revision.id());
            put(one, "revisionSummary", revision.summary());
            put(one, "revisionUrl", revision.url());
        });
        if (execution.stopReason != null) {
            node.putObject("stopTrigger").put("reason", execution.stopReason);
        }
        return node;
    }

    static ObjectNode execution(Execution execution) {
        ObjectNode node = object();
        common(node, execution);
        node.put("pipelineName", execution.pipeline.name());
        node.put("pipelineVersion", execution.definition.path("version").asInt());
        ArrayNode revisions = node.putArray("artifactRevisions");
        execution.revisions.forEach(revision -> {
            ObjectNode one =
                    revisions.addObject().put("name", revision.artifact()).put("revisionId", revision.id());
            put(one, "revisionSummary", revision.summary());
            put(one, "revisionUrl", revision.url());
            one.put("created", Timestamps.epochSeconds(revision.created()));
        });
        ArrayNode variables = node.putArray("variables");
        execution.variables.forEach(
                (name, value) -> variables.addObject().put("name", name).put("resolvedValue", value));
        return node;
    }

    private static ArrayNode artifacts(ObjectNode node, String member, List<Artifact> artifacts) {
        ArrayNode all = node.putArray(member);
        artifacts.forEach(artifact -> all.addObject()
                .put("name", artifact.name())
                .putObject("s3location")
                .put("bucket", artifact.bucket())
                .put("key", artifact.key()));
        return all;
    }

    ObjectNode detail(ActionRun action) {
        ObjectNode node = object();
        node.put("pipelineExecutionId", action.execution.id());
        node.put("actionExecutionId", action.id);
        node.put("pipelineVersion", action.execution.definition.path("version").asInt());
        node.put("stageName", action.stage);
        node.put("actionName", action.name());
        node.put("startTime", Timestamps.epochSeconds(action.started));
        node.put("lastUpdateTime", Timestamps.epochSeconds(action.updated));
        put(node, "updatedBy", action.updatedBy);
        node.put("status", action.status);
        ObjectNode input = node.putObject("input");
        input.set("actionTypeId", action.declaration.path("actionTypeId"));
        ObjectNode configured = input.putObject("configuration");
        action.declaration
                .path("configuration")
                .fields()
                .forEachRemaining(one -> configured.set(one.getKey(), one.getValue()));
        ObjectNode resolved = input.putObject("resolvedConfiguration");
        action.configuration.forEach(resolved::put);
        artifacts(input, "inputArtifacts", action.inputs);
        put(input, "region", action.declaration.path("region").textValue());
        put(input, "roleArn", action.declaration.path("roleArn").textValue());
        put(input, "namespace", action.declaration.path("namespace").textValue());
        ObjectNode output = node.putObject("output");
        artifacts(output, "outputArtifacts", action.outputs);
        ObjectNode result = output.putObject("executionResult");
        put(result, "externalExecutionId", action.externalId);
        put(result, "externalExecutionSummary", action.summary);
        put(result, "externalExecutionUrl", action.externalUrl);
        error(result, action);
        ObjectNode variables = output.putObject("outputVariables");
        action.outputVariables.forEach(variables::put);
        return node;
    }

    private void error(ObjectNode node, ActionRun action) {
        if (action.errorMessage != null && !dialects.contains(Dialect.WITHOUT_ERROR_DETAILS)) {
            node.putObject("errorDetails").put("code", action.errorCode).put("message", action.errorMessage);
        }
    }

    ObjectNode stage(Pipeline pipeline, ObjectNode declared) {
        String name = declared.path("name").asText();
        Pipeline.Door door = pipeline.door(name);
        ObjectNode node = object();
        node.put("stageName", name);
        ArrayNode inbound = node.putArray("inboundExecutions");
        door.waiting.forEach(one -> inbound.add(stageExecution(one, name)));
        if (!door.waiting.isEmpty()) {
            node.set("inboundExecution", stageExecution(door.waiting.get(0), name));
        }
        ObjectNode transition = node.putObject("inboundTransitionState").put("enabled", door.enabled);
        if (door.changedAt != null) {
            put(transition, "lastChangedBy", door.changedBy);
            transition.put("lastChangedAt", Timestamps.epochSeconds(door.changedAt));
            put(transition, "disabledReason", door.enabled ? null : door.reason);
        }
        ArrayNode actions = node.putArray("actionStates");
        Map<String, ActionRun> newest = newest(pipeline, name);
        declared.path("actions").forEach(action -> {
            String actionName = action.path("name").asText();
            ObjectNode state = actions.addObject().put("actionName", actionName);
            ActionRun run = newest.get(actionName);
            if (run != null) {
                state.set("latestExecution", latest(run));
            }
        });
        Execution latest = pipeline.executions.stream()
                .filter(one -> one.stages.containsKey(name))
                .reduce((first, second) -> second)
                .orElse(null);
        if (latest != null) {
            node.set("latestExecution", stageExecution(latest, name));
        }
        return node;
    }

    private static Map<String, ActionRun> newest(Pipeline pipeline, String stage) {
        Map<String, ActionRun> newest = new HashMap<>();
        pipeline.executions.forEach(execution -> execution
                .newest(stage)
                .forEach(run -> newest.merge(
                        run.name(), run, (one, other) -> one.started.isAfter(other.started) ? one : other)));
        return newest;
    }

    private ObjectNode latest(ActionRun run) {
        ObjectNode node = object();
        node.put("actionExecutionId", run.id);
        node.put("status", run.status);
        put(node, "summary", run.summary);
        node.put("lastStatusChange", Timestamps.epochSeconds(run.updated));
        put(node, "lastUpdatedBy", run.updatedBy);
        boolean late = tokensHidden
                || dialects.contains(Dialect.TOKEN_LATE) && now.get().isBefore(run.started.plus(TOKEN_DELAY));
        if (run.runs() && !run.answered && !late && !run.execution.mode().equals("PARALLEL")) {
            put(node, "token", run.token);
        }
        put(node, "externalExecutionId", run.externalId);
        put(node, "externalExecutionUrl", run.externalUrl);
        if (run.percentComplete != null) {
            node.put("percentComplete", run.percentComplete);
        }
        error(node, run);
        return node;
    }

    private static ObjectNode stageExecution(Execution execution, String stage) {
        return object().put("pipelineExecutionId", execution.id)
                .put("status", execution.stages.getOrDefault(stage, "InProgress"))
                .put("type", execution.target == null ? "STANDARD" : "ROLLBACK");
    }
}
