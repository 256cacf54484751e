package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.Superseded;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * The execution that all steps share: a {@link RemoteJob} in the life of a Pipeline.
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

    /** In the journal: the guards of stages have let it begin. */
    private static final String ADMITTED = "admitted";

    private static final Logger LOGGER = Logger.getLogger(RemoteJobExecution.class.getName());

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
    /** Why the step was aborted; null if it was not. Kept, so that a restart does not undo the abort. */
    private volatile Throwable stopCause;

    private transient Run<?, ?> run;
    private transient AwsSession session;
    private transient RunJournal journal;
    /** Keeps what was deployed; null if this does not deploy. */
    private transient volatile DeploymentMemory<S> memory;
    /** Where the run's page has it from how far the job is. */
    private transient volatile JobProgress progress;

    private transient PipelineConsole console;
    private transient volatile StageGate gate;

    private transient volatile RemoteJob<S> job;
    /** An upload under way on a thread of its own. */
    private transient volatile WorkspaceWork upload;
    /** Ends the step when its time is over; null if it may take as long as it likes. */
    private transient Scheduler.Task timeoutAlarm;
    /** The step's time was over before the job was. */
    private transient volatile boolean timedOut;
    /** The step has ended for Pipeline. */
    private transient volatile boolean completed;

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

    /** Makes the job. */
    protected abstract RemoteJob<S> job(
            AwsSession session, JobConsole console, RunJournal journal, RemoteJob.Listener<S> listener);

    /**
     * Starts the job; {@link #fromWorkspace} if files are needed for it.
     *
     * @param again whether this may have been done before, before a restart
     */
    protected abstract void launch(RemoteJob<S> job, AwsSession session, JobConsole console, boolean again);

    /** AWS has started the job: what was needed to do so can be forgotten. */
    protected void launched() {}

    /** How long the step may take; null if AWS alone limits the job. */
    @CheckForNull
    protected Duration timeout() {
        return null;
    }

    /**
     * What the script gets.
     *
     * @param jobs the job as it ended, and after it those that AWS has started in its place
     */
    protected abstract JobResult result(AwsSession session, List<S> jobs);

    /** How the job ended, for Jenkins: {@link Result#SUCCESS} or what the run becomes. */
    protected abstract Verdict verdict(AwsSession session, List<S> jobs);

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
        return gate;
    }

    protected final String token() {
        return token;
    }

    /** Whether the job is no longer wanted: the step was aborted, or its time is over. */
    protected final boolean isAborted() {
        return stopCause != null || timedOut;
    }

    protected final Instant chosen() {
        return Instant.ofEpochMilli(chosen);
    }

    @Override
    public final boolean start() {
        connect(false);
        return false;
    }

    @Override
    public final void onResume() {
        connect(true);
    }

    /** What gives out the step's credentials may take its time: nobody waits for it who has others. */
    private void connect(boolean again) {
        String party = String.valueOf(access.credentialsId());
        AwsConnections.get().engine().clients().connect(party, () -> prepare(again));
    }

    /** On the engine's threads for what blocks: connects, and goes on from where the step is. */
    private void prepare(boolean again) {
        try {
            run = getContext().get(Run.class);
            LeftBehind.get().started(run, this);
            console = new PipelineConsole(getContext().get(TaskListener.class), service());
            journal = new RunJournal(run, token);
            progress = new JobProgress(run, token, service(), subject(), stageName(), chosen());
            new Connecting(access, run, console, () -> !completed, opened -> goOn(opened, again), this::fail)
                    .connect(again);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** Connected: goes on from where the step is. */
    private void goOn(AwsSession opened, boolean again) {
        synchronized (this) {
            if (completed) { // ended by force in the meantime
                opened.close();
                return;
            }
            session = opened;
        }
        try {
            String known = journal.id() == null ? id : journal.id();
            gate = new StageGate(run, stage, access, session, console);
            // What was begun before a restart was let through then.
            if (known == null && stopCause == null && !journal.read().containsKey(ADMITTED)) {
                gate.admitIdentity();
                admit();
                journal.write(Map.of(ADMITTED, "true"));
            }
            memory = DeploymentMemory.of(this, run, session);
            job = job(session, console, journal, new JobListener());
            if (completed) {
                job.abandon();
                return;
            }
            setTimeout(console);
            if (stopCause != null) {
                stopJob(stopCause);
            }
            if (known != null) {
                started(known);
                job.resume(known);
            } else if (stopCause != null && !(again && stopOnAbort)) {
                fail(new AbortException(Messages.RemoteJobExecution_abortedBeforeStart()));
            } else {
                StateSaver.get()
                        .afterSave(
                                getContext(),
                                AwsConnections.get().engine().scheduler()::execute,
                                () -> launchOrFail(console, again));
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private void launchOrFail(JobConsole console, boolean again) {
        if (completed) {
            return;
        }
        try {
            launch(job, session, console, again);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /**
     * Has files of the workspace uploaded before the job is started.
     *
     * @param startedBefore looks for the job after a restart; blocks
     * @param work uploads and starts
     */
    protected final void fromWorkspace(
            RemoteJob<S> ofOurs, boolean again, Supplier<Optional<String>> startedBefore, WorkspaceWork.Work work) {
        upload = WorkspaceWork.begin(
                () -> {
                    // Before the agent is needed: it may be gone by now, while the job runs.
                    Optional<String> known = again ? startedBefore.get() : Optional.empty();
                    if (known.isPresent()) {
                        found(ofOurs, known.get());
                    } else {
                        WorkspaceWork.run(getContext(), work);
                    }
                },
                this::fail);
        if (stopCause != null || timedOut || completed) {
            upload.cancel();
        }
    }

    /** The job was started before a restart, under this id. */
    private void found(RemoteJob<S> ofOurs, String startedId) {
        journal.started(startedId);
        started(startedId);
        ofOurs.resume(startedId);
    }

    /** AWS has started the job. What starting it took is forgotten after the id is known, never before. */
    private void started(String startedId) {
        id = startedId;
        launched();
        DeploymentMemory<S> remembering = memory;
        if (remembering != null) {
            remembering.started(startedId);
        }
    }

    @Override
    public final void stop(@NonNull Throwable cause) {
        stopCause = cause;
        if (job != null) {
            stopJob(cause);
        } else {
            AwsConnections.get().engine().scheduler().schedule(Interruptions.PATIENCE, () -> stopConnecting(cause));
        }
        getContext().saveState(); // or a restart would undo the abort
    }

    /** There is nobody to ask AWS to stop the job, and whoever has aborted the step waits. */
    private void stopConnecting(Throwable cause) {
        if (job != null || completed) {
            return;
        }
        if (id != null && console != null) {
            console.line(Messages.RemoteJobExecution_notConnected(id));
        }
        JobProgress seen = progress;
        if (seen != null) {
            seen.stopped(null);
        }
        complete(context -> context.onFailure(cause));
    }

    private void stopJob(Throwable cause) {
        if (stopOnAbort && Interruptions.areForced(cause)) {
            job.stop(Interruptions.PATIENCE);
        } else if (stopOnAbort) {
            job.stop();
        } else {
            job.abandon();
            progress.stopped(null);
            complete(context -> context.onFailure(cause));
        }
        cancelUpload();
    }

    private void cancelUpload() {
        WorkspaceWork uploading = upload;
        if (uploading != null) {
            uploading.cancel();
        }
    }

    /** The step's time is over: a timeout is never a success, whatever becomes of the job. */
    private void timeOut(JobConsole console) {
        timedOut = true;
        console.line(timeoutInWords());
        if (stopOnAbort) {
            job.stop();
        } else {
            job.abandon();
            fail(new CancellationException());
        }
        cancelUpload();
    }

    private String timeoutInWords() {
        Duration limit = timeout();
        return Messages.RemoteJobExecution_timedOut(Durations.inWords(limit == null ? Duration.ZERO : limit));
    }

    private void setTimeout(JobConsole console) {
        Duration limit = timeout();
        if (limit != null) {
            Scheduler scheduler = AwsConnections.get().engine().scheduler();
            Duration left = Duration.between(scheduler.now(), chosen().plus(limit));
            timeoutAlarm = scheduler.schedule(left.isNegative() ? Duration.ZERO : left, () -> timeOut(console));
        }
    }

    /** The run is over, and this step with it. */
    protected final void leave() {
        complete(context -> {}); // first: what is connecting at this moment sees one or the other
        if (job != null) {
            job.abandon();
        }
        cancelUpload();
    }

    @Override
    @NonNull
    public final String getStatus() {
        RemoteJob<S> current = job;
        return current == null ? "connecting to AWS" : current.status();
    }

    private final class JobListener implements RemoteJob.Listener<S> {

        @Override
        public void started(String startedId) {
            journal.started(startedId);
            RemoteJobExecution.this.started(startedId);
        }

        @Override
        public void observed(S now) {
            progress.observed(now.progress(session));
        }

        @Override
        public void ended(List<S> jobs) {
            try {
                conclude(jobs);
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        @Override
        public void failed(RuntimeException why) {
            fail(why);
        }
    }

    private void conclude(List<S> jobs) {
        DeploymentMemory<S> remembering = memory;
        if (remembering != null) {
            remembering.ended(jobs); // first: what the script does next may depend on it
        }
        Throwable cause = stopCause;
        Verdict verdict = inTime(verdict(session, jobs));
        progress.concluded(verdict);
        if (cause != null) { // also if the job came to a good end: the script must not go on
            complete(context -> context.onFailure(cause));
            return;
        }
        if (verdict.result() == Result.SUCCESS || !propagate) {
            JobResult result = result(session, jobs);
            complete(context -> context.onSuccess(result));
        } else {
            complete(context -> StepFailures.fail(context, verdict));
        }
    }

    private Verdict inTime(Verdict verdict) {
        return timedOut
                ? new Verdict(Result.FAILURE, timeoutInWords() + ": " + verdict.reason(), verdict.url())
                : verdict;
    }

    /** There was no job to watch, and nothing more is to be done. */
    protected final void finish(JobResult result) {
        Throwable cause = stopCause;
        progress.done();
        complete(context -> {
            if (cause == null) {
                context.onSuccess(result);
            } else {
                context.onFailure(cause);
            }
        });
    }

    protected final void fail(Throwable why) {
        Throwable cause = stopCause;
        LOGGER.log(Level.FINE, "A step failed", why);
        JobProgress seen = progress;
        if (seen != null) {
            tellFailure(seen, why);
        }
        if (cause != null) {
            complete(context -> context.onFailure(cause));
        } else if (timedOut) {
            complete(context -> context.onFailure(new AbortException(timeoutInWords())));
        } else if (why instanceof Superseded) {
            Verdict verdict = new Verdict(Result.NOT_BUILT, why.getMessage(), null);
            complete(context -> StepFailures.fail(context, verdict));
        } else {
            complete(context -> context.onFailure(StepFailures.told(why)));
        }
    }

    private void tellFailure(JobProgress seen, Throwable why) {
        if (stopCause != null || why instanceof Superseded) {
            seen.stopped(why.getMessage());
        } else {
            seen.failed(timedOut ? timeoutInWords() : why.getMessage());
        }
    }

    private void complete(Consumer<StepContext> outcome) {
        synchronized (this) {
            // While Jenkins goes down, calls fail for that reason alone: after the restart the step goes on.
            if (completed || AwsConnections.get().isClosing()) {
                return;
            }
            completed = true;
        }
        if (timeoutAlarm != null) {
            timeoutAlarm.cancel();
        }
        DeploymentMemory<S> remembering = memory;
        if (remembering != null) {
            remembering.over();
        }
        if (session != null) {
            session.close();
        }
        if (run != null) {
            LeftBehind.get().ended(run, this);
        }
        outcome.accept(getContext());
    }
}
