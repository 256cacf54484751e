package io.jenkins.plugins.awscicd.engine;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.engine.access.AwsClients;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.CallThreads;
import io.jenkins.plugins.awscicd.engine.access.http.HttpProxy;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.CloudFormation;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSets;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BuildBatches;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codepipeline.CodePipeline;
import io.jenkins.plugins.awscicd.engine.events.EventListener;
import io.jenkins.plugins.awscicd.engine.events.JobEvents;
import io.jenkins.plugins.awscicd.engine.events.QueueAddress;
import io.jenkins.plugins.awscicd.engine.events.QueuePoller;
import io.jenkins.plugins.awscicd.engine.notify.Sns;
import io.jenkins.plugins.awscicd.engine.time.PoolScheduler;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The engine put together: connections, the one poller, and the services. One per process; holds no job of its own.
 */
public final class AwsEngine implements AutoCloseable {

    /** All of the engine's waiting, polling and telling is done on so many threads; calls have theirs beside them. */
    static final int THREADS = 3;

    static final String NAME = "AWS CI/CD engine";

    private final Scheduler scheduler;
    private final AwsClients clients;
    private final CodeBuild codeBuild;
    private final BuildBatches buildBatches;
    private final CodeDeploy codeDeploy;
    private final CloudFormation cloudFormation;
    private final StackSets stackSets;
    private final CodePipeline codePipeline;
    private final Beanstalk beanstalk;
    private final Sns sns;
    private final EventListener jobEvents;

    /**
     * @param scheduler time and threads
     * @param proxy asked for each new session; gives null for no proxy
     * @param over what is put over each client that connects
     * @param trusted whether an administrator has named this endpoint
     * @param addresses asked for each new session: where services are called if its access names no endpoint
     * @param userAgent what AWS is told of who calls
     */
    public AwsEngine(
            @NonNull Scheduler scheduler,
            @NonNull Supplier<HttpProxy> proxy,
            @NonNull UnaryOperator<SdkHttpClient> over,
            @NonNull Predicate<URI> trusted,
            @NonNull Supplier<Addresses> addresses,
            @NonNull String userAgent) {
        this.scheduler = scheduler;
        clients = new AwsClients(scheduler, proxy, over, trusted, addresses, userAgent);
        Watcher watcher =
                new Watcher(scheduler, () -> ThreadLocalRandom.current().nextDouble(0.9, 1.1));
        codeBuild = new CodeBuild(scheduler, watcher);
        buildBatches = new BuildBatches(scheduler, watcher, codeBuild);
        codeDeploy = new CodeDeploy(scheduler, watcher);
        cloudFormation = new CloudFormation(scheduler, watcher);
        stackSets = new StackSets(scheduler, watcher);
        beanstalk = new Beanstalk(scheduler, watcher);
        codePipeline = new CodePipeline(
                scheduler, watcher, ActionFollowers.of(codeBuild, buildBatches, codeDeploy, cloudFormation, beanstalk));
        sns = new Sns(scheduler);
        jobEvents = new JobEvents(watcher);
    }

    /** An engine on real time, with threads of its own. */
    @NonNull
    public static AwsEngine start(
            @NonNull Supplier<HttpProxy> proxy,
            @NonNull Predicate<URI> trusted,
            @NonNull Supplier<Addresses> addresses,
            @NonNull String userAgent) {
        Scheduler time = new PoolScheduler(NAME, THREADS, CallThreads.MOST);
        return new AwsEngine(time, proxy, UnaryOperator.identity(), trusted, addresses, userAgent);
    }

    @NonNull
    public Scheduler scheduler() {
        return scheduler;
    }

    @NonNull
    public AwsClients clients() {
        return clients;
    }

    @NonNull
    public CodeBuild codeBuild() {
        return codeBuild;
    }

    @NonNull
    public BuildBatches buildBatches() {
        return buildBatches;
    }

    @NonNull
    public Beanstalk beanstalk() {
        return beanstalk;
    }

    @NonNull
    public CloudFormation cloudFormation() {
        return cloudFormation;
    }

    @NonNull
    public StackSets stackSets() {
        return stackSets;
    }

    @NonNull
    public CodePipeline codePipeline() {
        return codePipeline;
    }

    @NonNull
    public CodeDeploy codeDeploy() {
        return codeDeploy;
    }

    @NonNull
    public Sns sns() {
        return sns;
    }

    /**
     * Makes a poller that has the jobs looked at of which it hears; to be started and closed by the caller.
     *
     * @param opener opens the session; may block and may fail, and is asked again then
     * @param others hears of all events, too
     */
    @NonNull
    public QueuePoller queuePoller(
            @NonNull QueueAddress queue, @NonNull Supplier<AwsSession> opener, @NonNull EventListener others) {
        return QueuePoller.of(queue, opener, scheduler, jobEvents.and(others));
    }

    @Override
    public void close() {
        if (scheduler instanceof PoolScheduler pool) {
            pool.shutDown();
            clients.close(); // ends the connections on which threads wait for an answer
            pool.close();
        } else {
            clients.close();
        }
    }
}
