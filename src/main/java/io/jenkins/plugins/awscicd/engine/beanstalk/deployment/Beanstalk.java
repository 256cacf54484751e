package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.OwnUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepTurn;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.FollowedEnvironment;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.LabelMakers;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueues;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/** Elastic Beanstalk: application versions on environments, as remote jobs. */
public final class Beanstalk {

    private final TurnQueues<String> queues = new TurnQueues<>();
    private final OwnUpdates own = new OwnUpdates();
    private final LabelMakers makers = new LabelMakers();
    private final Scheduler scheduler;
    private final Watcher watcher;

    public Beanstalk(@NonNull Scheduler scheduler, @NonNull Watcher watcher) {
        this.scheduler = scheduler;
        this.watcher = watcher;
    }

    /**
     * A step's deployment, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param turn whose deployment it is
     * @param gate asked immediately before each call that changes what is served; not about what was asked for before a restart
     * @param files asked only if a workspace is deployed
     */
    @NonNull
    public PreparedUpdate prepare(
            @NonNull Connected<EnvironmentSnapshot> at,
            @NonNull BeanstalkRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull WorkspaceSource files) {
        UpdateJournal journal = UpdateJournal.of(at.journal());
        own.add(journal);
        Step step = new Step(
                at.session(),
                scheduler,
                watcher,
                at.console(),
                request,
                journal,
                token,
                new StepTurn(queues.of(at.session()), turn, journal),
                own,
                gate,
                false);
        return new PreparedUpdate(at, step, makers, files);
    }

    /** Reports what somebody else does with an environment, and does not stop it. */
    @NonNull
    public RemoteJob<EnvironmentSnapshot> follow(@NonNull Following at, @NonNull String environment) {
        return FollowedEnvironment.follow(scheduler, watcher, at, environment);
    }

    /**
     * What is in a version at this moment, in one line, as deployments of it are compared with: where its bundle is, with that object's
     * version or checksum. Blocks: not to be called on one of the engine's threads.
     *
     * @return null if there is no such version, or nothing pins what is in it
     * @throws AwsCallException if AWS cannot be asked
     */
    @CheckForNull
    public static String content(@NonNull AwsSession session, @NonNull String application, @NonNull String label)
            throws InterruptedException {
        return S3Content.call(session, () -> VersionContent.read(session, application, label));
    }

    /** The same of the bundle that a request makes a version of. */
    @CheckForNull
    public static String content(@NonNull AwsSession session, @NonNull BeanstalkRequest request)
            throws InterruptedException {
        S3Location bundle = request.bundle();
        return bundle == null ? null : S3Content.call(session, () -> VersionContent.read(session, bundle));
    }
}
