package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.execution.AskedRetry;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.codepipeline.model.StageNotRetryableException;
import software.amazon.awssdk.services.codepipeline.model.StageRetryMode;

/**
 * Tries a failed stage's failed actions again, under the same execution, as often as was asked for. What was asked of AWS is in the journal
 * first: after a restart the same failure is not counted twice. Called in order.
 */
final class StageRetry implements EndCondition<PipelineSnapshot> {

    static final String ACTION = "codepipeline:RetryStageExecution";

    private static final String COUNT = "retries";
    private static final String FAILURE = "retried";

    private final AwsSession session;
    private final JobConsole console;
    private final Journal journal;
    private final AskedRetry retry;
    private final int most;
    private final String mode;
    /** Whether the first failure is to be tried again whatever it is, as somebody has asked for that. */
    private final boolean wantsFirst;

    private int count;
    /** The failure that was last tried again, by its action's run. */
    private String failure;

    /**
     * @param request how often
     * @param gate run before each retry; fails if there is to be none
     */
    StageRetry(
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull Scheduler scheduler,
            @NonNull PipelineService service,
            @NonNull PipelineRequest request,
            @NonNull Runnable gate) {
        this.session = at.session();
        this.console = at.console();
        this.journal = at.journal();
        this.most = request.retries();
        this.wantsFirst = request.operation() == PipelineOperation.RETRY;
        String given = request.text("retryMode");
        this.mode = given.isEmpty() ? StageRetryMode.FAILED_ACTIONS.toString() : given;
        Map<String, String> marks = journal.read();
        count = Integer.parseInt(marks.getOrDefault(COUNT, "0"));
        failure = marks.getOrDefault(FAILURE, "");
        this.retry = new AskedRetry(
                at,
                scheduler,
                service,
                id -> service.stopUnseen(session, id),
                ACTION,
                StageNotRetryableException.class,
                gate,
                !failure.isEmpty());
    }

    /** @see AskedRetry#of */
    void of(@NonNull BooleanSupplier toStop, @NonNull Runnable listener) {
        retry.of(toStop, listener);
    }

    /** Nobody wants the execution any more. */
    void unwanted() {
        retry.unwanted();
    }

    @Override
    public synchronized boolean test(PipelineSnapshot now, boolean stopping) {
        if (now.ended()) {
            retry.over();
            return true;
        }
        Optional<ActionSnapshot> culprit = now.failed() ? now.culprit() : Optional.empty();
        boolean known = culprit.isPresent() && culprit.get().id().equals(failure);
        if (stopping) {
            retry.stop(now.id(), now.failed(), known);
        }
        if (retry.isAsking() || !now.failed()) {
            return false;
        }
        if (known && retry.isAgreed()) { // AWS still shows what was
            return !retry.mayBeShownLate();
        }
        if (stopping || retry.isRefused() || culprit.isEmpty()) {
            return true;
        }
        if (!known && (count >= most || culprit.get().isApproval() && !(wantsFirst && count == 0))) {
            return true; // who was asked has answered, or had the time to
        }
        if (!known) {
            count++;
            failure = culprit.get().id();
            journal.write(Map.of(COUNT, String.valueOf(count), FAILURE, failure));
        }
        ask(now, culprit.get(), known);
        return false;
    }

    /** @param again whether it may have been asked for before a restart */
    private void ask(PipelineSnapshot now, ActionSnapshot culprit, boolean again) {
        console.line(culprit.cause());
        console.line("Retrying the " + (mode.startsWith("ALL") ? "" : "failed ") + "actions of " + culprit.stage()
                + ", " + count + " of " + most);
        retry.ask(
                now.id(),
                "pipeline '" + now.pipeline() + "'",
                again,
                () -> PipelineService.client(session)
                        .retryStageExecution(it -> it.pipelineName(now.pipeline())
                                .stageName(culprit.stage())
                                .pipelineExecutionId(now.id())
                                .retryMode(mode)));
    }
}
