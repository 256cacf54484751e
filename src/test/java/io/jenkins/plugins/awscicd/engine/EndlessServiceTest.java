package io.jenkins.plugins.awscicd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsClients;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.ClientMaker;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.BuildDownload;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.BuiltArtifact;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.MakingBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.S3Place;
import io.jenkins.plugins.awscicd.engine.codedeploy.TargetReader;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.log.LogFollower;
import io.jenkins.plugins.awscicd.engine.log.LogLocation;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEventsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** An endpoint that never comes to a list's last page, and has nothing on any, is not asked for ever, be each page a call of its own. */
@Timeout(120)
class EndlessServiceTest implements ClientMaker {

    private static final String GIVEN_UP = " has no last page: given up after 5,000 answers; check the endpoint";

    private final SteppedTime time = SimulatedTime.stepped();
    private final AtomicInteger pages = new AtomicInteger();

    @AutoClose
    private final AwsClients clients =
            new AwsClients(new SteppedScheduler(time), this, endpoint -> true, "engine-tests/1");

    private final AwsSession session =
            clients.open(new AwsAccess(Bench.REGION, null, null, null, null, "http://127.0.0.1:1"), Bench.ALICE);

    @Override
    public <C extends SdkClient> C make(
            Class<C> type, Region region, AwsCredentialsProvider credentials, Consumer<Instant> dated) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (given == null || !(given[0] instanceof SdkRequest)) {
                        return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, given) : null;
                    }
                    return page(method.getName());
                }));
    }

    private Object page(String operation) {
        String next = "more " + pages.incrementAndGet();
        if (pages.get() > 10_000) {
            throw new AssertionError("asked for " + pages + " pages");
        }
        return switch (operation) {
            case "listObjectsV2" ->
                ListObjectsV2Response.builder()
                        .isTruncated(true)
                        .nextContinuationToken(next)
                        .build();
            case "describeStackEvents" ->
                DescribeStackEventsResponse.builder().nextToken(next).build();
            case "describeEvents" ->
                DescribeEventsResponse.builder().nextToken(next).build();
            case "listDeploymentTargets" ->
                ListDeploymentTargetsResponse.builder().nextToken(next).build();
            case "getLogEvents" ->
                GetLogEventsResponse.builder().nextForwardToken(next).build();
            default -> throw new AssertionError(operation);
        };
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        throw new AssertionError("no request is sent");
    }

    @Override
    public void close() {
        // nothing is open
    }

    private <T> CompletableFuture<T> awaited(CompletableFuture<T> coming) {
        for (int hour = 0; hour < 100 && !coming.isDone(); hour++) {
            time.advance(Duration.ofHours(1));
        }
        assertTrue(coming.isDone());
        return coming;
    }

    private void isGivenUp(String operation, CompletableFuture<?> coming) {
        Throwable why = AwsCallException.unwrap(
                assertThrows(CompletionException.class, () -> awaited(coming).join()));
        assertTrue(why.getMessage().contains(operation + GIVEN_UP), why::toString);
        assertEquals(5_000, pages.get());
    }

    @Test
    void eventsOfAStackAreGivenUp() {
        isGivenUp(
                "DescribeStackEvents",
                new io.jenkins.plugins.awscicd.engine.cloudformation.event.EventReader(
                                session, "web", "", Instant.EPOCH)
                        .next(false));
    }

    @Test
    void eventsOfAnEnvironmentAreGivenUp() {
        isGivenUp("DescribeEvents", new EventReader(session, "request").next(false));
    }

    @Test
    void targetsOfADeploymentAreGivenUp() {
        isGivenUp("ListDeploymentTargets", new TargetReader(session, "d-1", false).ids());
    }

    /** Of the rest of a log, when its job has ended, and each answer has another token and nothing more. */
    @Test
    void theRestOfALogIsGivenUp() {
        LogFollower log = new LogFollower(
                session, new SteppedScheduler(time), new LogLocation("builds", "web"), null, (messages, next) -> {
                    throw new AssertionError("there is nothing");
                });
        Throwable why = AwsCallException.unwrap(assertThrows(
                CompletionException.class,
                () -> awaited(log.drain(Duration.ofSeconds(5), () -> false)).join()));
        assertTrue(why.getMessage().contains("GetLogEvents" + GIVEN_UP), why::toString);
    }

    @Test
    void aFolderOfArtifactsIsGivenUp() {
        RecordedConsole console = new RecordedConsole();
        ArtifactReceiver receiver = new ArtifactReceiver() {
            @Override
            public DownloadRequest wanted() {
                return DownloadRequest.of("dist", false);
            }

            @Override
            public Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
                throw new AssertionError("there is nothing to fetch");
            }

            @Override
            public Fetched fetch(FetchPlan plan) {
                throw new AssertionError("there is nothing to fetch");
            }

            @Override
            public void archive(String build, List<String> paths) {
                throw new AssertionError("there is nothing to fetch");
            }
        };
        BuildDownload download = new BuildDownload(session, new SteppedScheduler(time), console, receiver, Map.of());
        awaited(download.run(
                new MakingBuild("web:1", null, null),
                List.of(new BuiltArtifact(null, new S3Place("builds", "web"), null))));
        assertTrue(download.problem().endsWith("ListObjectsV2" + GIVEN_UP), download.problem());
    }
}
