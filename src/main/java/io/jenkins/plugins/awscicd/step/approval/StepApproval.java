package io.jenkins.plugins.awscicd.step.approval;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalResult;
import io.jenkins.plugins.awscicd.engine.approval.Reply;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import io.jenkins.plugins.awscicd.engine.job.Declined;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    private static final Logger LOGGER = Logger.getLogger(StepApproval.class.getName());

    private final StepContext step;
    /** Of the question, within its run. */
    private final String id;

    private final transient CompletableFuture<Reply> answer = new CompletableFuture<>();

    /** Whether a no is an answer as well, and not the end of what is asked about. */
    private final boolean takesNo;

    private StepApproval(StepContext step, String id, boolean takesNo) {
        this.step = step;
        this.id = id;
        this.takesNo = takesNo;
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
        CompletableFuture<Reply> answer =
                new StepApproval(of, id + "-" + number, false).ask(stage, id, number, message, made, deployed);
        CompletableFuture<Void> consent = new CompletableFuture<>();
        answer.whenComplete((reply, failure) -> {
            if (failure == null) {
                consent.complete(null);
            } else {
                consent.completeExceptionally(failure);
            }
        });
        consent.whenComplete((yes, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            }
        });
        return consent;
    }

    /**
     * As {@link #ask}, about what waits at AWS for an answer of yes or no.
     *
     * @return completes with the answer; fails with {@link Declined} if nobody can be asked. Whoever learns that it is not needed any more
     *     completes it otherwise, with {@link io.jenkins.plugins.awscicd.engine.approval.AnsweredElsewhere} if AWS has it
     */
    @NonNull
    public static CompletableFuture<Reply> answer(
            @NonNull StepContext of,
            @CheckForNull ResolvedStage stage,
            @NonNull String id,
            int number,
            @NonNull String message,
            @NonNull Approvable about) {
        return new StepApproval(of, id + "-" + number, true).ask(stage, id, number, message, about, about);
    }

    private CompletableFuture<Reply> ask(
            @CheckForNull ResolvedStage stage, String of, int number, String message, Approvable made, Object given) {
        AwsApprovalStep asked = new AwsApprovalStep(message);
        asked.setStage(stage == null ? null : stage.name());
        asked.setWhat(made.subject());
        asked.setRevision(made.exactly());
        asked.setLink(made.getConsoleUrl());
        asked.give(given, null);
        AwsApprovalStepExecution execution = new AwsApprovalStepExecution(this, asked, stage, id);
        answer.whenComplete((yes, failure) -> {
            if (failure != null && !(failure instanceof Declined)) {
                execution.stop(failure);
            }
        });
        ApprovalWork work = () -> {
            withdraw(of, number);
            execution.start();
        };
        work.later(this::onFailure);
        return answer;
    }

    /** After a restart nobody else closes those that were open before it. */
    private void withdraw(String of, int number) throws IOException, InterruptedException {
        ApprovalAction approvals = step.get(Run.class).getAction(ApprovalAction.class);
        for (int earlier = 0; approvals != null && earlier < number; earlier++) {
            ApprovalRecord record = approvals.find(of + "-" + earlier);
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
        answer.complete(
                result instanceof ApprovalResult approval ? Reply.of(approval) : new Reply(true, List.of(), null));
    }

    @Override
    public void onFailure(@NonNull Throwable why) {
        ApprovalAnswer no = takesNo ? rejection() : null;
        if (no != null) {
            answer.complete(new Reply(false, List.of(no.getPerson()), no.getComment()));
            return;
        }
        answer.completeExceptionally(
                why instanceof FlowInterruptedException || !(why instanceof RuntimeException)
                        ? new Declined(why)
                        : why);
    }

    /** Who has said no; null if nobody has. */
    @CheckForNull
    private ApprovalAnswer rejection() {
        try {
            ApprovalAction approvals = step.get(Run.class).getAction(ApprovalAction.class);
            ApprovalRecord record = approvals == null ? null : approvals.find(id);
            return record == null ? null : record.getRejection();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read who has rejected " + id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
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
