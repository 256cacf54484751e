package io.jenkins.plugins.awscicd.step.approval;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import io.jenkins.plugins.awscicd.engine.job.Declined;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The question of {@code awsApproval}, asked in the midst of a step that deploys: with the same inputs, policy, record and pages. The
 * step that it is asked in is the one that waits.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "made anew after a restart, by the step that asks")
public final class StepApproval extends StepContext {

    private static final long serialVersionUID = 1L;

    private final StepContext step;
    private final transient CompletableFuture<Void> answer = new CompletableFuture<>();

    private StepApproval(StepContext step) {
        this.step = step;
    }

    /**
     * Asks, or goes on to ask what was asked under the same id before a restart; what was answered then is not asked again.
     *
     * @param of whose step asks
     * @param stage whose policy counts; null for none
     * @param id tells the step's questions from all others of the run
     * @param number of the question: those before it are of no use any more
     * @param deployed the arguments of the step that deploys what is asked about, with that
     * @param made what is asked about
     * @return completes once it is approved; fails with {@link Declined} if it is not. Who does not want to know any more completes it
     *     otherwise, and the question is withdrawn
     */
    @NonNull
    public static CompletableFuture<Void> ask(
            @NonNull StepContext of,
            @CheckForNull ResolvedStage stage,
            @NonNull String id,
            int number,
            @NonNull String message,
            @NonNull Map<String, ?> deployed,
            @NonNull Approvable made) {
        AwsApprovalStep asked = new AwsApprovalStep(message);
        asked.setStage(stage == null ? null : stage.name());
        asked.setWhat(made.subject());
        asked.setRevision(made.exactly());
        asked.setLink(made.getConsoleUrl());
        asked.give(deployed, null);
        StepApproval inner = new StepApproval(of);
        AwsApprovalStepExecution execution = new AwsApprovalStepExecution(inner, asked, stage, id + "-" + number);
        inner.answer.whenComplete((yes, failure) -> {
            if (failure != null && !(failure instanceof Declined)) {
                execution.stop(failure);
            }
        });
        ApprovalWork work = () -> {
            inner.withdraw(id, number);
            execution.start();
        };
        work.later(inner::onFailure);
        return inner.answer;
    }

    /** After a restart nobody else closes those that were open before it. */
    private void withdraw(String id, int number) throws IOException, InterruptedException {
        ApprovalAction approvals = step.get(Run.class).getAction(ApprovalAction.class);
        for (int earlier = 0; approvals != null && earlier < number; earlier++) {
            ApprovalRecord record = approvals.find(id + "-" + earlier);
            if (record != null && record.isWaiting()) {
                record.ended(ApprovalRecord.Outcome.ABORTED, Instant.now());
                approvals.save();
            }
        }
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        return step.get(key);
    }

    @Override
    public void onSuccess(@CheckForNull Object result) {
        answer.complete(null);
    }

    @Override
    public void onFailure(@NonNull Throwable why) {
        answer.completeExceptionally(
                why instanceof FlowInterruptedException || !(why instanceof RuntimeException)
                        ? new Declined(why)
                        : why);
    }

    @Override
    public boolean isReady() {
        return step.isReady();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return step.saveState();
    }

    @Override
    public void setResult(Result result) {
        step.setResult(result);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("an approval has no body");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
