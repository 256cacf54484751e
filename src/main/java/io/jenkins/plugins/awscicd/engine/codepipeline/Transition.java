package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.StageTransitionType;

/** Opens the way of executions into a stage, or closes it. To do it once more changes nothing. */
final class Transition {

    static final String ENABLE = "codepipeline:EnableStageTransition";
    static final String DISABLE = "codepipeline:DisableStageTransition";

    private static final String ABORTED = "Aborted before the transition was changed";

    private Transition() {}

    /**
     * @param gate run before the call; fails if it is not to be made
     * @param wanted false once it is not to be made any more
     */
    @NonNull
    static CompletableFuture<PipelineResult> change(
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull PipelineRequest request,
            @NonNull Runnable gate,
            @NonNull BooleanSupplier wanted) {
        boolean enable = request.operation() == PipelineOperation.ENABLE_TRANSITION;
        String action = enable ? ENABLE : DISABLE;
        String reason = request.text(PipelineOperation.Names.REASON);
        return at.session()
                .callWhile(wanted, action, AwsSession.PATIENCE, RetryListener.NONE, () -> {
                    gate.run();
                    if (!wanted.getAsBoolean()) {
                        throw new CancellationException(ABORTED);
                    }
                    CodePipelineClient client = PipelineService.client(at.session());
                    if (enable) {
                        client.enableStageTransition(it -> it.pipelineName(request.pipeline())
                                .stageName(request.stage())
                                .transitionType(StageTransitionType.INBOUND));
                    } else {
                        client.disableStageTransition(it -> it.pipelineName(request.pipeline())
                                .stageName(request.stage())
                                .transitionType(StageTransitionType.INBOUND)
                                .reason(reason));
                    }
                    return null;
                })
                .handle((done, failure) -> {
                    if (failure != null) {
                        Throwable why = AwsCallException.unwrap(failure);
                        if (why instanceof CancellationException cancelled) {
                            throw cancelled;
                        }
                        throw why instanceof Refused refused
                                ? refused
                                : new CompletionException(AwsCallException.of(
                                        action,
                                        "stage '" + request.stage() + "' of pipeline '" + request.pipeline() + "' in "
                                                + at.session().region(),
                                        why));
                    }
                    String page = AwsConsole.pipeline(at.session().region(), request.pipeline());
                    at.console()
                            .link(
                                    "Executions of " + request.pipeline() + (enable ? " enter " : " do not enter ")
                                            + request.stage() + (enable ? " again" : " any more: " + reason),
                                    page);
                    return new PipelineResult(request.pipeline(), enable ? "Enabled" : "Disabled", page);
                });
    }
}
