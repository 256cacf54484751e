package io.jenkins.plugins.awscicd.localaws.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.codepipeline.model.AWSSessionCredentials;
import software.amazon.awssdk.services.codepipeline.model.ActionCategory;
import software.amazon.awssdk.services.codepipeline.model.ActionConfigurationPropertyType;
import software.amazon.awssdk.services.codepipeline.model.ActionOwner;
import software.amazon.awssdk.services.codepipeline.model.ActionTypeId;
import software.amazon.awssdk.services.codepipeline.model.ActionTypeNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.CodePipelineException;
import software.amazon.awssdk.services.codepipeline.model.FailureType;
import software.amazon.awssdk.services.codepipeline.model.InvalidJobStateException;
import software.amazon.awssdk.services.codepipeline.model.InvalidNonceException;
import software.amazon.awssdk.services.codepipeline.model.Job;
import software.amazon.awssdk.services.codepipeline.model.JobStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Custom actions whose worker is the test. */
class CustomActionsTest extends SteppedPipelines {

    private static final ActionTypeId TYPE = ActionTypeId.builder()
            .category(ActionCategory.BUILD)
            .owner(ActionOwner.CUSTOM)
            .provider("Jenkins")
            .version("1")
            .build();

    @BeforeEach
    void declare() {
        client.createCustomActionType(it -> it.category(ActionCategory.BUILD)
                .provider("Jenkins")
                .version("1")
                .settings(settings -> settings.entityUrlTemplate("https://jenkins.example.com/job/{Config:ProjectName}")
                        .executionUrlTemplate("https://jenkins.example.com/{ExternalExecutionId}"))
                .configurationProperties(property -> property.name("ProjectName")
                        .required(true)
                        .key(true)
                        .secret(false)
                        .type(ActionConfigurationPropertyType.STRING))
                .inputArtifactDetails(artifacts -> artifacts.minimumCount(0).maximumCount(5))
                .outputArtifactDetails(artifacts -> artifacts.minimumCount(0).maximumCount(5)));
        aws.codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Build")
                        .custom("Compile", "Build", "Jenkins")
                        .set("ProjectName", "web")
                        .in("Source")
                        .out("Built")
                        .namespace("built")
                        .stage("Deploy")
                        .action("Ship", "Invoke", "Lambda")
                        .set("FunctionName", "ship-#{built.version}"));
    }

    private List<Job> poll() {
        return client.pollForJobs(it -> it.actionTypeId(TYPE).maxBatchSize(10)).jobs();
    }

    private Job job() {
        List<Job> jobs = poll();
        assertEquals(1, jobs.size());
        return jobs.get(0);
    }

    private JobStatus acknowledge(Job job) {
        return client.acknowledgeJob(it -> it.jobId(job.id()).nonce(job.nonce()))
                .status();
    }

    @Test
    void actionGoesThroughContinuationsToItsResult() {
        String id = begin("web");
        pass(10);
        Job first = job();
        assertEquals(first.id(), job().id(), "nobody has acknowledged it");
        assertEquals("web", first.data().actionConfiguration().configuration().get("ProjectName"));
        assertEquals(id, first.data().pipelineContext().pipelineExecutionId());
        assertEquals(JobStatus.IN_PROGRESS, acknowledge(first));
        assertTrue(poll().isEmpty());
        client.putJobSuccessResult(it -> it.jobId(first.id())
                .continuationToken("run 7")
                .executionDetails(
                        details -> details.externalExecutionId("job/web/7/").percentComplete(10)));
        assertEquals(
                "https://jenkins.example.com/job/web/7/",
                actions("web", id).get(0).output().executionResult().externalExecutionUrl());
        assertThrows(InvalidJobStateException.class, () -> client.putJobSuccessResult(it -> it.jobId(first.id())));
        Job second = job();
        assertNotEquals(first.id(), second.id());
        assertEquals("run 7", second.data().continuationToken());
        acknowledge(second);
        client.putJobSuccessResult(it -> it.jobId(second.id()).outputVariables(Map.of("version", "1.2")));
        pass(30);
        assertEquals("Succeeded", status("web", id));
        assertEquals(
                "ship-1.2",
                actions("web", id).get(0).input().resolvedConfiguration().get("FunctionName"));
    }

    @Test
    void failureHasTypeAndMessage() {
        String id = begin("web");
        pass(10);
        Job job = job();
        acknowledge(job);
        client.putJobFailureResult(it -> it.jobId(job.id())
                .failureDetails(failure -> failure.type(FailureType.JOB_FAILED).message("The run has failed")));
        pass(10);
        assertEquals("Failed", status("web", id));
        assertEquals(
                "The run has failed",
                actions("web", id)
                        .get(0)
                        .output()
                        .executionResult()
                        .errorDetails()
                        .message());
    }

    @Test
    void otherNonceIsRefused() {
        begin("web");
        pass(10);
        Job job = job();
        assertThrows(
                InvalidNonceException.class,
                () -> client.acknowledgeJob(it -> it.jobId(job.id()).nonce("another")));
        assertThrows(InvalidJobStateException.class, () -> client.putJobSuccessResult(it -> it.jobId(job.id())));
    }

    @Test
    void noncesAndOffersDifferByDialect() {
        begin("web");
        pass(10);
        Job first = job();
        Job again = job();
        assertNotEquals(first.nonce(), again.nonce());
        acknowledge(first);
        assertEquals(JobStatus.IN_PROGRESS, acknowledge(first), "an answer may have been lost");
        assertThrows(InvalidNonceException.class, () -> acknowledge(again), "another worker has claimed it");
    }

    @Test
    void lastNonceAloneMayBeGood() {
        aws.codePipeline().speak(Dialect.LAST_NONCE_ALONE);
        begin("web");
        pass(10);
        Job first = job();
        Job again = job();
        assertThrows(InvalidNonceException.class, () -> acknowledge(first));
        acknowledge(again);
    }

    @Test
    void jobMayBeAcknowledgedOnceAndHiddenFromTheNextPolls() {
        aws.codePipeline().speak(Dialect.ACKNOWLEDGED_ONCE).speak(Dialect.POLLED_JOBS_HIDDEN);
        begin("web");
        pass(10);
        Job first = job();
        assertTrue(poll().isEmpty());
        pass(60);
        assertEquals(first.nonce(), job().nonce());
        acknowledge(first);
        assertThrows(InvalidNonceException.class, () -> acknowledge(first));
    }

    @Test
    void actionEndsAfterAnHourWhateverItsWorkerDoes() {
        String id = begin("web");
        pass(10);
        Job first = job();
        acknowledge(first);
        pass(3000);
        client.putJobSuccessResult(it -> it.jobId(first.id()).continuationToken("run 7"));
        acknowledge(job());
        pass(700);
        assertEquals("Failed", status("web", id));
    }

    @Test
    void credentialsOfAJobReachItsArtifactsAndNoOthers() {
        begin("web");
        pass(10);
        Job job = job();
        AWSSessionCredentials given = job.data().artifactCredentials();
        aws.s3().put("artifacts", "secret", "secret".getBytes(StandardCharsets.UTF_8));
        try (S3Client s3 = Clients.of(aws)
                .as(AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()))
                .s3()) {
            String key =
                    job.data().inputArtifacts().get(0).location().s3Location().objectKey();
            assertTrue(
                    s3.getObjectAsBytes(it -> it.bucket("artifacts").key(key)).asByteArray().length > 0);
            String out =
                    job.data().outputArtifacts().get(0).location().s3Location().objectKey();
            s3.putObject(it -> it.bucket("artifacts").key(out), RequestBody.fromString("built"));
            assertThrows(
                    S3Exception.class,
                    () -> s3.getObjectAsBytes(it -> it.bucket("artifacts").key("secret")));
            pass(901);
            assertThrows(
                    S3Exception.class,
                    () -> s3.getObjectAsBytes(it -> it.bucket("artifacts").key(key)));
        }
        assertNotEquals(
                given.accessKeyId(),
                client.getJobDetails(it -> it.jobId(job.id()))
                        .jobDetails()
                        .data()
                        .artifactCredentials()
                        .accessKeyId());
    }

    @Test
    void deletedTypeIsPolledNoMoreAndRestoredAsItWas() {
        client.deleteCustomActionType(
                it -> it.category(ActionCategory.BUILD).provider("Jenkins").version("1"));
        assertThrows(ActionTypeNotFoundException.class, this::poll);
        assertEquals(
                0,
                client.listActionTypes(it -> it.actionOwnerFilter(ActionOwner.CUSTOM))
                        .actionTypes()
                        .size());
        assertThrows(
                CodePipelineException.class,
                () -> client.createCustomActionType(it -> it.category(ActionCategory.BUILD)
                        .provider("Jenkins")
                        .version("1")
                        .inputArtifactDetails(
                                artifacts -> artifacts.minimumCount(0).maximumCount(1))
                        .outputArtifactDetails(
                                artifacts -> artifacts.minimumCount(0).maximumCount(1))));
        declare();
        assertTrue(poll().isEmpty());
    }
}
