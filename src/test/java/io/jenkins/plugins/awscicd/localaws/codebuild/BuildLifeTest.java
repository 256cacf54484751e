package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.AccountLimitExceededException;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;
import software.amazon.awssdk.services.codebuild.model.BuildPhaseType;
import software.amazon.awssdk.services.codebuild.model.ResourceNotFoundException;
import software.amazon.awssdk.services.codebuild.model.StatusType;

/** The life of builds on stepped time; the work itself is simulated. */
class BuildLifeTest extends SteppedBuilds {

    @Test
    void aBuildGoesThroughAllPhases() {
        Instant begin = time.now();
        Build started = startBuild();
        assertEquals("QUEUED", started.currentPhase());
        assertEquals(StatusType.IN_PROGRESS, started.buildStatus());
        assertFalse(started.buildComplete());
        assertEquals(1, started.buildNumber());
        assertEquals(begin.toEpochMilli(), started.startTime().toEpochMilli());
        assertTrue(started.logs().cloudWatchLogsArn().endsWith("log-group:null:log-stream:null"));
        assertNull(started.logs().groupName());
        time.advance(Duration.ofSeconds(2));
        Build provisioning = get(started.id());
        assertEquals("PROVISIONING", provisioning.currentPhase());
        assertEquals("/aws/codebuild/web", provisioning.logs().groupName());
        assertEquals(
                List.of(),
                aws.logs().messages("/aws/codebuild/web", provisioning.logs().streamName()));
        time.advance(Duration.ofSeconds(10));
        assertEquals("BUILD", get(started.id()).currentPhase());
        time.advance(Duration.ofSeconds(30));
        Build done = get(started.arn());
        assertEquals(StatusType.SUCCEEDED, done.buildStatus());
        assertTrue(done.buildComplete());
        assertEquals(begin.plusSeconds(42).toEpochMilli(), done.endTime().toEpochMilli());
        assertEquals(
                List.of(
                        BuildPhaseType.SUBMITTED,
                        BuildPhaseType.QUEUED,
                        BuildPhaseType.PROVISIONING,
                        BuildPhaseType.DOWNLOAD_SOURCE,
                        BuildPhaseType.INSTALL,
                        BuildPhaseType.PRE_BUILD,
                        BuildPhaseType.BUILD,
                        BuildPhaseType.POST_BUILD,
                        BuildPhaseType.UPLOAD_ARTIFACTS,
                        BuildPhaseType.FINALIZING,
                        BuildPhaseType.COMPLETED),
                done.phases().stream().map(BuildPhase::phaseType).toList());
        assertEquals(30, phase(done, BuildPhaseType.BUILD).durationInSeconds());
        assertEquals(2, phase(done, BuildPhaseType.QUEUED).durationInSeconds());
        assertNull(phase(done, BuildPhaseType.COMPLETED).phaseStatus());
    }

    @Test
    void buildsOverTheLimitAreQueuedUntilOneEnds() {
        List<String> ids =
                IntStream.range(0, 4).mapToObj(i -> startBuild().id()).toList();
        time.advance(Duration.ofSeconds(20));
        assertEquals(List.of("BUILD", "BUILD", "QUEUED", "QUEUED"), currentPhases(ids));
        time.advance(Duration.ofSeconds(22));
        assertEquals(List.of("COMPLETED", "COMPLETED", "PROVISIONING", "PROVISIONING"), currentPhases(ids));
        // Two run; ten more may be queued.
        IntStream.range(0, 10).forEach(i -> startBuild());
        AccountLimitExceededException e = assertThrows(AccountLimitExceededException.class, this::startBuild);
        assertTrue(e.getMessage().contains("Cannot have more than 10 builds in queue for the account"), e.getMessage());
    }

    @Test
    void aBuildIsStoppedInEveryPhase() {
        String queued = startBuild().id();
        codeBuild.stopBuild(request -> request.id(queued));
        assertEquals(StatusType.IN_PROGRESS, get(queued).buildStatus());
        time.advance(Duration.ofSeconds(1));
        assertStopped(get(queued), BuildPhaseType.QUEUED);
        String working = startBuild().id();
        time.advance(Duration.ofSeconds(15));
        codeBuild.stopBuild(request -> request.id(working));
        time.advance(Duration.ofSeconds(1));
        assertStopped(get(working), BuildPhaseType.BUILD);
        codeBuild.stopBuild(request -> request.id(working));
        time.advance(Duration.ofMinutes(5));
        assertStopped(get(working), BuildPhaseType.BUILD);
        assertEquals(0, time.waiting());
        assertThrows(ResourceNotFoundException.class, () -> codeBuild.stopBuild(request -> request.id("web:none")));
    }

    @Test
    void buildsTimeOutInTheQueueAndAtWork() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(codeBuild
                    .startBuild(request -> request.projectName("web")
                            .environmentVariablesOverride(variable("SIMULATED_SECONDS", "100000"))
                            .timeoutInMinutesOverride(10)
                            .queuedTimeoutInMinutesOverride(5))
                    .build()
                    .id());
        }
        time.advance(Duration.ofMinutes(5));
        Build queued = get(ids.get(2));
        assertEquals(StatusType.TIMED_OUT, queued.buildStatus());
        assertEquals(StatusType.TIMED_OUT, phase(queued, BuildPhaseType.QUEUED).phaseStatus());
        assertEquals(StatusType.IN_PROGRESS, get(ids.get(0)).buildStatus());
        time.advance(Duration.ofMinutes(5).plusSeconds(2));
        Build worked = get(ids.get(0));
        assertEquals(StatusType.TIMED_OUT, worked.buildStatus());
        assertEquals(
                "BUILD_TIMED_OUT",
                phase(worked, BuildPhaseType.BUILD).contexts().get(0).statusCode());
    }

    @Test
    void aFailedBuildIsRetriedByItselfAndByHand() {
        Build failed = codeBuild
                .startBuild(request -> request.projectName("web")
                        .environmentVariablesOverride(variable("SIMULATED_STATUS", "FAILED"))
                        .autoRetryLimitOverride(1))
                .build();
        time.advance(Duration.ofMinutes(2));
        Build first = get(failed.id());
        assertEquals(StatusType.FAILED, first.buildStatus());
        assertEquals(
                "COMMAND_EXECUTION_ERROR",
                phase(first, BuildPhaseType.BUILD).contexts().get(0).statusCode());
        Build second = get(first.autoRetryConfig().nextAutoRetry());
        assertEquals(StatusType.FAILED, second.buildStatus());
        assertEquals(1, second.autoRetryConfig().autoRetryNumber());
        assertEquals(first.arn(), second.autoRetryConfig().previousAutoRetry());
        assertNull(second.autoRetryConfig().nextAutoRetry());
        Build third = codeBuild.retryBuild(request -> request.id(failed.id())).build();
        assertEquals(3, third.buildNumber());
        assertEquals(first.environment(), third.environment());
    }

    @Test
    void hundredsOfBuildsAtOnce() {
        try (LocalAws large = LocalAws.builder()
                        .time(SimulatedTime.stepped())
                        .timing(TIMING)
                        .accountConcurrency(300)
                        .start();
                CodeBuildClient client = Clients.of(large).codeBuild()) {
            large.codeBuild()
                    .project(ProjectSpec.simulated("load")
                            .variable("SIMULATED_LOG_LINES", 100_000)
                            .variable("SIMULATED_SECONDS", 60));
            IntStream.range(0, 300).forEach(i -> client.startBuild(request -> request.projectName("load")));
            ((SteppedTime) large.time()).advance(Duration.ofMinutes(3));
            assertTrue(large.codeBuild().builds().stream().allMatch(build -> build.status() == Status.SUCCEEDED));
            List<String> ids = client.listBuildsPaginator().stream()
                    .flatMap(page -> page.ids().stream())
                    .toList();
            assertEquals(300, ids.size());
            assertEquals(3, large.calls().count("CodeBuild.ListBuilds"));
            assertEquals(
                    100,
                    client.batchGetBuilds(request -> request.ids(ids.subList(0, 100)))
                            .builds()
                            .size());
        }
    }

    private List<String> currentPhases(List<String> ids) {
        return codeBuild.batchGetBuilds(request -> request.ids(ids)).builds().stream()
                .map(Build::currentPhase)
                .toList();
    }

    private static void assertStopped(Build build, BuildPhaseType at) {
        assertEquals(StatusType.STOPPED, build.buildStatus());
        assertEquals(StatusType.STOPPED, phase(build, at).phaseStatus());
    }
}
