package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionDetail;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionResult;
import software.amazon.awssdk.services.codepipeline.model.ActionOwner;
import software.amazon.awssdk.services.codepipeline.model.ExecutionType;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecution;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionSummary;

/** Makes our own data of what CodePipeline answers. */
final class ExecutionReader {

    /** Modes of an action of CloudFormation: one that only prepares a change, and one that deletes its stack. */
    private static final String CHANGE_SET = "CHANGE_SET_REPLACE";

    private static final String DELETE = "DELETE_ONLY";

    private ExecutionReader() {}

    static PipelineSnapshot read(String pipeline, PipelineExecutionSummary summary) {
        String said = orEmpty(summary.statusSummary());
        String stopped =
                summary.stopTrigger() == null ? null : summary.stopTrigger().reason();
        return new PipelineSnapshot(
                summary.pipelineExecutionId(),
                pipeline,
                orEmpty(summary.statusAsString()),
                said.isEmpty() ? orEmpty(stopped) : said,
                orEmpty(summary.executionModeAsString()),
                summary.executionType() == ExecutionType.ROLLBACK && summary.rollbackMetadata() != null
                        ? summary.rollbackMetadata().rollbackTargetPipelineExecutionId()
                        : null,
                summary.startTime(),
                summary.lastUpdateTime(),
                summary.sourceRevisions().stream()
                        .map(one -> new SourceRevision(
                                orEmpty(one.actionName()),
                                orEmpty(one.revisionId()),
                                one.revisionSummary(),
                                one.revisionUrl()))
                        .toList(),
                List.of(),
                false,
                null,
                false);
    }

    /** Of an execution that is asked for by its id, of which AWS tells no times. */
    static PipelineSnapshot read(PipelineExecution execution) {
        return new PipelineSnapshot(
                execution.pipelineExecutionId(),
                execution.pipelineName(),
                orEmpty(execution.statusAsString()),
                orEmpty(execution.statusSummary()),
                orEmpty(execution.executionModeAsString()),
                execution.executionType() == ExecutionType.ROLLBACK && execution.rollbackMetadata() != null
                        ? execution.rollbackMetadata().rollbackTargetPipelineExecutionId()
                        : null,
                null,
                null,
                execution.artifactRevisions().stream()
                        .map(one -> new SourceRevision(
                                orEmpty(one.name()),
                                orEmpty(one.revisionId()),
                                one.revisionSummary(),
                                one.revisionUrl()))
                        .toList(),
                List.of(),
                false,
                null,
                false);
    }

    static ActionSnapshot read(ActionExecutionDetail action) {
        ActionExecutionResult result =
                action.output() == null ? null : action.output().executionResult();
        Map<String, String> configuration =
                action.input() == null ? Map.of() : action.input().resolvedConfiguration();
        boolean typed = action.input() != null && action.input().actionTypeId() != null;
        String category = typed ? orEmpty(action.input().actionTypeId().categoryAsString()) : "";
        boolean approval = category.equals("Approval");
        return new ActionSnapshot(
                orEmpty(action.actionExecutionId()),
                orEmpty(action.stageName()),
                orEmpty(action.actionName()),
                category,
                typed ? orEmpty(action.input().actionTypeId().provider()) : "",
                typed && action.input().actionTypeId().owner() == ActionOwner.AWS,
                orEmpty(action.statusAsString()),
                action.startTime(),
                action.lastUpdateTime(),
                result == null ? "" : orEmpty(result.externalExecutionId()),
                result == null ? "" : orEmpty(result.externalExecutionUrl()),
                result == null ? "" : orEmpty(result.externalExecutionSummary()),
                result == null || result.errorDetails() == null
                        ? ""
                        : orEmpty(result.errorDetails().message()),
                approval ? orEmpty(configuration.get("CustomData")) : "",
                approval ? orEmpty(configuration.get("ExternalEntityLink")) : "",
                orEmpty(action.updatedBy()),
                action.input() == null ? "" : orEmpty(action.input().region()),
                action.input() == null ? "" : orEmpty(action.input().roleArn()),
                typed ? target(orEmpty(action.input().actionTypeId().provider()), configuration) : "",
                DELETE.equals(configuration.get("ActionMode")),
                Boolean.parseBoolean(configuration.get("BatchEnabled")),
                action.output() == null
                        ? Map.of()
                        : new TreeMap<>(action.output().outputVariables()));
    }

    /** Nothing else of a configuration is kept: it may have secrets. */
    private static String target(String provider, Map<String, String> configuration) {
        return switch (provider) {
            case "CloudFormation" ->
                CHANGE_SET.equals(configuration.get("ActionMode")) ? "" : orEmpty(configuration.get("StackName"));
            case "ElasticBeanstalk" -> orEmpty(configuration.get("EnvironmentName"));
            default -> "";
        };
    }

    static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }
}
