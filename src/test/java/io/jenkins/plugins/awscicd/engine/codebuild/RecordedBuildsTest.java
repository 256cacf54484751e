package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;

/** Builds and logs of the forms that AWS was published to answer with. */
class RecordedBuildsTest {

    private static final Instant T = Instant.parse("2019-05-03T17:00:00Z");

    private static Build.Builder build(String status) {
        return Build.builder()
                .id("web:1a2b3c4d")
                .arn("arn:aws:codebuild:us-west-2:123456789012:build/web:1a2b3c4d")
                .projectName("web")
                .startTime(T)
                .buildStatus(status)
                .buildComplete(!status.equals("IN_PROGRESS"));
    }

    private static BuildPhase phase(String type, String status, int from, int to) {
        return BuildPhase.builder()
                .phaseType(type)
                .phaseStatus(status)
                .startTime(T.plusSeconds(from))
                .endTime(T.plusSeconds(to))
                .durationInSeconds((long) to - from)
                .build();
    }

    private static BuildPhase open(String type, int from) {
        return BuildPhase.builder()
                .phaseType(type)
                .startTime(T.plusSeconds(from))
                .build();
    }

    /** The AWS CLI's example of stop-build. */
    @Test
    void aStoppedBuildWithoutFinalizing() {
        BuildSnapshot stopped = BuildReader.read(build("STOPPED")
                .currentPhase("COMPLETED")
                .endTime(T.plusSeconds(18))
                .phases(
                        phase("SUBMITTED", "SUCCEEDED", 0, 1),
                        phase("QUEUED", "SUCCEEDED", 1, 2),
                        phase("PROVISIONING", "SUCCEEDED", 2, 16),
                        phase("BUILD", "STOPPED", 17, 18),
                        open("COMPLETED", 18))
                .build());
        assertTrue(stopped.ended());
        assertEquals("BUILD was stopped", stopped.cause());
        assertFalse(stopped.successorDue());
        assertEquals("web:1a2b3c4d", stopped.name());
    }

    /** The EB CLI's recorded answer of 2017: neither QUEUED nor a log, and artifacts that were never made. */
    @Test
    void aBuildWhoseRoleMayNotWriteLogs() {
        BuildSnapshot failed = BuildReader.read(build("FAILED")
                .currentPhase("COMPLETED")
                .endTime(T.plusSeconds(2))
                .phases(
                        phase("SUBMITTED", "SUCCEEDED", 0, 1),
                        phase("PROVISIONING", "CLIENT_ERROR", 1, 2).toBuilder()
                                .contexts(it ->
                                        it.statusCode("ACCESS_DENIED").message("Service role r does not allow it"))
                                .build(),
                        open("COMPLETED", 2))
                .source(it -> it.type("S3").location("bucket/web/app.zip"))
                .artifacts(it -> it.location("arn:aws:s3:::bucket/web/app.zip"))
                .build());
        assertEquals(
                "PROVISIONING failed because of its configuration: ACCESS_DENIED: Service role r does not allow it",
                failed.cause());
        assertNull(failed.log());
        assertNull(failed.logUrl());
        try (Bench bench = Bench.stepped()) {
            assertTrue(failed.progress(bench.session()).facts().isEmpty());
        }
    }

    /** The AWS CLI's examples of start-build and retry-build: an address of a log that is not there yet. */
    @Test
    void aFreshBuildHasNoLog() {
        BuildSnapshot fresh = BuildReader.read(build("IN_PROGRESS")
                .currentPhase("QUEUED")
                .phases(phase("SUBMITTED", "SUCCEEDED", 0, 1), open("QUEUED", 1))
                .logs(it -> it.deepLink(
                                "https://console.aws.amazon.com/cloudwatch/home#logEvent:group=null;stream=null")
                        .cloudWatchLogsArn("arn:aws:logs:us-west-2:123456789012:log-group:null:log-stream:null"))
                .artifacts(it -> it.location(""))
                .build());
        assertFalse(fresh.ended());
        assertNull(fresh.log());
        assertNull(fresh.logUrl());
        assertEquals(List.of(), fresh.artifacts());
    }

    @Test
    void aLoginInARepositorysUrlIsNotSaid() {
        BuildSnapshot build = BuildReader.read(build("IN_PROGRESS")
                .source(it -> it.type("GITHUB").location("https://me:t0ken@github.com/example/web.git"))
                .build());
        assertEquals(", which builds https://github.com/example/web.git (default branch)", build.builds());
    }

    /** Ends of logs of 2025 and of 2026: with two blanks after the code, and with one and a blank at each end. */
    @Test
    void endsOfLogsAreKnown() {
        LogEnd older = new LogEnd();
        older.read(List.of(
                "[Container] 2025/07/12 10:55:30.783172 Phase complete: POST_BUILD State: SUCCEEDED\n",
                "[Container] 2025/07/12 10:55:30.783237 Phase context status code:  Message: \n"));
        assertFalse(older.isReached());
        older.read(
                List.of("[Container] 2025/07/12 10:55:30.831174 Phase complete: UPLOAD_ARTIFACTS State: SUCCEEDED\n"));
        assertFalse(older.isReached());
        older.read(List.of("[Container] 2025/07/12 10:55:30.831243 Phase context status code:  Message: \n"));
        assertTrue(older.isReached());

        LogEnd newer = new LogEnd();
        newer.read(List.of(
                "[Container] 2026/09/13 16:11:37.240180 Phase complete: UPLOAD_ARTIFACTS State: SUCCEEDED \n",
                "[Container] 2026/09/13 16:11:37.240184 Phase context status code: Message: \n"));
        assertTrue(newer.isReached());
        newer.read(List.of("something of the build's own\n"));
        assertFalse(newer.isReached());
    }
}
