package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.FollowedUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.LiveCalls;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.StepTurn;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.UpdateAndSequel;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.List;

/** A version on its way to an environment, and what came of it in the end. */
public final class EnvironmentDeployment {

    private final AwsSession session;
    private final JobConsole console;
    private final UpdateJournal journal;
    private final RemoteJob<EnvironmentSnapshot> job;
    private final FollowedUpdate update;
    private final UpdateAndSequel whole;
    private final StepTurn turn;
    private final LiveCalls live;

    /** @param whole null if nothing follows the update */
    EnvironmentDeployment(
            AwsSession session,
            JobConsole console,
            Journal journal,
            RemoteJob<EnvironmentSnapshot> job,
            FollowedUpdate update,
            @CheckForNull UpdateAndSequel whole,
            StepTurn turn,
            LiveCalls live) {
        this.session = session;
        this.console = console;
        this.journal = UpdateJournal.of(journal);
        this.job = job;
        this.update = update;
        this.whole = whole;
        this.turn = turn;
        this.live = live;
    }

    @NonNull
    public RemoteJob<EnvironmentSnapshot> job() {
        return job;
    }

    AwsSession session() {
        return session;
    }

    JobConsole console() {
        return console;
    }

    Journal journal() {
        return journal;
    }

    StepTurn turn() {
        return turn;
    }

    LiveCalls live() {
        return live;
    }

    /** What a Jenkinsfile gets, of what the job's listener was told. */
    @NonNull
    public BeanstalkResult result(@NonNull List<EnvironmentSnapshot> environments) {
        EnvironmentSnapshot last = environments.get(environments.size() - 1);
        Sides sides = Sides.kept(journal);
        String previous = journal.previous().isEmpty() ? null : journal.previous();
        return new BeanstalkResult(
                last,
                journal.label(),
                sides == null ? previous : sides.blueLabel(),
                AwsConsole.environment(session.region(), last.id()),
                whole == null ? update.course().cause(last) : whole.cause(last),
                update.report().causes(),
                journal.deployedBy(),
                whole == null ? BeanstalkResult.Aftermath.NONE : whole.aftermath());
    }
}
