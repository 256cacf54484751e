package io.jenkins.plugins.awscicd.step.approval;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What an approval's input takes for its step's context: it sees the step's run and node, but its answer goes to the approval, which
 * decides what comes of it.
 */
final class ApprovalGate extends StepContext {

    private static final long serialVersionUID = 1L;

    private final AwsApprovalStepExecution execution;

    ApprovalGate(@NonNull AwsApprovalStepExecution execution) {
        this.execution = execution;
    }

    /** The console is the approval's own: the input would say "approved" before that is known. */
    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        return key == TaskListener.class
                ? key.cast(TaskListener.NULL)
                : execution.getContext().get(key);
    }

    @Override
    public void onSuccess(@CheckForNull Object result) {
        execution.answered(result);
    }

    @Override
    public void onFailure(@NonNull Throwable t) {
        execution.rejected(t);
    }

    @Override
    public boolean isReady() {
        return execution.getContext().isReady();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return execution.getContext().saveState();
    }

    @Override
    public void setResult(Result r) {
        execution.getContext().setResult(r);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("an approval has no body");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApprovalGate that && execution == that.execution;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(execution);
    }
}
