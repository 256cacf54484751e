package io.jenkins.plugins.awscicd.localaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.BatchGetBuildsResponse;
import software.amazon.awssdk.services.codebuild.model.StatusType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;

class FaultsTest {

    private final SteppedTime time = SimulatedTime.stepped();
    private LocalAws aws;
    private CodeBuildClient codeBuild;
    private S3Client s3;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().time(time).start();
        aws.codeBuild().project(ProjectSpec.simulated("web"));
        aws.s3().createBucket("things", false);
        codeBuild = Clients.of(aws).codeBuild();
        s3 = Clients.of(aws).s3();
    }

    @AfterEach
    void stop() {
        codeBuild.close();
        s3.close();
        aws.close();
    }

    @Test
    void throttlesSoManyTimes() {
        Fault fault = aws.faults().on("CodeBuild.StartBuild").throttle().times(2);
        for (int i = 0; i < 2; i++) {
            AwsServiceException e = assertThrows(AwsServiceException.class, this::startBuild);
            assertEquals("ThrottlingException", e.awsErrorDetails().errorCode());
            assertTrue(e.isThrottlingException());
        }
        startBuild();
        assertEquals(2, fault.hits());
        assertEquals(1, aws.codeBuild().builds().size());
        assertEquals(3, aws.calls().count("CodeBuild.StartBuild"));
        assertEquals(Map.of("CodeBuild.StartBuild", 3L), aws.calls().byOperation());
        assertEquals(
                List.of("ThrottlingException", "ThrottlingException", "ok"),
                aws.calls().all().stream().map(Call::outcome).toList());
        assertEquals("web", aws.calls().all().get(0).resource());
    }

    @Test
    void throttlesWhatIsOverTheRate() {
        aws.faults().on("CodeBuild.*").throttle().ratePerSecond(2);
        assertEquals(2, passing(5));
        time.advance(Duration.ofMillis(500));
        assertEquals(1, passing(5));
        time.advance(Duration.ofSeconds(10));
        assertEquals(2, passing(5));
    }

    @Test
    void everyServiceHasItsOwnWords() {
        aws.faults().on("*").throttle().times(2);
        assertEquals("SlowDown", code(() -> s3.listBuckets()));
        try (StsClient sts = Clients.of(aws).sts()) {
            assertEquals("Throttling", code(() -> sts.getCallerIdentity()));
            aws.faults().on("*").expiredToken();
            assertEquals("ExpiredToken", code(() -> sts.getCallerIdentity()));
        }
        assertEquals("ExpiredToken", code(() -> s3.listBuckets()));
        assertEquals("ExpiredTokenException", code(this::startBuild));
        aws.faults().clear();
        aws.faults().on("*").accessDenied();
        assertEquals("AccessDenied", code(() -> s3.listBuckets()));
        AwsServiceException denied = assertThrows(AwsServiceException.class, this::startBuild);
        assertEquals("AccessDeniedException", denied.awsErrorDetails().errorCode());
        assertTrue(
                denied.getMessage().contains("is not authorized to perform: codebuild:StartBuild"),
                denied.getMessage());
    }

    @Test
    void errorsInsideAws() {
        aws.faults().on("*").error(503).times(1);
        AwsServiceException e = assertThrows(AwsServiceException.class, this::startBuild);
        assertEquals(503, e.statusCode());
        aws.faults().on("*").error(500).times(1);
        S3Exception s3e = assertThrows(S3Exception.class, () -> s3.listBuckets());
        assertEquals(500, s3e.statusCode());
        assertEquals("InternalError", s3e.awsErrorDetails().errorCode());
    }

    @Test
    void aConnectionIsCutBeforeOrAfterTheOperation() {
        aws.faults().on("CodeBuild.StartBuild").cutConnection().times(1);
        assertThrows(SdkClientException.class, this::startBuild);
        assertEquals(0, aws.codeBuild().builds().size());
        aws.faults().on("CodeBuild.StartBuild").cutConnection().afterExecution().times(1);
        assertThrows(SdkClientException.class, this::startBuild);
        assertEquals(1, aws.codeBuild().builds().size());
        assertEquals("cut", aws.calls().all().get(1).outcome());
        startBuild();
    }

    @Test
    void thingsAreNotYetVisible() {
        String id = startBuild();
        s3.putObject(request -> request.bucket("things").key("a"), RequestBody.fromString("a"));
        aws.faults().on("*").notYetVisible().times(2);
        BatchGetBuildsResponse response = codeBuild.batchGetBuilds(request -> request.ids(id));
        assertEquals(List.of(id), response.buildsNotFound());
        assertThrows(
                NoSuchKeyException.class,
                () -> s3.getObjectAsBytes(request -> request.bucket("things").key("a")));
        assertEquals(
                1, codeBuild.batchGetBuilds(request -> request.ids(id)).builds().size());
    }

    @Test
    void isAnsweredAsItWasSecondsAgo() {
        String id = startBuild();
        Fault fault = aws.faults().on("CodeBuild.BatchGetBuilds").stale(Duration.ofSeconds(10));
        assertEquals(StatusType.IN_PROGRESS, status(id));
        assertEquals(0, fault.hits(), "there is no answer from before");
        codeBuild.stopBuild(request -> request.id(id));
        time.advance(Duration.ofSeconds(10));
        assertEquals(StatusType.IN_PROGRESS, status(id));
        assertEquals(1, fault.hits());
        time.advance(Duration.ofSeconds(1));
        assertEquals(StatusType.STOPPED, status(id));
        assertEquals(
                List.of("x"),
                codeBuild.batchGetBuilds(request -> request.ids("x")).buildsNotFound());
        assertEquals(1, fault.hits());
    }

    private StatusType status(String id) {
        return codeBuild
                .batchGetBuilds(request -> request.ids(id))
                .builds()
                .get(0)
                .buildStatus();
    }

    @Test
    void aStalledCallDoesNotKeepLocalAwsOpen() {
        aws.faults().on("CodeBuild.StartBuild").stall(Duration.ofMillis(200)).times(1);
        startBuild();
        aws.faults().on("CodeBuild.StartBuild").stall(Duration.ofHours(1));
        assertThrows(
                SdkClientException.class,
                () -> codeBuild.startBuild(request -> request.projectName("web")
                        .overrideConfiguration(configuration -> configuration.apiCallTimeout(Duration.ofMillis(300)))));
    }

    private int passing(int calls) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            try {
                codeBuild.listProjects();
                passed++;
            } catch (AwsServiceException e) {
                assertTrue(e.isThrottlingException());
            }
        }
        return passed;
    }

    private static String code(Executable call) {
        return assertThrows(AwsServiceException.class, call).awsErrorDetails().errorCode();
    }

    private String startBuild() {
        return codeBuild
                .startBuild(request -> request.projectName("web"))
                .build()
                .id();
    }
}
