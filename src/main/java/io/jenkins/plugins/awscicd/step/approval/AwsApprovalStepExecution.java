package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Computer;
import hudson.model.Failure;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.guard.Admission;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.notify.TopicArn;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.job.PipelineConsole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;

/**
 * An approval in the life of a Pipeline: Jenkins' own input, behind a gate.
 *
 * <p>People and views see an {@link InputStepExecution} in the run's list of inputs, and answer that. Its context is an
 * {@link ApprovalGate}, so each answer comes {@linkplain #answered here}, in the thread of the request, and the policy decides. An answer
 * that does not count, or not alone, opens the next input, under the same id: whoever has the page open can still use it.
 *
 * <p>What people have answered is kept with the run at once, as its {@link ApprovalRecord}; the program keeps what was asked for. The
 * input itself is made anew after a restart. Nothing of this is done on the program's thread, and no thread waits.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "what is transient is made anew when the step goes on after a restart")
final class AwsApprovalStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    /** Tells the run's inputs apart, whatever they ask. */
    private final String id;

    private final ApprovalRequest request;
    /** Who we are to AWS, the configuration page's part included. */
    private final AwsAccess access;
    /** Of the stage; false in what an earlier version has kept. */
    private final boolean oneMoreIfNobodyStarted;

    /** The stage that the step names, as it was when the step began; null for none. */
    private final ResolvedStage stage;

    /** What exactly is asked about; null if no guard looks for it, and in what an earlier version has kept. */
    private final AskedDelivery asked;
    /** What people should know of it; null in what an earlier version has kept. */
    private final ArrayList<String> details;

    /** Of which AWS is to say what it does; null if there is none, and in what an earlier version has kept. */
    private final AskedChangeSet changeSet;

    private final ArrayList<ParameterDefinition> parameters;
    /** When the time is over, in milliseconds since the epoch; 0 for never. */
    private final long deadline;

    /** Why whose answers do not count, as far as the console has said so. */
    private final Set<String> objections = ConcurrentHashMap.newKeySet();

    /** Null until it is asked. */
    private transient volatile Question question;

    private transient ApprovalNotification notification;
    private transient Scheduler.Task alarm;
    /** Why the step was aborted before it could be said. */
    private transient Throwable aborted;
    /** The step has ended for Pipeline. */
    private transient boolean completed;

    AwsApprovalStepExecution(
            @NonNull StepContext context, @NonNull AwsApprovalStep step, @CheckForNull ResolvedStage stage) {
        this(context, step, stage, ApprovalIds.next());
    }

    /** @param id begins with a capital */
    AwsApprovalStepExecution(
            @NonNull StepContext context,
            @NonNull AwsApprovalStep step,
            @CheckForNull ResolvedStage stage,
            @NonNull String id) {
        super(context);
        this.id = id;
        this.request = step.request(stage);
        ApprovalPolicy ofStage = stage == null ? null : stage.policy();
        this.oneMoreIfNobodyStarted = ofStage != null && ofStage.oneMoreIfNobodyStarted();
        this.access = step.access(stage);
        this.stage = stage;
        this.asked = step.delivery(stage);
        this.details = new ArrayList<>(step.details());
        this.changeSet = step.changeSet(stage);
        this.parameters = new ArrayList<>(step.getParameters());
        Duration timeout = request.timeout();
        this.deadline = timeout == null ? 0 : System.currentTimeMillis() + timeout.toMillis();
    }

    @Override
    public boolean start() {
        later(this::ask);
        return false;
    }

    @Override
    public void onResume() {
        later(this::ask);
    }

    private void later(ApprovalWork work) {
        work.later(this::fail);
    }

    /** Finds out what it asks about, which may take a while, and then asks; or goes on to ask after a restart. */
    private void ask() throws IOException, InterruptedException, TimeoutException {
        Run<?, ?> run = getContext().get(Run.class);
        AskedDelivery about = asked;
        ApprovalAction action = run.getAction(ApprovalAction.class);
        boolean isNew = action == null || action.find(id) == null;
        List<String> shown = isNew && changeSet != null ? changeSet.details(run, stage, access) : details;
        open(run, shown, isNew && about != null && stage != null ? about.resolve(run, stage) : null);
    }

    private synchronized void open(
            Run<?, ?> run, @CheckForNull List<String> shown, @CheckForNull ApprovedDelivery delivery)
            throws IOException, InterruptedException, TimeoutException {
        PipelineConsole console =
                new PipelineConsole(getContext().get(TaskListener.class), Messages.AwsApprovalStep_console());
        QuestionPolicy policy = new QuestionPolicy(run, request.policy(), stage, oneMoreIfNobodyStarted);
        ApprovalRecord known = ApprovalAction.of(run).find(id);
        ApprovalRecord record = known == null ? begin(run, policy, shown, delivery) : known;
        Question current = new Question(this, run, console, request, parameters, policy, record);
        question = current;
        if (aborted != null) {
            current.abort(aborted);
            return;
        }
        if (!current.isWaiting() && !current.again()) {
            return;
        }
        current.open();
        if (known == null) {
            current.print();
        }
        TopicArn topic = request.topic();
        if (topic != null) {
            notification = new ApprovalNotification(run, record, console);
            notification.send(access, topic);
        }
        if (deadline != 0) {
            Duration left = Duration.between(Instant.now(), Instant.ofEpochMilli(deadline));
            alarm = AwsConnections.get()
                    .engine()
                    .scheduler()
                    .schedule(left.isNegative() ? Duration.ZERO : left, () -> later(this::expire));
        }
    }

    private ApprovalRecord begin(
            Run<?, ?> run,
            QuestionPolicy policy,
            @CheckForNull List<String> shown,
            @CheckForNull ApprovedDelivery delivery)
            throws IOException {
        if (request.topic() != null) { // else AWS is not called
            Admission.ofIdentity(run, stage, access);
            Admission.before(run, stage, List.of(), false, Instant.now());
        }
        ApprovalRecord record = policy.begin(id, request, delivery, deadline);
        record.details(shown == null ? List.of() : shown);
        AwsAction.of(run); // where it is shown
        ApprovalAction.of(run).add(record);
        return record;
    }

    /** Why no answer of whoever asks can count; null if it can. The console says it once. */
    @CheckForNull
    String objection() {
        Question current = question;
        String objection = current.objection();
        if (objection != null && objections.add(objection)) {
            current.printRefusal(objection);
        }
        return objection;
    }

    /**
     * An input was answered with yes, in the thread of the request.
     *
     * @throws Failure what is said to whoever has answered, if that does not count
     */
    synchronized void answered(@CheckForNull Object value) {
        try {
            if (completed || !question.isWaiting()) {
                throw new Failure(Messages.AwsApprovalStep_decided());
            }
            question.answered(value, getContext().get(FlowNode.class));
        } catch (IOException | TimeoutException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** An input was answered with no, in the thread of the request. */
    synchronized void rejected(@NonNull Throwable why) {
        if (completed || !question.isWaiting()) {
            return;
        }
        if (Submission.isRejection(why)) {
            question.rejected(why);
        } else {
            question.abort(why);
        }
    }

    private synchronized void expire() throws IOException, InterruptedException {
        if (!completed && question.isWaiting()) {
            question.expire(getContext().get(FlowExecution.class));
        }
    }

    /** Not on this thread, which is the program's: what is done here waits for disks. */
    @Override
    public void stop(@NonNull Throwable cause) {
        Computer.threadPoolForRemoting.execute(() -> abort(cause));
    }

    private synchronized void abort(Throwable cause) {
        if (completed) {
            return;
        }
        if (question == null) { // there is nothing to close yet: whoever opens it will find this
            aborted = cause;
        } else {
            question.abort(cause);
        }
    }

    private synchronized void fail(Throwable why) {
        // While Jenkins goes down, things fail for that reason alone: after the restart the step goes on.
        if (AwsConnections.get().isClosing()) {
            return;
        }
        if (question != null) {
            question.failed();
        }
        complete(context -> context.onFailure(why));
    }

    /** All is said: closes what is open and ends the step. */
    synchronized void complete(@NonNull Consumer<StepContext> outcome) {
        if (completed) {
            return;
        }
        completed = true;
        if (alarm != null) {
            alarm.cancel();
        }
        if (notification != null) {
            notification.cancel();
        }
        if (question != null) {
            question.close();
        }
        outcome.accept(getContext());
    }

    @Override
    @NonNull
    public String getStatus() {
        Question current = question;
        return current == null ? "about to ask for approval" : current.status();
    }
}
