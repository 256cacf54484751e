package io.jenkins.plugins.awscicd.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsClients;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Identity;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.CloudFormation;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BuildBatches;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codepipeline.CodePipeline;
import io.jenkins.plugins.awscicd.engine.job.follow.JobFollower;
import io.jenkins.plugins.awscicd.engine.notify.Sns;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.PoolScheduler;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.LocalAwsBuilder;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.wire.DatedHttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * Local AWS and the parts of an engine that calls it, on one clock: a stepped one, so that nothing depends on how fast the
 * machine is, or the machine's own where builds really run.
 */
public final class Bench implements AutoCloseable {

    public static final String REGION = "eu-west-1";
    public static final Identity ALICE = Identity.ofKeys("AKIAALICE00000000000", "alice's secret", null);
    public static final Identity BOB = Identity.ofKeys("AKIABOB0000000000000", "bob's secret", null);

    static {
        // Its stack traces of connections that a test has cut say nothing to a reader.
        Logger.getLogger("software.amazon.awssdk").setLevel(Level.SEVERE);
    }

    /** How many seconds of the engine's waiting pass in each second of the machine's clock. */
    private static final int FACTOR = 5;

    private final SteppedTime stepped;
    private final LocalAws aws;
    private final Scheduler scheduler;
    private final AwsClients clients;
    private final Watcher watcher;
    private final CodeBuild codeBuild;
    private final BuildBatches buildBatches;
    private final CodeDeploy codeDeploy;
    private final Beanstalk beanstalk;
    private final CloudFormation cloudFormation;
    private final CodePipeline codePipeline;

    private Bench(SimulatedTime time, UnaryOperator<LocalAwsBuilder> settings) {
        stepped = time instanceof SteppedTime steps ? steps : null;
        aws = settings.apply(LocalAws.builder().time(time).region(REGION)).start();
        scheduler = stepped == null ? new FasterScheduler(FACTOR) : new SteppedScheduler(stepped);
        clients = stepped == null
                ? new AwsClients(scheduler, () -> null, endpoint -> true, "engine-tests/1")
                : new AwsClients(scheduler, dated(stepped), endpoint -> true, "engine-tests/1");
        Random random = new Random(1);
        watcher = new Watcher(scheduler, () -> 0.9 + random.nextDouble() / 5);
        codeBuild = new CodeBuild(scheduler, watcher);
        buildBatches = new BuildBatches(scheduler, watcher, codeBuild);
        codeDeploy = new CodeDeploy(scheduler, watcher);
        beanstalk = new Beanstalk(scheduler, watcher);
        cloudFormation = new CloudFormation(scheduler, watcher);
        codePipeline = new CodePipeline(scheduler, watcher, followers());
    }

    /** One engine has one of each: what they ask for, they ask for together. */
    public Map<String, JobFollower> followers() {
        return ActionFollowers.of(codeBuild, buildBatches, codeDeploy, cloudFormation, beanstalk);
    }

    /** As the engine connects, and AWS dates its answers by its own clock. */
    private static SdkHttpClient dated(SimulatedTime time) {
        return new DatedHttpClient(
                ApacheHttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(20))
                        .maxConnections(20)
                        .build(),
                time::now);
    }

    /** On a clock that moves when a test says so. */
    public static Bench stepped() {
        return stepped(it -> it);
    }

    public static Bench stepped(UnaryOperator<LocalAwsBuilder> settings) {
        return new Bench(SimulatedTime.stepped(), settings);
    }

    /** The same, with AWS's clock and the engine's at another time than the machine's, by which the SDK signs. */
    public static Bench stepped(Instant begin) {
        return new Bench(SimulatedTime.stepped(begin), it -> it);
    }

    /** On the machine's clock and with threads, for builds that run commands. */
    public static Bench real(UnaryOperator<LocalAwsBuilder> settings) {
        return new Bench(SimulatedTime.real(), settings);
    }

    public LocalAws aws() {
        return aws;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public AwsClients clients() {
        return clients;
    }

    public Watcher watcher() {
        return watcher;
    }

    public CodeBuild codeBuild() {
        return codeBuild;
    }

    public BuildBatches buildBatches() {
        return buildBatches;
    }

    public Beanstalk beanstalk() {
        return beanstalk;
    }

    public CloudFormation cloudFormation() {
        return cloudFormation;
    }

    public CodePipeline codePipeline() {
        return codePipeline;
    }

    public CodeDeploy codeDeploy() {
        return codeDeploy;
    }

    public Sns sns() {
        return new Sns(scheduler);
    }

    /** A project whose builds pretend; see {@link ProjectSpec#simulated}. */
    public void simulatedProject(String name) {
        simulatedProject(name, it -> it);
    }

    public void simulatedProject(String name, UnaryOperator<ProjectSpec> details) {
        aws.codeBuild().project(details.apply(ProjectSpec.simulated(name)));
    }

    public AwsAccess access() {
        return access(REGION);
    }

    public AwsAccess access(String region) {
        return new AwsAccess(region, null, null, null, null, aws.endpoint().toString());
    }

    /** Alice's session in the home region. */
    public AwsSession session() {
        return session(ALICE, REGION);
    }

    public AwsSession session(Identity identity, String region) {
        return clients.open(access(region), identity);
    }

    /** What the engine's machine takes the time to be. */
    public Instant now() {
        return scheduler.now();
    }

    /**
     * Sets the clock of the engine's machine so far ahead of AWS's; behind it if negative. Nothing else changes: AWS keeps its own
     * time, and what is waited for takes as long as before.
     */
    public void setClock(Duration aheadOfAws) {
        ((SteppedScheduler) scheduler).setClock(aheadOfAws);
    }

    /** AWS carries out the next call, such as {@code CodeBuild.StartBuild}, and its answer does not arrive. */
    public void loseAnswerTo(String call) {
        aws().faults().on(call).cutConnection().afterExecution().times(1);
    }

    /** Lets time pass. */
    public void advance(Duration by) {
        stepped.advance(by);
    }

    public void advance(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    /** Lets time pass until something is so, looked at five times a second. */
    public void advanceUntil(BooleanSupplier so, Duration most) {
        Moment last = scheduler.moment().plus(most);
        advance(Duration.ZERO);
        while (!so.getAsBoolean()) {
            if (!scheduler.moment().isBefore(last)) {
                fail("Not so after " + most);
            }
            advance(Duration.ofMillis(200));
        }
    }

    /** Waits for something that happens on the machine's clock. */
    public static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(30, TimeUnit.SECONDS), "Nothing happened in 30 s");
    }

    @Override
    public void close() {
        if (scheduler instanceof PoolScheduler pool) {
            pool.close();
        }
        clients.close();
        aws.close();
    }
}
