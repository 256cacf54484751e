package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codepipeline.model.ActionExecution;
import software.amazon.awssdk.services.codepipeline.model.ActionState;
import software.amazon.awssdk.services.codepipeline.model.ApprovalStatus;
import software.amazon.awssdk.services.codepipeline.model.StageState;

/** What is asked of CodePipeline about manual approvals. */
final class ApprovalCalls {

    static final String STATE = "codepipeline:GetPipelineState";
    static final String ANSWER = "codepipeline:PutApprovalResult";

    private static final int LONGEST_SUMMARY = 512;

    private final AwsSession session;

    ApprovalCalls(@NonNull AwsSession session) {
        this.session = session;
    }

    /**
     * The token with which AWS takes the answer to this very question; empty if AWS does not show it, or not yet. Where executions run in
     * parallel it is what the action is called outside; otherwise the pipeline's state has it, which may be that of another execution.
     */
    @NonNull
    CompletableFuture<Optional<String>> token(@NonNull ManualApproval of) {
        if (of.execution().mode().equals("PARALLEL")) {
            String token = of.action().externalId();
            return CompletableFuture.completedFuture(token.isEmpty() ? Optional.empty() : Optional.of(token));
        }
        return session.call(
                STATE,
                AwsSession.PATIENCE,
                RetryListener.NONE,
                () ->
                        PipelineService.client(session)
                                .getPipelineState(get -> get.name(of.pipeline()))
                                .stageStates()
                                .stream()
                                .filter(stage -> of.action().stage().equals(stage.stageName()))
                                .flatMap(stage -> stage.actionStates().stream()
                                        .filter(action -> of.action().name().equals(action.actionName()))
                                        .filter(action -> isOf(of, stage, action)))
                                .map(action -> action.latestExecution().token())
                                .filter(Objects::nonNull)
                                .findFirst());
    }

    /** Of actions that ran long ago AWS does not say which run it shows. */
    private static boolean isOf(ManualApproval of, StageState stage, ActionState action) {
        ActionExecution shown = action.latestExecution();
        if (shown == null) {
            return false;
        }
        String run = ExecutionReader.orEmpty(shown.actionExecutionId());
        return run.isEmpty()
                ? stage.latestExecution() != null
                        && of.execution().id().equals(stage.latestExecution().pipelineExecutionId())
                : run.equals(of.id());
    }

    /**
     * Gives AWS the answer.
     *
     * @param gate run before each call that lets something pass; fails if it is not to
     */
    @NonNull
    CompletableFuture<Void> answer(
            @NonNull ManualApproval of,
            @NonNull String token,
            @NonNull Reply reply,
            @NonNull Runnable gate,
            @NonNull BooleanSupplier wanted) {
        return session.callWhile(wanted, ANSWER, AwsSession.PATIENCE, RetryListener.NONE, () -> {
            if (reply.approved()) {
                gate.run();
            }
            PipelineService.client(session)
                    .putApprovalResult(put -> put.pipelineName(of.pipeline())
                            .stageName(of.action().stage())
                            .actionName(of.action().name())
                            .token(token)
                            .result(result -> result.status(
                                            reply.approved() ? ApprovalStatus.APPROVED : ApprovalStatus.REJECTED)
                                    .summary(summary(reply))));
            return null;
        });
    }

    /** Who has answered, and with which words, as AWS is to show it. */
    @NonNull
    static String summary(@NonNull Reply reply) {
        String who = reply.people().isEmpty() ? "Somebody" : String.join(", ", reply.people());
        String whole = (who + " in Jenkins" + (reply.comment() == null ? "" : ": " + reply.comment()))
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return whole.length() > LONGEST_SUMMARY ? whole.substring(0, LONGEST_SUMMARY - 1) + "…" : whole;
    }
}
