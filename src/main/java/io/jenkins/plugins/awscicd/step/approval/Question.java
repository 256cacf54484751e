package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Failure;
import hudson.model.ParameterDefinition;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord.Outcome;
import io.jenkins.plugins.awscicd.engine.approval.Answer;
import io.jenkins.plugins.awscicd.engine.approval.AnsweredElsewhere;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalResult;
import io.jenkins.plugins.awscicd.engine.approval.Decision;
import io.jenkins.plugins.awscicd.engine.approval.OnTimeout;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.job.PipelineConsole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;

/**
 * What an approval asks people, and how they answer: opens an input until enough of them have said yes, or somebody no. All but
 * {@link #objection} is called by its step, one after the other.
 */
final class Question {

    private static final Logger LOGGER = Logger.getLogger(Question.class.getName());

    private final AwsApprovalStepExecution step;
    private final Run<?, ?> run;
    private final PipelineConsole console;
    private final ApprovalRequest request;
    private final List<ParameterDefinition> parameters;
    private final QuestionPolicy policy;
    private final ApprovalRecord record;

    private InputStepExecution input;

    /** @param record what was answered so far */
    Question(
            @NonNull AwsApprovalStepExecution step,
            @NonNull Run<?, ?> run,
            @NonNull PipelineConsole console,
            @NonNull ApprovalRequest request,
            @NonNull List<ParameterDefinition> parameters,
            @NonNull QuestionPolicy policy,
            @NonNull ApprovalRecord record) {
        this.step = step;
        this.run = run;
        this.console = console;
        this.request = request;
        this.parameters = parameters;
        this.policy = policy;
        this.record = record;
    }

    boolean isWaiting() {
        return record.isWaiting();
    }

    /** Lets people answer. */
    void open() throws IOException, InterruptedException, TimeoutException {
        input = ApprovalInput.of(step, request, record, parameters);
        ApprovalInput.open(input);
    }

    /** The input that was answered is gone. If two answered it at once, the next already exists. */
    private void stayOpen() throws IOException, InterruptedException, TimeoutException {
        InputStepExecution open = input;
        if (open == null || open.isSettled()) {
            open();
        }
    }

    /** Lets nobody answer any more. */
    void close() {
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

    /** Says on the console what is asked, and where to answer it. */
    void print() {
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

    /** It was decided, but Jenkins went down before Pipeline kept that: decides it again, or says that it has to be asked again. */
    boolean again() throws IOException {
        if (record.isApproved() && parameters.isEmpty()) {
            ApprovalResult result = result(Map.of());
            step.complete(context -> context.onSuccess(result));
            return false;
        }
        if (record.isApproved() && !record.isExpired()) {
            record.forgetLastApproval(); // what was filled in with it is lost
            ApprovalAction.of(run).save();
            return true;
        }
        step.complete(context ->
                context.onFailure(new FlowInterruptedException(Result.ABORTED, new NotApproved(record.getSummary()))));
        return false;
    }

    /** Why no answer of whoever asks can count; null if it can. On any thread. */
    @CheckForNull
    String objection() {
        return policy.objection(record);
    }

    /** Says on the console that an answer does not count. On any thread. */
    void printRefusal(@NonNull String why) {
        console.line(plain(Messages.AwsApprovalStep_refused(why)));
    }

    /**
     * An input was answered with yes, in the thread of the request. This is where the policy holds, for every view and every call.
     *
     * @throws Failure what is said to whoever has answered, if that does not count
     */
    void answered(@CheckForNull Object value, @NonNull FlowNode node)
            throws IOException, InterruptedException, TimeoutException {
        Person who = Answerer.of(run);
        Answer answer = Submission.read(value, node, who, parameters);
        Decision decision = policy.decide(answer, record);
        String refusal = decision.refusal();
        if (refusal != null) {
            Submission.forget(run, node);
            stayOpen();
            printRefusal(refusal);
            throw new Failure(refusal);
        }
        count(answer, decision);
    }

    private void count(Answer answer, Decision decision) throws IOException, InterruptedException, TimeoutException {
        String person = name(answer.who());
        record.approvedBy(new ApprovalAnswer(person, answer.comment(), answer.when()));
        String comment = answer.comment() == null ? "" : ": " + answer.comment();
        String unsatisfied = decision.complete() ? policy.unsatisfied(record) : null;
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
        ApprovalResult result = result(answer.parameters());
        settle(record.getSummary() + comment, context -> context.onSuccess(result));
    }

    /** An input was answered with no, in the thread of the request. */
    void rejected(@NonNull Throwable why) {
        String comment = Submission.commentOfRequest();
        record.rejectedBy(new ApprovalAnswer(name(Answerer.of(run)), comment, Instant.now()));
        settle(record.getSummary() + (comment == null ? "" : ": " + comment), context -> context.onFailure(why));
    }

    private static String name(Person who) {
        String id = who.id();
        return id == null ? Messages.AwsApprovalStep_anonymous() : id;
    }

    /**
     * The time is over.
     *
     * @param whole what ends with it if that is what is wanted
     */
    void expire(@NonNull FlowExecution whole) throws IOException, InterruptedException {
        Instant now = Instant.now();
        if (request.onTimeout() == OnTimeout.APPROVE) {
            record.approvedByTime(now);
            ApprovalResult result = result(Submission.defaults(parameters));
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
            whole.interrupt(Result.ABORTED, cause);
        }
    }

    /** Nobody is to answer it any more. */
    void abort(@NonNull Throwable cause) {
        boolean elsewhere = cause instanceof AnsweredElsewhere;
        if (record.isWaiting()) {
            if (elsewhere) {
                record.answeredElsewhere((AnsweredElsewhere) cause, Instant.now());
            } else {
                record.ended(Outcome.ABORTED, Instant.now());
            }
        }
        settle(elsewhere ? record.getSummary() : null, context -> context.onFailure(cause));
    }

    /** It can be asked no longer. */
    void failed() {
        if (record.isWaiting()) {
            record.ended(Outcome.ABORTED, Instant.now());
            save();
        }
    }

    /** All is said: keeps that, and ends the step. */
    private void settle(@CheckForNull String line, Consumer<StepContext> outcome) {
        save();
        if (line != null) {
            console.line(plain(line));
        }
        step.complete(outcome);
    }

    private void save() {
        try {
            ApprovalAction.of(run).save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot keep an approval of " + run);
        }
    }

    private ApprovalResult result(Map<String, Object> filledIn) {
        Date decided = record.getDecided();
        return new ApprovalResult(
                record.getStage(),
                record.getRevision(),
                String.valueOf(decided == null ? null : decided.toInstant()),
                record.getApprovals().stream()
                        .map(answer -> new ApprovalResult.Approval(
                                answer.getPerson(), answer.getWhen().toInstant().toString(), answer.getComment()))
                        .toList(),
                filledIn);
    }

    /** One line, whatever people have typed. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    @NonNull
    String status() {
        return "waiting for approval, " + record.getApprovals().size() + " of " + record.getWanted() + " given";
    }
}
