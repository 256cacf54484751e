package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.BundleException;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
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
abstract class RemoteJobExecution<S extends Snapshot> extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(RemoteJobExecution.class.getName());

    /** Who we are to AWS, the configuration page's part included: what is set there later concerns later steps. */
    private final AwsAccess access;
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
    private transient volatile RemoteJob<S> job;
    /** An upload under way on a thread of its own. */
    private transient volatile Future<?> upload;
    /** The step has ended for Pipeline. */
    private transient boolean completed;

    RemoteJobExecution(@NonNull StepContext context, @NonNull AwsStep step) {
        super(context);
        this.access = step.access();
        this.propagate = step.isPropagate();
        this.stopOnAbort = !"leave".equals(step.getOnAbort());
    }

    /** How the service is called in the console. */
    abstract String service();

    /** Makes the job. */
    abstract RemoteJob<S> job(
            AwsSession session, JobConsole console, RunJournal journal, RemoteJob.Listener<S> listener);

    /**
     * Starts the job; may block on {@link #uploading}.
     *
     * @param again whether this may have been done before, before a restart
     */
    abstract void launch(RemoteJob<S> job, AwsSession session, JobConsole console, boolean again)
            throws IOException, InterruptedException;

    /** AWS has started the job: what was needed to do so can be forgotten. */
    abstract void launched();

    /**
     * What the script gets.
     *
     * @param jobs the job as it ended, and after it those that AWS has started in its place
     */
    abstract JobResult result(AwsSession session, List<S> jobs);

    /** How the job ended, for Jenkins: {@link Result#SUCCESS} or what the run becomes. */
    abstract Verdict verdict(AwsSession session, List<S> jobs);

    /** A job's end in Jenkins' terms. */
    record Verdict(
            @NonNull Result result,
            @NonNull String reason,
            @CheckForNull String url) {}

    final String token() {
        return token;
    }

    final boolean isAborted() {
        return stopCause != null;
    }

    final Instant chosen() {
        return Instant.ofEpochMilli(chosen);
    }

    @Override
    public final boolean start() {
        AwsConnections.get().engine().scheduler().execute(() -> prepare(false));
        return false;
    }

    @Override
    public final void onResume() {
        AwsConnections.get().engine().scheduler().execute(() -> prepare(true));
    }

    /** On the engine's threads: connects, and goes on from where the step is. */
    private void prepare(boolean again) {
        try {
            run = getContext().get(Run.class);
            LeftBehind.get().started(run, this);
            PipelineConsole console = new PipelineConsole(getContext().get(TaskListener.class), service());
            journal = new RunJournal(run, token);
            session = AwsConnections.get().open(access, run);
            job = job(session, console, journal, new JobListener());
            String known = journal.id() == null ? id : journal.id();
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
        try {
            launch(job, session, console, again);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** Runs something that blocks on a thread of its own; an abort of the step interrupts it. */
    final void uploading(BlockingWork work) {
        Future<?> submitted = AwsConnections.get().uploads().submit(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            } catch (InterruptedException e) {
                fail(new AbortException(Messages.RemoteJobExecution_uploadInterrupted()));
            }
        });
        upload = submitted;
        if (stopCause != null) {
            cancelUpload();
        }
    }

    /** The job was started before a restart, under this id. */
    final void found(RemoteJob<S> ofOurs, String startedId) {
        journal.started(startedId);
        started(startedId);
        ofOurs.resume(startedId);
    }

    /** An upload that is taken back may never have begun, and then tells nobody: so this does. */
    private void cancelUpload() {
        Future<?> uploading = upload;
        if (uploading != null && uploading.cancel(true)) {
            fail(new AbortException(Messages.RemoteJobExecution_uploadInterrupted()));
        }
    }

    /** AWS has started the job. What starting it took is forgotten after the id is known, never before. */
    private void started(String startedId) {
        id = startedId;
        launched();
    }

    /** Work that blocks and can be interrupted. */
    @FunctionalInterface
    interface BlockingWork {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public final void stop(@NonNull Throwable cause) {
        stopCause = cause;
        if (job != null) {
            stopJob(cause);
        }
        getContext().saveState(); // or a restart would undo the abort
    }

    private void stopJob(Throwable cause) {
        if (stopOnAbort) {
            job.stop();
        } else {
            job.abandon();
            complete(context -> context.onFailure(cause));
        }
        cancelUpload();
    }

    /** The run is over, and this step with it. */
    final void leave() {
        if (job != null) {
            job.abandon();
        }
        complete(context -> {});
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
        Throwable cause = stopCause;
        if (cause != null) { // also if the job came to a good end: the script must not go on
            complete(context -> context.onFailure(cause));
            return;
        }
        Verdict verdict = verdict(session, jobs);
        if (verdict.result() == Result.SUCCESS || !propagate) {
            JobResult result = result(session, jobs);
            complete(context -> context.onSuccess(result));
        } else {
            mark(verdict);
            complete(context -> context.onFailure(exception(verdict)));
        }
    }

    /**
     * A failure is a plain one, so that catchError can make of it what the script says: of an exception with a result of its
     * own it would not. Any other result needs that; but it is no interruption, and can be retried.
     */
    private static Exception exception(Verdict verdict) {
        return verdict.result() == Result.FAILURE
                ? new AbortException(verdict.reason())
                : new FlowInterruptedException(
                        verdict.result(), false, new JobFailure(verdict.reason(), verdict.url()));
    }

    /** Shows in the graph that this step is the one that went wrong, whatever the script makes of it. */
    private void mark(Verdict verdict) {
        try {
            FlowNode node = getContext().get(FlowNode.class);
            node.addOrReplaceAction(new WarningAction(verdict.result()).withMessage(verdict.reason()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot mark a step", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Throwable why) {
        Throwable cause = stopCause;
        LOGGER.log(Level.FINE, "A step failed", why);
        Throwable failure = cause == null ? told(why) : cause;
        complete(context -> context.onFailure(failure));
    }

    /**
     * What we have put into words is shown without a stack trace. The rest is passed on as it is: a lost agent, say, is for
     * retry to recognize.
     */
    private static Throwable told(Throwable why) {
        BundleException ofBundle = BundleException.in(why);
        if (ofBundle != null) {
            return new AbortException(ofBundle.getMessage());
        }
        boolean inWords = why instanceof AwsCallException
                || why instanceof IllegalArgumentException
                || why instanceof CancellationException;
        return inWords ? new AbortException(why.getMessage()) : why;
    }

    private void complete(Consumer<StepContext> outcome) {
        synchronized (this) {
            // While Jenkins goes down, calls fail for that reason alone: after the restart the step goes on.
            if (completed || AwsConnections.get().isClosing()) {
                return;
            }
            completed = true;
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
