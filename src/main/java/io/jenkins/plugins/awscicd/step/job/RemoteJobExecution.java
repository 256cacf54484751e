package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.JobExecution;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * The execution that all steps share: a {@link JobExecution} in the life of a Pipeline.
 *
 * <p>{@link #start} chooses a token, hands over to the engine's threads and returns. There, once the token is on disk, the job is
 * started with it, so a call that is made again after a restart starts nothing a second time. The job's id goes into the
 * {@link RunJournal} at once. {@link #onResume} goes on from there: with the id if there is one, else with the token.
 *
 * <p>No thread is held while AWS works, and nothing but plain data is kept with the program.
 *
 * @param <S> what is seen of a job
 */
public abstract class RemoteJobExecution<S extends Snapshot> extends StepExecution {

    private static final long serialVersionUID = 1L;

    /** Who we are to AWS, the configuration page's part included: what is set there later concerns later steps. */
    private final AwsAccess access;
    /** The stage that the step names, as it was when the step began; null for none. */
    private final ResolvedStage stage;
    /** Makes a start that is repeated the same start. */
    private final String token = UUID.randomUUID().toString();
    /** When the token was chosen, in milliseconds since the epoch. */
    private final long chosen = System.currentTimeMillis();
    /** Whether the Pipeline fails with the job. */
    private final boolean propagate;
    /** Whether an abort stops the job. */
    private final boolean stopOnAbort;
    /** The job's id; null until AWS has started it. The journal has it earlier, but is not as safe. */
    private volatile String id;
    /** How Jenkins finds the run, also one that was killed; null until the step is in it. */
    private volatile String run;
    /** Why the step was aborted; null if it was not. Kept, so that a restart does not undo the abort. */
    private volatile Throwable stopCause;

    private transient volatile PipelineJob<S> host;
    private transient volatile JobExecution<S> execution;

    public RemoteJobExecution(@NonNull StepContext context, @NonNull AwsStep step, @CheckForNull ResolvedStage stage) {
        super(context);
        this.access = step.access(stage);
        this.stage = stage;
        this.propagate = step.isPropagate();
        this.stopOnAbort = step.stopsOnAbort();
    }

    /** How the service is called in the console. */
    protected abstract String service();

    /** What the job is about, as long as AWS has not named it. */
    protected String subject() {
        return "";
    }

    /**
     * Fails unless the job may be begun: asks the {@link #gate} what can be asked before AWS is called. What is asked for the deployment
     * itself comes later.
     */
    protected abstract void admit();

    /** Makes the job, without starting it. */
    protected abstract PreparedJob<S> prepare(Connected<S> at);

    /** AWS has started the job: what was needed to do so can be forgotten. */
    protected void launched() {}

    /** How long the step may take; null if AWS alone limits the job. */
    @CheckForNull
    protected Duration timeout() {
        return null;
    }

    /** The id of the job, or its ARN, if it is at AWS before the step begins; null if the step starts one, or has found it. */
    @CheckForNull
    protected String followed() {
        return null;
    }

    /** The job's id; null if AWS has not started it, as far as is known. */
    @CheckForNull
    final String known() {
        return id;
    }

    /** Whether an abort stops the job. */
    final boolean stopsJob() {
        return stopOnAbort;
    }

    /** Who the step is to AWS. */
    final AwsAccess access() {
        return access;
    }

    /** The stage that the step names, as it was when the step began; null for none. */
    @CheckForNull
    protected final ResolvedStage stage() {
        return stage;
    }

    /** The name of the step's stage; null for none. */
    @CheckForNull
    protected final String stageName() {
        return stage == null ? null : stage.name();
    }

    /** The environment of Elastic Beanstalk that is the stage's own; null for none. */
    @CheckForNull
    protected final String stageEnvironment() {
        return stage == null ? null : stage.defaults().getEnvironment();
    }

    /** What lets the job into its stage. */
    protected final StageGate gate() {
        return host.gate();
    }

    /** The workspace that the step is in. */
    protected final WorkspaceSource files() {
        return new StepWorkspace(getContext());
    }

    protected final StartToken token() {
        return new StartToken(token, Instant.ofEpochMilli(chosen));
    }

    /** AWS has started the job. What starting it took is forgotten after the id is known, never before. */
    final void started(String startedId) {
        id = startedId;
        launched();
    }

    /** The run that the step is in. Blocks. */
    @NonNull
    final Run<?, ?> run() throws IOException, InterruptedException {
        try {
            Run<?, ?> found = getContext().get(Run.class);
            run = found.getExternalizableId();
            return found;
        } catch (IOException e) {
            // Pipeline knows of none that was killed before its program was there; what the step has at AWS is to be
            // stopped all the same.
            String known = run;
            Run<?, ?> killed = known == null ? null : Run.fromExternalizableId(known);
            if (killed == null || killed.isLogUpdated()) {
                throw e;
            }
            return killed;
        }
    }

    private JobExecution<S> makeExecution() {
        host = new PipelineJob<>(this);
        execution = new JobExecution<>(
                AwsConnections.get().engine().scheduler(),
                host,
                new JobExecution.Settings(Instant.ofEpochMilli(chosen), timeout(), propagate, stopOnAbort, followed()));
        return execution;
    }

    @Override
    public final boolean start() {
        makeExecution().begin();
        return false;
    }

    @Override
    public final void onResume() {
        synchronized (this) { // an abort comes before this, or to what goes on with the job already
            JobExecution<S> resumed = makeExecution();
            Throwable cause = stopCause;
            resumed.resume(id, cause, cause == null ? null : Interruptions.patience(cause));
        }
    }

    @Override
    public final void stop(@NonNull Throwable cause) {
        synchronized (this) {
            stopCause = cause;
            JobExecution<S> current = execution;
            if (current != null) {
                current.stop(cause, Interruptions.patience(cause));
                if (!stopOnAbort || followed() == null) { // else they are asked whether it may be stopped
                    host.unwanted();
                }
            }
        }
        getContext().saveState(); // or a restart would undo the abort
    }

    /**
     * The run is over, and this step with it.
     *
     * @param aborted whether somebody has aborted the run: Jenkins asks its steps to stop only while it has an executor for it, and kills
     *     it else
     */
    final void leave(boolean aborted) {
        if (aborted) {
            execution.leave(new FlowInterruptedException(Result.ABORTED));
        } else {
            execution.leave();
        }
    }

    @Override
    @NonNull
    public final String getStatus() {
        JobExecution<S> current = execution;
        return current == null ? "connecting to AWS" : current.status();
    }
}
