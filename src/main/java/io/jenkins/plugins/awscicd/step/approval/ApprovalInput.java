package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Failure;
import hudson.model.ParameterDefinition;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStep;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The input that an approval shows to people: one that refuses, with its reason, those whose answer cannot count, before anything comes
 * of it. This is a courtesy, which only callers with manners ask for; what counts is for {@link AwsApprovalStepExecution#answered}.
 */
@Restricted(NoExternalUse.class)
public final class ApprovalInput extends InputStep {

    private static final long serialVersionUID = 1L;

    private final AwsApprovalStepExecution execution;
    private final ArrayList<String> submitters;

    private ApprovalInput(AwsApprovalStepExecution execution, List<String> submitters, String message) {
        super(message);
        this.execution = execution;
        this.submitters = new ArrayList<>(submitters);
    }

    /** Makes an input that nobody sees yet. */
    @NonNull
    static InputStepExecution of(
            @NonNull AwsApprovalStepExecution execution,
            @NonNull ApprovalRequest request,
            @NonNull ApprovalRecord record,
            @NonNull List<ParameterDefinition> parameters)
            throws IOException {
        String subject = record.getSubject();
        ApprovalInput input = new ApprovalInput(
                execution,
                request.policy().approvers(),
                subject == null ? record.getMessage() : record.getMessage() + " – " + subject);
        input.setId(record.getId());
        boolean guarded = record.getDelivery() != null;
        input.setOk(caption(Messages.ApprovalInput_ok(), request.ok(), guarded));
        input.setCancel(caption(Messages.ApprovalInput_cancel(), request.cancel(), guarded));
        List<ParameterDefinition> all =
                new ArrayList<>(List.of(new CommentParameter(ApprovalBriefing.of(record), record.getLink())));
        all.addAll(parameters);
        input.setParameters(all);
        try {
            return (InputStepExecution) input.start(new ApprovalGate(execution));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** What a stage's approvers press says first what it does, whatever a script calls it. */
    private static String caption(String plain, @CheckForNull String given, boolean guarded) {
        return given == null ? plain : guarded ? Messages.ApprovalInput_caption(plain, PlainText.line(given)) : given;
    }

    /**
     * Lets people answer. After a restart the run's list of inputs has the id of this one, and nothing else of it; the step is still
     * paused then.
     */
    static void open(@NonNull InputStepExecution input) throws IOException, InterruptedException, TimeoutException {
        InputAction inputs = input.getRun().getAction(InputAction.class);
        if (inputs != null) {
            inputs.remove(input);
        }
        if (inputs != null && PauseAction.isPaused(input.getContext().get(FlowNode.class))) {
            inputs.add(input);
            return;
        }
        try {
            input.start();
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Lets nobody answer any more, without an answer. */
    static void close(@NonNull InputStepExecution input) throws IOException, InterruptedException, TimeoutException {
        InputAction inputs = input.getRun().getAction(InputAction.class);
        if (inputs != null) {
            inputs.remove(input);
        }
        PauseAction.endCurrentPause(input.getContext().get(FlowNode.class));
    }

    /**
     * Those who may answer; null for whoever may build the job. Where an answer is about to be taken, whoever gives it is told why it
     * cannot count.
     */
    @Override
    @CheckForNull
    public String getSubmitter() {
        if (isSubmission()) {
            String objection = execution.objection();
            if (objection != null) {
                throw new Failure(objection);
            }
        }
        return submitters.isEmpty() ? null : String.join(",", submitters);
    }

    private static boolean isSubmission() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(InputStepExecution.class.getName())
                        && frame.getMethodName().equals("preSubmissionCheck")));
    }

    @Override
    public DescriptorImpl getDescriptor() {
        return Jenkins.get().getDescriptorByType(DescriptorImpl.class);
    }
}
