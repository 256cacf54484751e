package io.jenkins.plugins.awscicd.localaws.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.CodeBuildException;
import software.amazon.awssdk.services.codebuild.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

class StsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy/jenkins";

    private final SteppedTime time = SimulatedTime.stepped();
    private LocalAws aws;
    private StsClient sts;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().time(time).start();
        sts = Clients.of(aws).sts();
    }

    @AfterEach
    void stop() {
        sts.close();
        aws.close();
    }

    @Test
    void callerIdentityIsWhoSigned() {
        GetCallerIdentityResponse user = sts.getCallerIdentity();
        assertEquals("123456789012", user.account());
        assertEquals("arn:aws:iam::123456789012:user/local", user.arn());
        AssumeRoleResponse assumed = assume(ROLE, null, 900);
        assertEquals(
                "arn:aws:sts::123456789012:assumed-role/jenkins/job-1",
                assumed.assumedRoleUser().arn());
        assertTrue(assumed.credentials().accessKeyId().startsWith("ASIA"));
        try (StsClient role = Clients.of(aws).as(session(assumed)).sts()) {
            assertEquals(
                    assumed.assumedRoleUser().arn(), role.getCallerIdentity().arn());
            assertEquals(
                    assumed.assumedRoleUser().assumedRoleId(),
                    role.getCallerIdentity().userId());
        }
    }

    @Test
    void aRegisteredRoleWantsItsExternalId() {
        aws.sts().role(ROLE, "secret-id");
        StsException e = assertThrows(StsException.class, () -> assume(ROLE, "another", 900));
        assertEquals("AccessDenied", e.awsErrorDetails().errorCode());
        assertEquals(403, e.statusCode());
        assertTrue(
                e.getMessage().contains("is not authorized to perform: sts:AssumeRole on resource: " + ROLE),
                e.getMessage());
        assume(ROLE, "secret-id", 900);
    }

    @Test
    void credentialsExpireInEveryProtocol() {
        AssumeRoleResponse assumed = assume(ROLE, null, 900);
        Clients clients = Clients.of(aws).as(session(assumed));
        try (StsClient ofRole = clients.sts();
                S3Client s3 = clients.s3();
                CodeBuildClient codeBuild = clients.codeBuild()) {
            codeBuild.listProjects();
            time.advance(Duration.ofMinutes(15));
            assertEquals(
                    "ExpiredToken",
                    assertThrows(StsException.class, ofRole::getCallerIdentity)
                            .awsErrorDetails()
                            .errorCode());
            assertEquals(
                    "ExpiredToken",
                    assertThrows(S3Exception.class, s3::listBuckets)
                            .awsErrorDetails()
                            .errorCode());
            assertEquals(
                    "ExpiredTokenException",
                    assertThrows(CodeBuildException.class, codeBuild::listProjects)
                            .awsErrorDetails()
                            .errorCode());
        }
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "ValidationError",
                assertThrows(StsException.class, () -> assume(ROLE, null, 60))
                        .awsErrorDetails()
                        .errorCode());
        assertThrows(StsException.class, () -> assume("arn:aws:iam::1:role/x", null, 900));
        assertThrows(
                StsException.class,
                () -> sts.assumeRole(request -> request.roleArn(ROLE).roleSessionName("not a name")));
        try (StsClient chained =
                Clients.of(aws).as(session(assume(ROLE, null, 900))).sts()) {
            assertThrows(
                    StsException.class,
                    () -> chained.assumeRole(request ->
                            request.roleArn(ROLE).roleSessionName("job-2").durationSeconds(7200)));
        }
    }

    @Test
    void aRoleOfAnotherAccountSeesThatAccount() {
        AssumeRoleResponse assumed = assume("arn:aws:iam::210987654321:role/deploy", null, 900);
        aws.codeBuild(new Place("210987654321", "us-east-1")).project(ProjectSpec.simulated("theirs"));
        Clients clients = Clients.of(aws).as(session(assumed));
        try (CodeBuildClient there = clients.in("us-east-1").codeBuild();
                CodeBuildClient here = clients.codeBuild()) {
            Build build =
                    there.startBuild(request -> request.projectName("theirs")).build();
            assertTrue(build.arn().startsWith("arn:aws:codebuild:us-east-1:210987654321:build/theirs:"), build.arn());
            assertEquals("deploy/job-1", build.initiator());
            assertThrows(
                    ResourceNotFoundException.class, () -> here.startBuild(request -> request.projectName("theirs")));
        }
    }

    private AssumeRoleResponse assume(String role, String externalId, int seconds) {
        return sts.assumeRole(request -> request.roleArn(role)
                .roleSessionName("job-1")
                .externalId(externalId)
                .durationSeconds(seconds));
    }

    private static AwsSessionCredentials session(AssumeRoleResponse assumed) {
        return AwsSessionCredentials.create(
                assumed.credentials().accessKeyId(),
                assumed.credentials().secretAccessKey(),
                assumed.credentials().sessionToken());
    }
}
