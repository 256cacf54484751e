package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.CacheType;
import software.amazon.awssdk.services.codebuild.model.CodeBuildException;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;
import software.amazon.awssdk.services.codebuild.model.LogsConfigStatusType;
import software.amazon.awssdk.services.codebuild.model.ResourceNotFoundException;
import software.amazon.awssdk.services.codebuild.model.SourceType;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/** What StartBuild takes, and what it refuses. */
class StartBuildTest extends SteppedBuilds {

    @Test
    void overridesAreInTheBuild() {
        Build build = codeBuild
                .startBuild(request -> request.projectName("web")
                        .sourceTypeOverride(SourceType.S3)
                        .sourceLocationOverride("bucket/key.zip")
                        .sourceVersion("v1")
                        .buildspecOverride("other.yml")
                        .environmentVariablesOverride(
                                EnvironmentVariable.builder()
                                        .name("SIMULATED_SECONDS")
                                        .value("5")
                                        .build(),
                                EnvironmentVariable.builder()
                                        .name("MORE")
                                        .value("m")
                                        .build())
                        .computeTypeOverride("BUILD_GENERAL1_LARGE")
                        .privilegedModeOverride(true)
                        .timeoutInMinutesOverride(7)
                        .queuedTimeoutInMinutesOverride(8)
                        .serviceRoleOverride("arn:aws:iam::123456789012:role/other")
                        .encryptionKeyOverride("alias/other")
                        .cacheOverride(cache -> cache.type(CacheType.LOCAL))
                        .logsConfigOverride(logs -> logs.cloudWatchLogs(cloudWatch -> cloudWatch
                                .status(LogsConfigStatusType.ENABLED)
                                .groupName("mine")
                                .streamName("s")))
                        .artifactsOverride(artifacts -> artifacts
                                .type("S3")
                                .location("bucket")
                                .path("/p/")
                                .name("n"))
                        .autoRetryLimitOverride(3))
                .build();
        assertEquals("bucket/key.zip", build.source().location());
        assertEquals("other.yml", build.source().buildspec());
        assertEquals("v1", build.sourceVersion());
        assertEquals(
                List.of("SIMULATED_SECONDS=5", "MORE=m"),
                build.environment().environmentVariables().stream()
                        .map(one -> one.name() + "=" + one.value())
                        .toList());
        assertEquals("BUILD_GENERAL1_LARGE", build.environment().computeTypeAsString());
        assertTrue(build.environment().privilegedMode());
        assertEquals(7, build.timeoutInMinutes());
        assertEquals(8, build.queuedTimeoutInMinutes());
        assertEquals("arn:aws:iam::123456789012:role/other", build.serviceRole());
        assertEquals("alias/other", build.encryptionKey());
        assertEquals(CacheType.LOCAL, build.cache().type());
        assertEquals("arn:aws:s3:::bucket/p/n", build.artifacts().location());
        assertEquals(3, build.autoRetryConfig().autoRetryLimit());
        time.advance(Duration.ofSeconds(2));
        Build provisioning = get(build.id());
        assertEquals("mine", provisioning.logs().groupName());
        assertTrue(provisioning.logs().streamName().startsWith("s/"));
    }

    @Test
    void anIdempotencyTokenHoldsForFiveMinutes() {
        String first = startWithToken("web", "t1").id();
        time.advance(Duration.ofMinutes(5).minusMillis(1));
        assertEquals(first, startWithToken("web", "t1").id());
        aws.codeBuild().project(ProjectSpec.simulated("other"));
        InvalidInputException mismatch = assertThrows(InvalidInputException.class, () -> startWithToken("other", "t1"));
        assertTrue(mismatch.getMessage().contains("idempotency token"), mismatch.getMessage());
        assertNotEquals(first, startWithToken("web", "t2").id());
        time.advance(Duration.ofMillis(1));
        assertNotEquals(first, startWithToken("web", "t1").id());
        assertEquals(3, aws.codeBuild().builds().size());
    }

    @Test
    void whatIsWrongIsSaid() {
        ResourceNotFoundException unknown = assertThrows(
                ResourceNotFoundException.class, () -> codeBuild.startBuild(request -> request.projectName("none")));
        assertTrue(
                unknown.getMessage()
                        .contains("Project cannot be found: arn:aws:codebuild:eu-west-1:123456789012:project/none"),
                unknown.getMessage());
        InvalidInputException timeout = assertThrows(
                InvalidInputException.class,
                () -> codeBuild.startBuild(request -> request.projectName("web").timeoutInMinutesOverride(2)));
        assertTrue(timeout.getMessage().contains("greater than or equal to 5"), timeout.getMessage());
        assertThrows(
                InvalidInputException.class,
                () -> codeBuild.startBuild(request -> request.projectName("web").computeTypeOverride("HUGE")));
        assertThrows(
                InvalidInputException.class,
                () -> codeBuild.batchGetBuilds(request -> request.ids(
                        IntStream.range(0, 101).mapToObj(i -> "web:" + i).toList())));
        assertEquals(
                List.of("web:none"),
                codeBuild.batchGetBuilds(request -> request.ids("web:none")).buildsNotFound());
        assertEquals(
                "UnknownOperationException",
                assertThrows(CodeBuildException.class, () -> codeBuild.listFleets(request -> {}))
                        .awsErrorDetails()
                        .errorCode());
    }

    private Build startWithToken(String project, String token) {
        return codeBuild
                .startBuild(request -> request.projectName(project).idempotencyToken(token))
                .build();
    }

    @Test
    void whatAPartCannotDoWithoutIsRefused() {
        assertMissing(
                "logsConfigOverride.cloudWatchLogs.status",
                it -> it.logsConfigOverride(logs -> logs.cloudWatchLogs(to -> to.groupName("x"))));
        assertMissing("cacheOverride.type", it -> it.cacheOverride(cache -> cache.location("x")));
        assertMissing(
                "secondarySourcesOverride.1.member.type",
                it -> it.secondarySourcesOverride(source -> source.sourceIdentifier("lib")));
    }

    private void assertMissing(String member, Consumer<StartBuildRequest.Builder> part) {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> codeBuild.startBuild(request -> part.accept(request.projectName("web"))));
        assertTrue(
                refusal.getMessage()
                        .startsWith("1 validation error detected: Value null at '" + member
                                + "' failed to satisfy constraint: Member must not be null"),
                refusal.getMessage());
    }
}
