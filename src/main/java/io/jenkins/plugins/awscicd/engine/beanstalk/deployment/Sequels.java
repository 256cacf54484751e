package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BlueGreenArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.BlueGreen;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.Discard;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.OwnUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.FollowedUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.LiveCalls;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.PreviousVersion;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.RollBack;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.Sequel;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.StepTurn;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.function.Function;

/** What follows an update within the same step, as the step's arguments have it. */
record Sequels(
        @NonNull AwsSession session,
        @NonNull Scheduler scheduler,
        @NonNull Watcher watcher,
        @NonNull BeanstalkRequest request,
        @NonNull Journal journal,
        @NonNull JobConsole console) {

    /**
     * What is to follow; null if nothing is.
     *
     * @param followed makes an update that is followed, of its journal
     */
    @CheckForNull
    Sequel after(
            @NonNull LiveCalls live,
            @NonNull StepTurn turn,
            @NonNull OwnUpdates own,
            @NonNull Function<Journal, FollowedUpdate> followed) {
        BlueGreenArguments arguments = request.blueGreen();
        if (arguments.discards()) {
            return new Discard(session, scheduler, journal, console, live.gate());
        }
        RollBack rollBack = null;
        if (arguments.rollsBack() && !arguments.clones()) {
            UpdateJournal part = UpdateJournal.of(journal).rollBack();
            rollBack = new RollBack(
                    session,
                    scheduler,
                    journal,
                    part,
                    console,
                    followed.apply(part),
                    new PreviousVersion(session, journal, part, live, turn.turn(), own));
        }
        return arguments.asked()
                ? new BlueGreen(
                        session,
                        scheduler,
                        watcher,
                        new EnvironmentService(),
                        request,
                        journal,
                        console,
                        live,
                        turn,
                        rollBack)
                : rollBack;
    }
}
