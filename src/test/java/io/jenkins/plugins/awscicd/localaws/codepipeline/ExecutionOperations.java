package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Executions are started, shown, listed and stopped. */
final class ExecutionOperations {

    private static final int MOST_QUEUED = 50;

    private ExecutionOperations() {}

    static void addTo(CodePipelineApi api) {
        api.operation("StartPipelineExecution", ExecutionOperations::start)
                .operation("GetPipelineExecution", ExecutionOperations::get)
                .operation("ListPipelineExecutions", ExecutionOperations::list)
                .operation("ListActionExecutions", ExecutionOperations::actions)
                .operation("StopPipelineExecution", ExecutionOperations::stop);
    }

    private static ObjectNode id(Execution execution) {
        return Shapes.object().put("pipelineExecutionId", execution.id);
    }

    private static ObjectNode start(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "name"));
        String token = input.text("clientRequestToken");
        if (token != null && !token.matches("[a-zA-Z0-9-]{1,128}")) {
            throw Refusal.validation("1 validation error detected: Value '" + token + "' at 'clientRequestToken' failed"
                    + " to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9-]+$");
        }
        if (token != null && pipeline.byToken.containsKey(token)) {
            return id(pipeline.byToken.get(token));
        }
        checkVariables(pipeline, input);
        String mode = pipeline.definition().path("executionMode").asText();
        long going = pipeline.executions.stream().filter(one -> !one.ended()).count();
        if (!mode.equals("SUPERSEDED") && going >= MOST_QUEUED && mode.equals("QUEUED")) {
            throw Refusal.of(
                    "ConcurrentPipelineExecutionsLimitExceededException",
                    "The pipeline has reached the limit for concurrent pipeline executions.");
        }
        Execution execution = at.create(pipeline, "StartPipelineExecution", caller.arn(), null);
        for (JsonNode variable : input.node().path("variables")) {
            execution.variables.put(
                    variable.path("name").asText(), variable.path("value").asText());
        }
        input.node()
                .path("sourceRevisions")
                .forEach(one -> execution.overrides.put(one.path("actionName").asText(), one));
        if (token != null) {
            pipeline.byToken.put(token, execution);
        }
        at.course().begin(execution, execution.stageNames().get(0));
        return id(execution);
    }

    private static void checkVariables(Pipeline pipeline, Input input) throws AwsError {
        List<String> declared = new ArrayList<>();
        pipeline.definition()
                .path("variables")
                .forEach(one -> declared.add(one.path("name").asText()));
        for (JsonNode variable : input.node().path("variables")) {
            String name = variable.path("name").asText();
            if (variable.path("value").asText().isEmpty()) {
                throw Refusal.validation("1 validation error detected: Value '' at 'variables.1.member.value' failed to"
                        + " satisfy constraint: Member must have length greater than or equal to 1");
            }
            if (!declared.contains(name)) {
                throw Refusal.validation(
                        "Variable(s) [" + name + "] are not declared in pipeline '" + pipeline.name() + "'");
            }
        }
    }

    private static ObjectNode get(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        Execution execution = at.get(pipeline, CodePipelineApi.required(input, "pipelineExecutionId"));
        return Shapes.object().set("pipelineExecution", Shapes.execution(execution));
    }

    private static ObjectNode list(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        String stage = input.node()
                .path("filter")
                .path("succeededInStage")
                .path("stageName")
                .textValue();
        List<Execution> all = at.listed(pipeline).stream()
                .filter(one -> stage == null || "Succeeded".equals(one.stages.get(stage)))
                .toList();
        return CodePipelineApi.page(input, all, "pipelineExecutionSummaries", Shapes::summary);
    }

    private static ObjectNode actions(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        JsonNode filter = input.node().path("filter");
        JsonNode latest = filter.path("latestInPipelineExecution");
        String only = latest.isMissingNode()
                ? filter.path("pipelineExecutionId").textValue()
                : latest.path("pipelineExecutionId").textValue();
        List<ActionRun> all = new ArrayList<>();
        if (only == null) {
            pipeline.executions.forEach(one -> all.addAll(one.actions));
        } else {
            Execution execution = at.get(pipeline, only);
            boolean newest = "Latest".equals(latest.path("startTimeRange").asText());
            if (newest) {
                execution.stages.keySet().forEach(stage -> all.addAll(execution.newest(stage)));
            } else {
                all.addAll(execution.actions);
            }
        }
        all.sort((one, other) -> one.started.compareTo(other.started));
        if (!at.dialects().contains(Dialect.OLDEST_ACTION_FIRST)) {
            Collections.reverse(all);
        }
        return CodePipelineApi.page(input, all, "actionExecutionDetails", at.shapes()::detail);
    }

    private static ObjectNode stop(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        Execution execution = at.get(pipeline, CodePipelineApi.required(input, "pipelineExecutionId"));
        boolean abandon = input.flag("abandon", false);
        if (execution.ended()) {
            throw Refusal.of(
                    "PipelineExecutionNotStoppableException",
                    "Pipeline execution " + execution.id + " is in " + execution.status + " and cannot be stopped");
        }
        if (execution.status.equals("Stopping") && (!abandon || execution.abandoned)) {
            throw Refusal.of(
                    "DuplicatedStopRequestException",
                    "Pipeline execution " + execution.id + " is already in a Stopping state");
        }
        at.course().stop(execution, abandon, input.text("reason"));
        return id(execution);
    }
}
