package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsClients;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.ClientMaker;
import io.jenkins.plugins.awscicd.engine.access.Identity;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.CloudFormation;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSets;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BuildBatches;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codepipeline.CodePipeline;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import io.jenkins.plugins.awscicd.localaws.Calls;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import io.jenkins.plugins.awscicd.localaws.direct.DirectClients;
import io.jenkins.plugins.awscicd.localaws.wire.DirectCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * A Jenkins controller that can be killed at any turn, or in the middle of a call: the engine, its time and its connections. What it
 * was doing has no effect any more from then on; nothing of it is left but what is on disk.
 */
final class Controller implements AutoCloseable {

    /** How long calls that have failed are made less often. */
    static final Duration STILL_FELT = Duration.ofMinutes(15);

    private static final String ENDPOINT = "http://127.0.0.1:1";

    private final SteppedTime time;
    private final Instant began;
    private final Duration ahead;
    private final Scheduler clock;
    private final AwsClients clients;
    private final CodeBuild codeBuild;
    private final BuildBatches buildBatches;
    private final CodeDeploy codeDeploy;
    private final Beanstalk beanstalk;
    private final CloudFormation cloudFormation;
    private final StackSets stackSets;
    private final CodePipeline codePipeline;
    private final List<Strand> strands = new ArrayList<>();
    private boolean dead;
    /** Null unless it was killed. */
    private Instant diedAt;

    private int callsToLive = Integer.MAX_VALUE;
    private String fatal;
    private Runnable atDeath = () -> {};
    private int pending;
    private int turns;
    private int calls;
    /** By the number of the turn that they come before, and of the call that they come in. */
    private final Map<Integer, Runnable> beforeTurns = new HashMap<>();

    private final Map<Integer, Runnable> inCalls = new HashMap<>();

    /**
     * @param ahead how far its clock is ahead of AWS's
     * @param direct whether it calls without the SDK's clients, which takes a third of the time
     */
    Controller(LocalAws aws, SteppedTime time, Chance chance, Duration ahead, boolean direct) {
        this.time = time;
        this.began = time.now();
        this.ahead = ahead;
        clock = new Clock();
        clients = new AwsClients(clock, direct ? new Direct(aws) : new Network(aws), endpoint -> true, "simulation/1");
        Watcher watcher = new Watcher(clock, () -> 0.9 + chance.next() / 5);
        codeBuild = new CodeBuild(clock, watcher);
        buildBatches = new BuildBatches(clock, watcher, codeBuild);
        codeDeploy = new CodeDeploy(clock, watcher);
        beanstalk = new Beanstalk(clock, watcher);
        cloudFormation = new CloudFormation(clock, watcher);
        stackSets = new StackSets(clock, watcher);
        codePipeline = new CodePipeline(clock, watcher, Map.of());
    }

    AwsSession session(String accessKeyId, String role) {
        AwsAccess access = new AwsAccess("eu-west-1", null, role, null, null, ENDPOINT);
        return clients.open(access, Identity.ofKeys(accessKeyId, "secret of " + accessKeyId, null));
    }

    CodeBuild codeBuild() {
        return codeBuild;
    }

    BuildBatches buildBatches() {
        return buildBatches;
    }

    CodeDeploy codeDeploy() {
        return codeDeploy;
    }

    Beanstalk beanstalk() {
        return beanstalk;
    }

    CloudFormation cloudFormation() {
        return cloudFormation;
    }

    StackSets stackSets() {
        return stackSets;
    }

    CodePipeline codePipeline() {
        return codePipeline;
    }

    Instant now() {
        return time.now().plus(ahead);
    }

    Scheduler clock() {
        return clock;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether it was killed so soon after a step's end that what was to be put away then may be there yet, as AWS did not take calls. */
    boolean diedSoonAfter(Instant end) {
        return diedAt != null && diedAt.isBefore(end.plus(STILL_FELT));
    }

    /** Dies at once. */
    void kill() {
        diedAt = time.now();
        dead = true;
        strands.forEach(Strand::interrupt);
    }

    /**
     * Does something that blocks, as {@code WorkspaceWork} does it in Jenkins. It ends with the controller.
     *
     * @param failed told if it fails, or is taken back
     */
    Scheduler.Task upload(JobHost.Blocking work, Consumer<Throwable> failed) {
        Strand strand = Strand.begin(time, () -> {
            try {
                work.run();
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                if (!dead) {
                    failed.accept(e);
                }
            }
        });
        strands.add(strand);
        boolean[] taken = new boolean[1];
        return () -> {
            if (!strand.isOver() && !taken[0]) {
                taken[0] = true;
                strand.interrupt();
                failed.accept(new IOException("The upload was taken back"));
            }
        };
    }

    /**
     * Dies as soon as AWS has carried out so many more calls, before it hears of the last.
     *
     * @param operation that alone is counted, such as {@code CodeDeploy.CreateDeployment}; null for all
     */
    void killDuringCall(int calls, String operation, Runnable then) {
        callsToLive = calls;
        fatal = operation;
        atDeath = then;
    }

    /** Has something happen before the last of so many more turns. */
    void beforeTurn(int number, Runnable what) {
        beforeTurns.put(turns + number, what);
    }

    /** Has something happen when AWS has carried out so many more calls, before this hears of the last. */
    void inCall(int number, Runnable what) {
        inCalls.put(calls + number, what);
    }

    private static void happen(Map<Integer, Runnable> what, int number) {
        Runnable one = what.remove(number);
        if (one != null) {
            one.run();
        }
    }

    /** How many turns it has taken. */
    int turns() {
        return turns;
    }

    /** How many calls it has made. */
    int calls() {
        return calls;
    }

    /** What waits for its time. */
    int pending() {
        return pending + (int) strands.stream().filter(it -> !it.isOver()).count();
    }

    private Scheduler.Task after(Duration delay, Runnable task) {
        pending++;
        boolean[] over = new boolean[1];
        SteppedTime.Alarm alarm = time.after(delay, () -> {
            if (!over[0]) {
                over[0] = true;
                pending--;
                if (!dead) {
                    happen(beforeTurns, ++turns);
                }
                if (!dead) {
                    task.run();
                }
            }
        });
        return () -> {
            if (!over[0]) {
                over[0] = true;
                pending--;
                alarm.cancel();
            }
        };
    }

    @Override
    public void close() {
        dead = true;
        clients.close();
    }

    private final class Clock implements Scheduler {

        @Override
        public Instant now() {
            return Controller.this.now();
        }

        @Override
        public Moment moment() {
            return new Moment(0).plus(Duration.between(began, time.now()));
        }

        @Override
        public void execute(Runnable task) {
            after(Duration.ZERO, task);
        }

        @Override
        public <T> T await(CompletableFuture<T> coming) throws InterruptedException, ExecutionException {
            return Strand.await(coming);
        }

        @Override
        public Task schedule(Duration delay, Runnable task) {
            return after(delay.isNegative() ? Duration.ZERO : delay, task);
        }
    }

    private interface Exchange<T> {
        T make() throws IOException, InterruptedException;
    }

    /** How the SDK's clients call AWS. */
    private class Network implements SdkHttpClient {

        private final SdkHttpClient aws;
        private final Calls counted;

        Network(LocalAws local) {
            aws = local.httpClient();
            counted = local.calls();
        }

        private long fatalCalls() {
            return fatal == null ? counted.total() : counted.count(fatal);
        }

        final <T> T carry(Exchange<T> call) throws IOException, InterruptedException {
            if (dead) {
                throw new IOException("The controller is dead");
            }
            long before = fatalCalls();
            T answer = call.make();
            happen(inCalls, ++Controller.this.calls);
            if (fatalCalls() > before && --callsToLive == 0) {
                kill();
                atDeath.run();
                throw new IOException("The controller has died");
            }
            return answer;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            ExecutableHttpRequest prepared = aws.prepareRequest(request);
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    try {
                        return carry(prepared::call);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public void abort() {
                    prepared.abort();
                }
            };
        }

        @Override
        public void close() {
            // local AWS lives on
        }
    }

    /** How AWS is called without the SDK's clients. */
    private final class Direct extends Network implements ClientMaker {

        private final DirectClients made;

        Direct(LocalAws local) {
            super(local);
            DirectCall.Handler aws = local.direct();
            made = new DirectClients(call -> carry(() -> aws.answer(call)), time);
        }

        @Override
        public <C extends SdkClient> C make(
                Class<C> type, Region region, AwsCredentialsProvider credentials, Consumer<Instant> dated) {
            return made.client(type, region, credentials, dated);
        }
    }
}
