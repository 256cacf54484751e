package io.jenkins.plugins.awscicd.freestyle;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Node;
import hudson.model.Result;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * What a step finds around it in a build that is no Pipeline. There is no flow, so there is no node of it; and nothing is saved, as
 * such a build does not outlive the controller.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "it is serializable as a step's context only")
final class FreestyleStepContext extends StepContext {

    private static final long serialVersionUID = 1L;

    private final transient AbstractBuild<?, ?> build;
    private final transient Launcher launcher;
    private final transient BuildListener listener;
    private final transient EnvVars environment;
    private final transient CompletableFuture<Object> outcome = new CompletableFuture<>();

    FreestyleStepContext(
            @NonNull AbstractBuild<?, ?> build,
            @NonNull Launcher launcher,
            @NonNull BuildListener listener,
            @NonNull EnvVars environment) {
        this.build = build;
        this.launcher = launcher;
        this.listener = listener;
        this.environment = environment;
    }

    /**
     * Waits for the step's end. An interrupt aborts the step, and its end is still waited for; a second one is not.
     *
     * @return what the step returns
     * @throws Exception what it has failed with
     */
    @CheckForNull
    Object await(@NonNull StepExecution execution) throws Exception {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            execution.stop(new FlowInterruptedException(Result.ABORTED, true));
            outcome.handle((result, failure) -> null).get();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FlowInterruptedException interrupted) {
                throw interrupted;
            }
            throw new CompletionException(e.getCause());
        }
    }

    @NonNull
    AbstractBuild<?, ?> build() {
        return build;
    }

    /** Done when the step has ended, however it has. */
    @NonNull
    CompletableFuture<Void> ended() {
        return outcome.handle((result, failure) -> null);
    }

    /** Null for whatever only a Pipeline has, and for a workspace that there is not. */
    @Override
    @CheckForNull
    public <T> T get(Class<T> key) {
        for (Object candidate : candidates()) {
            if (key.isInstance(candidate)) {
                return key.cast(candidate);
            }
        }
        return null;
    }

    private Object[] candidates() {
        Node node = build.getBuiltOn();
        return new Object[] {
            build,
            build.getParent(),
            listener,
            environment,
            launcher,
            build.getWorkspace(),
            node,
            node == null ? null : node.toComputer()
        };
    }

    @Override
    public void onSuccess(@CheckForNull Object result) {
        outcome.complete(result);
    }

    @Override
    public void onFailure(@NonNull Throwable why) {
        outcome.completeExceptionally(why);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateFuture(null);
    }

    @Override
    public void setResult(Result result) {
        build.setResult(result);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("no step for freestyle jobs has a body");
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
