package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.util.Map;
import java.util.Objects;

/** Stages are shown, retried, rolled back, opened and closed; their approvals are answered. */
final class StageOperations {

    private static final Map<String, String> CONDITIONS =
            Map.of("BEFORE_ENTRY", "beforeEntry", "ON_SUCCESS", "onSuccess");

    private StageOperations() {}

    static void addTo(CodePipelineApi api) {
        api.operation("GetPipelineState", StageOperations::state)
                .operation("PutApprovalResult", StageOperations::approve)
                .operation("RetryStageExecution", StageOperations::retry)
                .operation("RollbackStage", StageOperations::rollBack)
                .operation("OverrideStageCondition", StageOperations::override)
                .operation("DisableStageTransition", (at, input, caller) -> transition(at, input, caller, false))
                .operation("EnableStageTransition", (at, input, caller) -> transition(at, input, caller, true));
    }

    private static ObjectNode declared(Pipeline pipeline, String stage) throws AwsError {
        for (JsonNode one : pipeline.definition().path("stages")) {
            if (one.path("name").asText().equals(stage)) {
                return (ObjectNode) one;
            }
        }
        throw Refusal.noStage(pipeline.name(), stage);
    }

    private static ObjectNode state(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "name"));
        ObjectNode output = Shapes.object();
        output.put("pipelineName", pipeline.name());
        output.put("pipelineVersion", pipeline.version());
        ArrayNode stages = output.putArray("stageStates");
        pipeline.definition()
                .path("stages")
                .forEach(stage -> stages.add(at.shapes().stage(pipeline, (ObjectNode) stage)));
        output.put("created", Timestamps.epochSeconds(pipeline.created()));
        output.put("updated", Timestamps.epochSeconds(pipeline.updated()));
        return output;
    }

    private static ObjectNode approve(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        String stage = CodePipelineApi.required(input, "stageName");
        String name = CodePipelineApi.required(input, "actionName");
        String token = CodePipelineApi.required(input, "token");
        boolean known = false;
        for (JsonNode one : declared(pipeline, stage).path("actions")) {
            known |= one.path("name").asText().equals(name);
        }
        if (!known) {
            throw Refusal.noAction(stage, name);
        }
        String status = input.node().path("result").path("status").asText();
        String summary = input.node().path("result").path("summary").asText();
        if (!status.equals("Approved") && !status.equals("Rejected")) {
            throw Refusal.validation("1 validation error detected: Value '" + status + "' at 'result.status' failed to"
                    + " satisfy constraint: Member must satisfy enum value set: [Approved, Rejected]");
        }
        if (summary.length() > 512) {
            throw Refusal.validation("1 validation error detected: Value at 'result.summary' failed to satisfy"
                    + " constraint: Member must have length less than or equal to 512");
        }
        ActionRun run = pipeline.executions.stream()
                .flatMap(one -> one.actions.stream())
                .filter(one -> one.stage.equals(stage) && one.name().equals(name) && Objects.equals(one.token, token))
                .findFirst()
                .orElseThrow(() -> Refusal.of("InvalidApprovalTokenException", "Invalid approval token"));
        if (at.refusesToken()) {
            throw Refusal.of("InvalidApprovalTokenException", "Invalid approval token");
        }
        if (!run.runs() || run.answered) {
            throw Refusal.of(
                    "ApprovalAlreadyCompletedException", "The approval action has already been approved or rejected.");
        }
        at.course().answer(run, status.equals("Approved"), summary.isEmpty() ? null : summary, caller.arn());
        return Shapes.object()
                .put("approvedAt", Timestamps.epochSeconds(at.timeline().now()));
    }

    private static ObjectNode retry(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        String stage = CodePipelineApi.required(input, "stageName");
        declared(pipeline, stage);
        Execution execution = at.get(pipeline, CodePipelineApi.required(input, "pipelineExecutionId"));
        boolean all = CodePipelineApi.required(input, "retryMode").equals("ALL_ACTIONS");
        if (!"Failed".equals(execution.stages.get(stage)) || !execution.ended()) {
            throw Refusal.of("StageNotRetryableException", "Stage " + stage + " is not in a failed state");
        }
        checkLatest(execution, stage);
        at.course().retry(execution, stage, all);
        return Shapes.object().put("pipelineExecutionId", execution.id);
    }

    private static void checkLatest(Execution execution, String stage) throws AwsError {
        if (!execution.mode().equals("PARALLEL") && execution.pipeline.door(stage).latest != execution) {
            throw Refusal.of(
                    "NotLatestPipelineExecutionException",
                    "The stage has failed in a later run of the pipeline and the pipelineExecutionId associated with"
                            + " the request is out of date.");
        }
    }

    private static ObjectNode rollBack(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        String stage = CodePipelineApi.required(input, "stageName");
        declared(pipeline, stage);
        Execution target = at.get(pipeline, CodePipelineApi.required(input, "targetPipelineExecutionId"));
        if (!"Succeeded".equals(target.stages.get(stage)) || target.target != null) {
            throw Refusal.of(
                    "UnableToRollbackStageException",
                    "Execution " + target.id + " is none to which stage " + stage + " can be rolled back");
        }
        if (target.definition.path("version").asInt() != pipeline.version()) {
            throw Refusal.of(
                    "PipelineExecutionOutdatedException",
                    "The specified pipeline execution is outdated and"
                            + " cannot be used as a target pipeline execution for rollback.");
        }
        Execution execution = at.rollBack(target, stage, "ManualRollback", caller.arn());
        return Shapes.object().put("pipelineExecutionId", execution.id);
    }

    private static ObjectNode override(CodePipeline at, Input input, Caller caller) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        String stage = CodePipelineApi.required(input, "stageName");
        declared(pipeline, stage);
        Execution execution = at.get(pipeline, CodePipelineApi.required(input, "pipelineExecutionId"));
        String kind = CONDITIONS.get(CodePipelineApi.required(input, "conditionType"));
        if (kind == null) {
            throw Refusal.validation("conditionType is none of " + CONDITIONS.keySet());
        }
        if (!"Failed".equals(execution.stages.get(stage)) || execution.summary == null) {
            throw Refusal.of("ConditionNotOverridableException", "The condition of stage " + stage + " has not failed");
        }
        checkLatest(execution, stage);
        at.course().override(execution, stage, kind);
        return Shapes.object();
    }

    private static ObjectNode transition(CodePipeline at, Input input, Caller caller, boolean enabled) throws AwsError {
        Pipeline pipeline = at.get(CodePipelineApi.required(input, "pipelineName"));
        String stage = CodePipelineApi.required(input, "stageName");
        declared(pipeline, stage);
        CodePipelineApi.required(input, "transitionType");
        String reason = enabled ? null : CodePipelineApi.required(input, "reason");
        at.course()
                .doors()
                .transition(
                        pipeline,
                        stage,
                        enabled,
                        reason,
                        caller.arn(),
                        at.timeline().now());
        return null;
    }
}
