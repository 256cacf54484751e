package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ConditionNotOverridableException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.TriggerType;

/**
 * Does to an execution that is there what is asked for, and gives the one that is to be followed then. No call has a token: what a call
 * whose answer was lost has done is looked for before it is made again.
 */
final class ControlStart implements JobStarter {

    static final String ROLL_BACK = "codepipeline:RollbackStage";
    static final String OVERRIDE = "codepipeline:OverrideStageCondition";
    static final String LOOK = "codepipeline:GetPipelineExecution";

    private static final String BEGUN = "begun";
    /** After this time AWS lists what it has started. */
    private static final Duration LISTED = Duration.ofSeconds(15);
    /** AWS's clock may be behind what was read of it. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    private final Connected<PipelineSnapshot> at;
    private final Scheduler scheduler;
    private final PipelineRequest request;
    private final Runnable gate;
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private boolean troubleReported;
    /** Whether a call was not answered, here or before a restart. */
    private volatile boolean unheard;

    /** @param gate run before anything is changed at AWS; fails if it is not to */
    ControlStart(
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull Scheduler scheduler,
            @NonNull PipelineRequest request,
            @NonNull Runnable gate) {
        this.at = at;
        this.scheduler = scheduler;
        this.request = request;
        this.gate = gate;
        this.unheard = begun() != null;
    }

    @Override
    public CompletableFuture<String> start(BooleanSupplier wanted) {
        Instant begun = begun();
        if (begun != null && request.operation() == PipelineOperation.ROLLBACK) {
            later(wanted, begun);
        } else {
            attempt(wanted);
        }
        return started;
    }

    @CheckForNull
    private Instant begun() {
        String mark = at.journal().get(BEGUN);
        return mark.isEmpty() ? null : Instant.parse(mark);
    }

    private void later(BooleanSupplier wanted, Instant begun) {
        Duration wait = Duration.between(at.session().time().now(), begun.plus(LISTED));
        scheduler.schedule(wait.isNegative() ? Duration.ZERO : wait, () -> attempt(wanted));
    }

    private void attempt(BooleanSupplier wanted) {
        boolean once = request.operation() == PipelineOperation.ROLLBACK;
        at.session()
                .callWhile(
                        () -> wanted.getAsBoolean() || unheard,
                        action(),
                        once ? Duration.ZERO : AwsSession.PATIENCE,
                        RetryListener.NONE,
                        () -> wanted.getAsBoolean() ? call(() -> pass(wanted)) : begunUnheard())
                .whenComplete((id, failure) -> {
                    Throwable why = failure == null ? null : AwsCallException.unwrap(failure);
                    if (why == null) {
                        started.complete(id);
                    } else if (once && AwsFault.of(why) == AwsFault.TRANSIENT && wanted.getAsBoolean()) {
                        again(wanted, why);
                    } else {
                        started.completeExceptionally(
                                why instanceof CancellationException || why instanceof Refused
                                        ? why
                                        : AwsCallException.of(action(), what(), why, unheard));
                    }
                });
    }

    private void again(BooleanSupplier wanted, Throwable why) {
        if (!troubleReported) {
            troubleReported = true;
            at.console().line("Not rolled back yet, retrying: " + AwsCallException.said(why));
        }
        scheduler.schedule(LISTED, () -> attempt(wanted));
    }

    private String action() {
        return switch (request.operation()) {
            case ROLLBACK -> ROLL_BACK;
            case OVERRIDE -> OVERRIDE;
            case STOP -> PipelineService.STOP;
            default -> LOOK;
        };
    }

    private String what() {
        return "execution " + request.execution() + " of pipeline '" + request.pipeline() + "' in "
                + at.session().region();
    }

    private CodePipelineClient client() {
        return PipelineService.client(at.session());
    }

    private void pass(BooleanSupplier wanted) {
        gate.run();
        if (!wanted.getAsBoolean()) { // those who were asked have taken their time
            throw aborted();
        }
    }

    private static CancellationException aborted() {
        return new CancellationException("Aborted before anything was done");
    }

    /** What a call without an answer has begun, so that it can be stopped. */
    private String begunUnheard() {
        Instant begun = begun();
        String found = begun == null || !unheard
                ? null
                : request.operation() == PipelineOperation.ROLLBACK
                        ? rollback(request.execution(), begun)
                        : status(request.execution()) == PipelineExecutionStatus.IN_PROGRESS
                                ? request.execution()
                                : null;
        if (found == null) {
            throw aborted();
        }
        return found;
    }

    private PipelineExecutionStatus status(String id) {
        return client().getPipelineExecution(
                        get -> get.pipelineName(request.pipeline()).pipelineExecutionId(id))
                .pipelineExecution()
                .status();
    }

    /** @return the execution that is to be followed */
    private String call(Runnable pass) {
        String id = request.execution();
        PipelineExecutionStatus status = status(id);
        switch (request.operation()) {
            case ROLLBACK -> {
                return rollBack(id, pass);
            }
            case OVERRIDE -> override(id, status, pass);
            case STOP -> {
                pass.run();
                String reason = request.text(PipelineOperation.Names.REASON);
                new PipelineService(request.pipeline(), false, request.abandons())
                        .stop(at.session(), id, reason.isEmpty() ? "Stopped in Jenkins" : reason);
            }
            default -> {
                // it is only followed, or tried again once it is seen to have failed
            }
        }
        return id;
    }

    private String rollBack(String target, Runnable pass) {
        Instant begun = begun();
        String known = begun == null ? null : rollback(target, begun);
        if (known != null) {
            return known;
        }
        pass.run();
        return change(() -> client().rollbackStage(rollback -> rollback.pipelineName(request.pipeline())
                        .stageName(request.stage())
                        .targetPipelineExecutionId(target))
                .pipelineExecutionId());
    }

    /** Makes a call of which AWS has no token: that it is made is kept before, unless it is refused. */
    private <T> T change(Supplier<T> call) {
        at.journal().put(BEGUN, at.session().time().now().toString());
        try {
            return call.get();
        } catch (SdkException e) {
            unheard |= AwsFault.of(e) == AwsFault.TRANSIENT;
            if (!unheard) {
                at.journal().put(BEGUN, "");
            }
            throw e;
        }
    }

    /** The rollback that a call has started whose answer was lost; null if there is none. */
    @CheckForNull
    private String rollback(String target, Instant since) {
        return client()
                .listPipelineExecutions(list -> list.pipelineName(request.pipeline()))
                .pipelineExecutionSummaries()
                .stream()
                .filter(one -> one.trigger() != null && one.trigger().triggerType() == TriggerType.MANUAL_ROLLBACK)
                .filter(one -> one.rollbackMetadata() != null
                        && target.equals(one.rollbackMetadata().rollbackTargetPipelineExecutionId()))
                .filter(one -> one.startTime() != null && !one.startTime().isBefore(since.minus(SAME_MOMENT)))
                .reduce((newer, older) -> older)
                .map(one -> one.pipelineExecutionId())
                .orElse(null);
    }

    private void override(String id, PipelineExecutionStatus status, Runnable pass) {
        boolean before = begun() != null;
        if (before && status == PipelineExecutionStatus.IN_PROGRESS) {
            return;
        }
        pass.run();
        try {
            change(() -> client().overrideStageCondition(override -> override.pipelineName(request.pipeline())
                    .pipelineExecutionId(id)
                    .stageName(request.stage())
                    .conditionType(request.text(PipelineOperation.Names.CONDITION))));
        } catch (ConditionNotOverridableException e) {
            if (!before) {
                throw e;
            }
            // a call of ours whose answer was lost has overridden it: what has become of it since is about to be seen
        }
    }
}
