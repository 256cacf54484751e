package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that looks at something at AWS once, and returns what it has seen. After a restart it looks again. Nothing of it is done on the
 * program's thread.
 *
 * @param <T> what is seen
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "after a restart it begins anew, and one that has ended does not go on")
public abstract class LookExecution<T> extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final AwsAccess access;
    private final ResolvedStage stage;

    private transient boolean ended;

    private transient volatile StageGate gate;

    protected LookExecution(
            @NonNull StepContext context, @NonNull AwsAccessStep step, @CheckForNull ResolvedStage stage) {
        super(context);
        this.access = step.access(stage);
        this.stage = stage;
    }

    /** Who the step is to AWS: what it was made with, unless that is found out only now. May wait. */
    @NonNull
    protected AwsAccess access(@NonNull Run<?, ?> run) throws IOException {
        return access;
    }

    /** How the service is called in the console. */
    protected abstract String service();

    /** Fails unless what is looked at may be looked at: asked before AWS is called. */
    protected abstract void admit(@NonNull StageGate asked);

    /** Looks, and asks the gate about what only AWS can tell. */
    @NonNull
    protected abstract CompletableFuture<T> look(@NonNull AwsSession session, @NonNull StageGate asked);

    @Override
    public final boolean start() {
        begin();
        return false;
    }

    @Override
    public final void onResume() {
        begin();
    }

    private void begin() {
        AwsConnections.get().engine().clients().connect(String.valueOf(access.credentialsId()), this::connect);
    }

    private void connect() {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            PipelineConsole console = new PipelineConsole(getContext().get(TaskListener.class), service());
            AwsAccess used = access(run);
            AwsSession session = AwsConnections.get().open(used, run);
            try {
                StageGate asked = new StageGate(run, stage, used, session, console);
                gate = asked;
                asked.admitIdentity();
                admit(asked);
                look(session, asked).whenComplete((seen, failure) -> {
                    session.close();
                    console.close();
                    if (failure == null) {
                        end(context -> context.onSuccess(seen));
                    } else {
                        failed(AwsCallException.unwrap(failure));
                    }
                });
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(e);
        }
    }

    private void failed(Throwable why) {
        if (!AwsConnections.get().isClosing()) { // else it looks again after the restart
            end(context -> context.onFailure(StepFailures.reported(why)));
        }
    }

    private void end(Consumer<StepContext> outcome) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        outcome.accept(getContext());
    }

    @Override
    public final void stop(@NonNull Throwable cause) {
        StageGate asked = gate;
        if (asked != null) {
            asked.leave();
        }
        end(context -> context.onFailure(cause));
    }

    @Override
    @NonNull
    public final String getStatus() {
        return "looking at AWS";
    }
}
