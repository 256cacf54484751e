package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.delivery.run.UsualDuration;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.job.execution.Outcome;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What Jenkins is to a step's job: its run, console, journal, guards and agent, and who keeps what becomes of it.
 *
 * @param <S> what is seen of the job
 */
@SuppressFBWarnings(
        value = "UWF_FIELD_NOT_INITIALIZED_IN_CONSTRUCTOR",
        justification = "place and connected come before all that is asked of it")
final class PipelineJob<S extends Snapshot> implements JobHost<S> {

    private final RemoteJobExecution<S> step;
    private volatile Run<?, ?> run;
    private volatile JobConsole console;
    private volatile RunJournal journal;
    private volatile AwsSession session;
    private volatile StageGate gate;
    /** Keeps what was deployed; null if this does not deploy. */
    private volatile DeploymentMemory<S> memory;
    /** Where the run's page has it from how far the job is; null if the run has ended. */
    private volatile JobProgress progress;
    /** What jobs like this one have taken before; null if that is not known. */
    private volatile Duration usual;

    PipelineJob(@NonNull RemoteJobExecution<S> step) {
        this.step = step;
    }

    /** What gives out the step's credentials may take its time: nobody waits for it who has others. */
    @Override
    public void connecting(Runnable work) {
        String party = String.valueOf(step.access().credentialsId());
        AwsConnections.get().engine().clients().connect(party, work);
    }

    @Override
    public Place place() throws IOException, InterruptedException {
        Run<?, ?> found = step.run();
        String token = step.token().token();
        RunJournal kept = new RunJournal(found, token); // read before the run's end deletes it
        TaskListener listener = listener(found);
        boolean goesOn = listener != TaskListener.NULL;
        PipelineConsole ofStep = new PipelineConsole(listener, step.service());
        console = ofStep;
        run = found;
        journal = kept;
        String stage = step.stageName();
        if (stage != null && kept.read().isEmpty()) { // else it was named before a restart
            ofStep.open(stage);
        }
        if (goesOn) {
            NotResumed.get().began(step);
            progress = new JobProgress(
                    found,
                    token,
                    step.service(),
                    step.subject(),
                    step.stageName(),
                    step.token().chosen());
            usual = UsualDuration.of(found, step.service(), step.subject(), step.stageName());
            progress.usual(usual);
        } else {
            kept.delete();
        }
        return new Place(ofStep, kept);
    }

    /** {@link TaskListener#NULL} if the run has ended, or does so now: the step is left then, and stops what it has at AWS. */
    private TaskListener listener(Run<?, ?> found) throws IOException, InterruptedException {
        if (!LeftBehind.get().started(found, step)) {
            return TaskListener.NULL;
        }
        try {
            return step.getContext().get(TaskListener.class);
        } catch (IOException e) {
            // A run that is being killed has no program any more, which is a moment before it ends.
            if (LeftBehind.get().ended(found, step)) {
                throw e; // its end, if it comes, says what may still run
            }
            return TaskListener.NULL;
        }
    }

    @Override
    public AwsSession open() {
        return AwsConnections.get().open(step.access(), run);
    }

    @Override
    public void connected(AwsSession opened) {
        session = opened;
        gate = new StageGate(run, step.stage(), step.access(), opened, console);
    }

    /** The step is aborted: guards need not be waited for any longer. */
    void unwanted() {
        StageGate asked = gate;
        if (asked != null) {
            asked.leave();
        }
    }

    /** What lets the job into its stage. */
    StageGate gate() {
        return gate;
    }

    @Override
    public void admit() {
        gate.admitIdentity();
        step.admit();
    }

    @Override
    public PreparedJob<S> prepare(Connected<S> at) {
        memory = DeploymentMemory.of(step, run, at.session());
        return step.prepare(at);
    }

    @Override
    public void afterSave(Runnable task) throws IOException, InterruptedException {
        StateSaver.get()
                .afterSave(step.getContext(), AwsConnections.get().engine().scheduler()::execute, task);
    }

    @Override
    public Scheduler.Task upload(Blocking work, Consumer<Throwable> failed) {
        return WorkspaceWork.begin(work, failed);
    }

    @Override
    public boolean isClosing() {
        return AwsConnections.get().isClosing();
    }

    @Override
    public void started(String id) {
        step.started(id);
        DeploymentMemory<S> remembering = memory;
        if (remembering != null) {
            remembering.started(id);
        }
    }

    @Override
    public void observed(S now) {
        JobProgress shown = progress;
        if (shown != null) {
            shown.observed(now.progress(session));
        }
    }

    @Override
    public Duration usual() {
        return usual;
    }

    @Override
    public void ended(List<S> jobs) {
        DeploymentMemory<S> remembering = memory;
        if (remembering != null) {
            remembering.ended(jobs); // before its end: what the script does next may depend on it
        }
    }

    @Override
    public void over() {
        DeploymentMemory<S> remembering = memory;
        if (remembering != null) {
            remembering.over();
        }
        Run<?, ?> ended = run;
        RunJournal kept = journal;
        if (kept != null && ended.isLogUpdated()) {
            kept.over();
        }
        if (ended != null) {
            LeftBehind.get().ended(ended, step);
        }
    }

    @Override
    public void concluded(Outcome outcome) {
        JobProgress seen = progress;
        try {
            if (seen != null) {
                seen.concluded(outcome.verdict());
            }
        } finally {
            StepFailures.conclude(step.getContext(), outcome);
        }
    }
}
