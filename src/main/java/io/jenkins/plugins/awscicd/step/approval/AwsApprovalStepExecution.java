package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Computer;
import hudson.model.Failure;
import hudson.model.ParameterDefinition;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord.Outcome;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.approval.CountedApprovals;
import io.jenkins.plugins.awscicd.delivery.approval.RunPolicy;
import io.jenkins.plugins.awscicd.delivery.approval.StageHistory;
import io.jenkins.plugins.awscicd.delivery.guard.Admission;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.approval.Answer;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalResult;
import io.jenkins.plugins.awscicd.engine.approval.Decision;
import io.jenkins.plugins.awscicd.engine.approval.OnTimeout;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import io.jenkins.plugins.awscicd.engine.notify.TopicArn;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.job.PipelineConsole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection;

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

    private static final Logger LOGGER = Logger.getLogger(AwsApprovalStepExecution.class.getName());

    /** Tells the run's inputs apart, whatever they ask. Begins with a capital, as the ids of inputs have to. */
    private final String id = "Approval-" + UUID.randomUUID().toString().substring(0, 13);

    private final ApprovalRequest request;
    /** Who we are to AWS, the configuration page's part included. */
    private final AwsAccess access;
    /** Of the stage; false in what an earlier version has kept. */
    private final boolean oneMoreIfNobodyStarted;

    /** The stage that the step names, as it was when the step began; null for none. */
    private final ResolvedStage stage;

    /** What exactly is asked about; null if no guard looks for it, and in what an earlier version has kept. */
    private final AskedDelivery asked;

    private final ArrayList<ParameterDefinition> parameters;
    /** When the time is over, in milliseconds since the epoch; 0 for never. */
    private final long deadline;

    /** Why whose answers do not count, as far as the console has said so. */
    private final Set<String> objections = ConcurrentHashMap.newKeySet();

    private transient volatile Run<?, ?> run;
    private transient volatile PipelineConsole console;
    private transient volatile ApprovalRecord record;
    private transient InputStepExecution input;
    private transient ApprovalNotification notification;
    private transient Scheduler.Task alarm;
    /** Why the step was aborted before it could be said. */
    private transient Throwable aborted;
    /** The step has ended for Pipeline. */
    private transient boolean completed;

    AwsApprovalStepExecution(
            @NonNull StepContext context, @NonNull AwsApprovalStep step, @CheckForNull ResolvedStage stage) {
        super(context);
        this.request = step.request(stage);
        ApprovalPolicy ofStage = stage == null ? null : stage.policy();
        this.oneMoreIfNobodyStarted = ofStage != null && ofStage.oneMoreIfNobodyStarted();
        this.access = step.access(stage);
        this.stage = stage;
        this.asked = step.delivery(stage);
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

    /** On Jenkins' threads for work that may block for a moment, such as on a disk. */
    private void later(Work work) {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                work.run();
            } catch (IOException | TimeoutException | RuntimeException e) {
                fail(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(e);
            }
        });
    }

    /** What may fail, and the step with it. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException, TimeoutException;
    }

    /** Finds out what it asks about, which may take a while, and then asks; or goes on to ask after a restart. */
    private void ask() throws IOException, InterruptedException, TimeoutException {
        run = getContext().get(Run.class);
        AskedDelivery about = asked;
        ApprovalAction action = run.getAction(ApprovalAction.class);
        boolean isNew = action == null || action.find(id) == null;
        open(isNew && about != null && stage != null ? resolve(about, stage) : null);
    }

    /** As who the stage says, and so behind its guards. */
    private ApprovedDelivery resolve(AskedDelivery about, ResolvedStage of) throws IOException, InterruptedException {
        Admission.ofIdentity(run, of, of.access());
        Admission.before(run, of, List.of(), false, Instant.now());
        try (AwsSession session = AwsConnections.get().open(of.access(), run)) {
            return about.resolve(of, session);
        }
    }

    private synchronized void open(@CheckForNull ApprovedDelivery delivery)
            throws IOException, InterruptedException, TimeoutException {
        console = new PipelineConsole(getContext().get(TaskListener.class), Messages.AwsApprovalStep_console());
        ApprovalRecord known = ApprovalAction.of(run).find(id);
        boolean again = known != null;
        if (!again) {
            if (request.topic() != null) { // else AWS is not called
                Admission.ofIdentity(run, stage, access);
                Admission.before(run, stage, List.of(), false, Instant.now());
            }
            known = new ApprovalRecord(
                    id,
                    request,
                    RunPolicy.of(run, wanted()),
                    StageHistory.before(run, request.stage()),
                    delivery,
                    Instant.now(),
                    deadline == 0 ? null : Instant.ofEpochMilli(deadline));
            AwsAction.of(run); // where it is shown
            ApprovalAction.of(run).add(known);
        }
        record = known;
        if (aborted != null) {
            abort(aborted);
            return;
        }
        if (!known.isWaiting() && !again(known)) {
            return;
        }
        openInput();
        if (!again) {
            tellQuestion();
        }
        TopicArn topic = request.topic();
        if (topic != null) {
            notification = new ApprovalNotification(run, known, console);
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

    /** It was decided, but Jenkins went down before Pipeline kept that: decides it again, or says that it has to be asked again. */
    private boolean again(ApprovalRecord known) throws IOException {
        if (known.isApproved() && parameters.isEmpty()) {
            ApprovalResult result = result(known, Map.of());
            complete(context -> context.onSuccess(result));
            return false;
        }
        if (known.isApproved() && !known.isExpired()) {
            known.forgetLastApproval(); // what was filled in with it is lost
            ApprovalAction.of(run).save();
            return true;
        }
        complete(context ->
                context.onFailure(new FlowInterruptedException(Result.ABORTED, new NotApproved(known.getSummary()))));
        return false;
    }

    private void openInput() throws IOException, InterruptedException, TimeoutException {
        input = ApprovalInput.of(this, request, record, parameters);
        ApprovalInput.open(input);
    }

    private void tellQuestion() {
        ApprovalBriefing.of(record).forEach(console::line);
        Date until = record.getDeadline();
        String waiting = Messages.AwsApprovalStep_waiting(
                record.getMessage(),
                until == null
                        ? ""
                        : Messages.AwsApprovalStep_until(until.toInstant()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()));
        console.linkHere(waiting, "/" + run.getUrl() + "input/", Messages.AwsApprovalStep_answer());
    }

    /** The policy, also of the stage as far as the arguments cannot say it. */
    private ApprovalPolicy wanted() {
        ApprovalPolicy own = request.policy();
        return new ApprovalPolicy(
                own.approvers(),
                own.approvals(),
                own.forbidSelfApproval(),
                own.commentRequired(),
                own.administratorsExempt(),
                oneMoreIfNobodyStarted);
    }

    /** The policy as it was when it was asked, which a restart does not change. */
    private ApprovalPolicy policy(ApprovalRecord current) {
        return request.policy().wanting(current.getWanted());
    }

    /** Who may answer, as an input names them; null for whoever may build the job. */
    @CheckForNull
    String submitters() {
        List<String> approvers = request.policy().approvers();
        return approvers.isEmpty() ? null : String.join(",", approvers);
    }

    /** Why no answer of whoever asks can count; null if it can. The console says it once. */
    @CheckForNull
    String objection() {
        ApprovalRecord current = record;
        String objection =
                policy(current).objection(Answerer.of(run), approved(current), current.getStarters(), Answerer.names());
        if (objection != null && objections.add(objection)) {
            console.line(plain(Messages.AwsApprovalStep_refused(objection)));
        }
        return objection;
    }

    private static List<String> approved(ApprovalRecord record) {
        return record.getApprovals().stream().map(ApprovalAnswer::getPerson).toList();
    }

    /**
     * An input was answered with yes, in the thread of the request. This is where the policy holds, for every view and every call.
     *
     * @throws Failure what is said to whoever has answered, if that does not count
     */
    synchronized void answered(@CheckForNull Object value) {
        try {
            if (completed || !record.isWaiting()) {
                throw new Failure(Messages.AwsApprovalStep_decided());
            }
            Person who = Answerer.of(run);
            FlowNode node = getContext().get(FlowNode.class);
            Answer answer = Submission.read(value, node, who, parameters);
            Decision decision = policy(record).decide(answer, approved(record), record.getStarters(), Answerer.names());
            String refusal = decision.refusal();
            if (refusal != null) {
                Submission.forget(run, node);
                stayOpen();
                console.line(plain(Messages.AwsApprovalStep_refused(refusal)));
                throw new Failure(refusal);
            }
            count(answer, decision);
        } catch (IOException | TimeoutException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private void count(Answer answer, Decision decision) throws IOException, InterruptedException, TimeoutException {
        String id = answer.who().id();
        String person = id == null ? Messages.AwsApprovalStep_anonymous() : id;
        record.approvedBy(new ApprovalAnswer(person, answer.comment(), answer.when()));
        String comment = answer.comment() == null ? "" : ": " + answer.comment();
        String unsatisfied = decision.complete() ? unsatisfied() : null;
        if (!decision.complete() || unsatisfied != null) {
            Submission.forgetApprover(run);
            ApprovalAction.of(run).save();
            stayOpen();
            console.line(plain(
                    Messages.AwsApprovalStep_oneOf(person, record.getApprovals().size(), record.getWanted(), comment)));
            if (unsatisfied != null) {
                console.line(plain(Messages.AwsApprovalStep_unsatisfied(unsatisfied)));
            }
            return;
        }
        record.ended(Outcome.APPROVED, answer.when());
        ApprovalResult result = result(record, answer.parameters());
        settle(record.getSummary() + comment, context -> context.onSuccess(result));
    }

    /** What is still wanted where folders say more of the stage: each place's policy has to be satisfied by itself. Null for nothing. */
    @CheckForNull
    private String unsatisfied() {
        List<ApprovalPolicy> policies = stage == null ? List.of() : stage.policies();
        if (policies.size() < 2) {
            return null;
        }
        String missing = policies.stream()
                .map(policy -> RunPolicy.of(run, policy))
                .filter(asked -> CountedApprovals.of(asked.policy(), run, record.getApprovals(), asked.starters())
                                .size()
                        < asked.policy().approvals())
                .map(RunPolicy::toString)
                .collect(Collectors.joining(" + "));
        return missing.isEmpty() ? null : missing;
    }

    /** The input that was answered is gone. If two answered it at once, the next is there already. */
    private void stayOpen() throws IOException, InterruptedException, TimeoutException {
        if (input.isSettled()) {
            openInput();
        }
    }

    /** An input was answered with no, in the thread of the request. */
    synchronized void rejected(@NonNull Throwable why) {
        if (completed || !record.isWaiting()) {
            return;
        }
        boolean byPerson = why instanceof FlowInterruptedException interruption
                && interruption.getCauses().stream().anyMatch(Rejection.class::isInstance);
        if (!byPerson) {
            abort(why);
            return;
        }
        String id = Answerer.of(run).id();
        String comment = Submission.commentOfRequest();
        record.rejectedBy(
                new ApprovalAnswer(id == null ? Messages.AwsApprovalStep_anonymous() : id, comment, Instant.now()));
        settle(record.getSummary() + (comment == null ? "" : ": " + comment), context -> context.onFailure(why));
    }

    /** The time is over. */
    private synchronized void expire() throws IOException, InterruptedException {
        if (completed || !record.isWaiting()) {
            return;
        }
        Instant now = Instant.now();
        if (request.onTimeout() == OnTimeout.APPROVE) {
            record.approvedByTime(now);
            ApprovalResult result = result(record, Submission.defaults(parameters));
            settle(record.getSummary(), context -> context.onSuccess(result));
            return;
        }
        record.ended(Outcome.EXPIRED, now);
        Duration timeout = request.timeout();
        NotApproved cause = new NotApproved(
                Messages.NotApproved_inTime(record.getMessage(), timeout == null ? "" : Durations.inWords(timeout)));
        if (request.onTimeout() == OnTimeout.REJECT) {
            settle(
                    record.getSummary(),
                    context -> context.onFailure(new FlowInterruptedException(Result.ABORTED, cause)));
        } else {
            save();
            console.line(record.getSummary());
            // Comes back as stop, for this step and for all that run beside it.
            getContext().get(FlowExecution.class).interrupt(Result.ABORTED, cause);
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
        if (record == null) { // there is nothing to close yet: whoever opens it will find this
            aborted = cause;
            return;
        }
        if (record.isWaiting()) {
            record.ended(Outcome.ABORTED, Instant.now());
        }
        settle(null, context -> context.onFailure(cause));
    }

    /** All is said: keeps that, closes what is open and ends the step. */
    private void settle(@CheckForNull String line, Consumer<StepContext> outcome) {
        save();
        if (line != null) {
            console.line(plain(line));
        }
        complete(outcome);
    }

    private void save() {
        try {
            ApprovalAction.of(run).save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot keep an approval of " + run);
        }
    }

    private void closeInput() {
        InputStepExecution open = input;
        if (open == null || open.isSettled()) {
            return;
        }
        try {
            ApprovalInput.close(open);
        } catch (IOException | TimeoutException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot close an approval of " + run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void fail(Throwable why) {
        // While Jenkins goes down, things fail for that reason alone: after the restart the step goes on.
        if (AwsConnections.get().isClosing()) {
            return;
        }
        if (record != null && record.isWaiting()) {
            record.ended(Outcome.ABORTED, Instant.now());
            save();
        }
        complete(context -> context.onFailure(why));
    }

    private synchronized void complete(Consumer<StepContext> outcome) {
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
        closeInput();
        outcome.accept(getContext());
    }

    private static ApprovalResult result(ApprovalRecord record, Map<String, Object> parameters) {
        Date decided = record.getDecided();
        return new ApprovalResult(
                record.getStage(),
                record.getRevision(),
                String.valueOf(decided == null ? null : decided.toInstant()),
                record.getApprovals().stream()
                        .map(answer -> new ApprovalResult.Approval(
                                answer.getPerson(), answer.getWhen().toInstant().toString(), answer.getComment()))
                        .toList(),
                parameters);
    }

    /** One line, whatever people have typed. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    @NonNull
    public String getStatus() {
        ApprovalRecord current = record;
        return current == null
                ? "about to ask for approval"
                : "waiting for approval, " + current.getApprovals().size() + " of " + current.getWanted() + " given";
    }
}
