package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.BlueGreenArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Prepared;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.BlueGreen;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.CloneStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.Discard;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.PreparedStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.TwinStart;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepTurn;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.EnvironmentUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.RollBack;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.Sequel;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.UpdateAndSequel;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.LabelMakers;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.WorkspaceBundle;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.HeldTurn;
import io.jenkins.plugins.awscicd.engine.job.execution.RequestedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A version that is to be deployed to an environment for a step, or was. */
public final class PreparedUpdate extends RequestedJob<EnvironmentSnapshot, BeanstalkRequest> {

    private final Step step;
    private final LabelMakers makers;
    private final WorkspaceSource files;
    private final Sequel sequel;
    private final UpdateAndSequel whole;
    private final RemoteJob<EnvironmentSnapshot> job;

    PreparedUpdate(Connected<EnvironmentSnapshot> at, Step step, LabelMakers makers, WorkspaceSource files) {
        super(at, step::request, step.token());
        this.step = step;
        this.makers = makers;
        this.files = files;
        this.sequel = sequel(step);
        this.whole = new UpdateAndSequel(step, step.request().health(), sequel);
        HeldTurn<EnvironmentSnapshot> held = new HeldTurn<>(step.turn().queue());
        this.job = whole.job(held.of(whole), held.of(at.listener()));
    }

    /** What follows the update. */
    private static Sequel sequel(Step step) {
        BlueGreenArguments arguments = step.request().blueGreen();
        if (arguments.discards()) {
            return new Discard(step);
        }
        Sequel rollBack = arguments.rollsBack() && !arguments.clones() ? new RollBack(step) : Sequel.NONE;
        return arguments.asked() ? new BlueGreen(step, rollBack) : rollBack;
    }

    @Override
    public RemoteJob<EnvironmentSnapshot> job() {
        return job;
    }

    /** Once there is a version its bundle is not needed any more. */
    @Override
    public boolean uploads() {
        return asked().fromWorkspace() && !step.journal().hasLabel();
    }

    @Override
    protected BeanstalkRequest upload(BeanstalkRequest request) throws IOException, InterruptedException {
        return new WorkspaceBundle(step).upload(files.workspace(), files.uploads());
    }

    @Override
    protected CompletableFuture<JobResult> start(BeanstalkRequest ready, boolean again) {
        job.start(starter(ready, again));
        return null;
    }

    /**
     * Makes the version and has the environment updated to it, or made, when the turn of the deployment has come.
     *
     * @param ready the request with the bundle where it is now
     * @param again whether it may have been begun already, before a restart
     */
    @NonNull
    public JobStarter starter(@NonNull BeanstalkRequest ready, boolean again) {
        Step begun = step.begin(ready, again);
        if (!again) {
            ready.doubts().forEach(step.console()::line);
        }
        ApplicationVersions versions = new ApplicationVersions(begun, makers);
        BlueGreenArguments arguments = ready.blueGreen();
        if (!arguments.asked()) {
            return new EnvironmentUpdate(begun, Set.of(StepTurn.environment(ready.environment())), versions, now -> {});
        }
        Prepared prepared = arguments.discards() ? arguments.discarded() : arguments.continued();
        if (prepared != null) {
            return new PreparedStart(begun, prepared);
        }
        return arguments.clones() ? new CloneStart(begun, versions) : new TwinStart(begun, versions);
    }

    @Override
    public BeanstalkResult result(List<EnvironmentSnapshot> environments) {
        EnvironmentSnapshot last = environments.get(environments.size() - 1);
        UpdateJournal journal = step.journal();
        return new BeanstalkResult(
                last,
                journal.label(),
                journal.previous(),
                Sides.kept(journal),
                AwsConsole.environment(step.session().region(), last.id()),
                whole.cause(last),
                whole.causes(),
                journal.deployedBy(),
                sequel.hasSwapped(),
                sequel.rolledBackTo());
    }

    @Override
    public Verdict verdict(List<EnvironmentSnapshot> environments) {
        BeanstalkResult result = result(environments);
        String cause = result.getCause();
        BlueGreenArguments blueGreen = asked().blueGreen();
        boolean goesLive = blueGreen.asked() && blueGreen.swaps() && !blueGreen.discards();
        if (cause == null && goesLive && !result.isSwapped()) { // somebody has stopped it before
            return new Verdict(
                    Verdict.End.STOPPED,
                    result.getVersionLabel() + " on " + result.getEnvironment() + " did not go live",
                    result.getConsoleUrl());
        }
        return cause == null
                ? new Verdict(Verdict.End.SUCCEEDED, result.toString(), result.getConsoleUrl())
                : new Verdict(
                        Verdict.End.FAILED,
                        result.getVersionLabel() + " to " + result.getEnvironment() + " failed: " + cause,
                        result.getConsoleUrl());
    }
}
