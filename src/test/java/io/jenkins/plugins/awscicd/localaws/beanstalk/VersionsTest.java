package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.localaws.Clients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.ApplicationVersionDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateApplicationVersionRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeApplicationVersionsResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.TooManyApplicationVersionsException;

/** Applications and their versions. */
class VersionsTest extends SteppedEnvironments {

    private String bucket;

    @BeforeEach
    void bucket() {
        bucket = beanstalk.createStorageLocation().s3Bucket();
    }

    private ApplicationVersionDescription create(String label, Consumer<CreateApplicationVersionRequest.Builder> more) {
        return beanstalk
                .createApplicationVersion(request -> {
                    request.applicationName("web").versionLabel(label).autoCreateApplication(true);
                    more.accept(request);
                })
                .applicationVersion();
    }

    private ApplicationVersionDescription createFrom(String label, byte[] bundle, boolean process) {
        aws.s3().put(bucket, label, bundle);
        return create(
                label,
                request -> request.sourceBundle(
                                source -> source.s3Bucket(bucket).s3Key(label))
                        .process(process));
    }

    private static byte[] zip(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private String status(String label) {
        return beanstalk
                .describeApplicationVersions(
                        request -> request.applicationName("web").versionLabels(label))
                .applicationVersions()
                .get(0)
                .statusAsString();
    }

    @Test
    void theStorageLocationIsOneForARegion() {
        assertEquals("elasticbeanstalk-eu-west-1-123456789012", bucket);
        assertEquals(bucket, beanstalk.createStorageLocation().s3Bucket());
    }

    @Test
    void areProcessedIfThatIsAskedFor() throws IOException {
        assertEquals("UNPROCESSED", createFrom("v1", new byte[3], false).statusAsString());
        assertEquals(
                "PROCESSING",
                createFrom("v2", zip("Procfile", "web: true"), true).statusAsString());
        createFrom("v3", new byte[3], true);
        createFrom("v4", zip(".ebextensions/a.config", "a: [b"), true);
        createFrom("v5", zip(".ebextensions/a.config", "a: [b]"), true);
        assertEquals("PROCESSING", status("v3"));
        advance(1);
        assertEquals(
                List.of("UNPROCESSED", "PROCESSED", "FAILED", "FAILED", "PROCESSED"),
                List.of(status("v1"), status("v2"), status("v3"), status("v4"), status("v5")));
    }

    @Test
    void haveOneLabelEach() {
        create("v1", request -> {});
        refused("InvalidParameterValue", "Application Version v1 already exists.", () -> create("v1", request -> {}));
    }

    @Test
    void needTheirApplicationAndBundle() {
        refused(
                "InvalidParameterValue",
                "No Application named 'web' found.",
                () -> create("v1", request -> request.autoCreateApplication(false)));
        refused(
                "InvalidParameterCombination",
                "Unable to download from S3 location (Bucket: " + bucket + "  Key: no.zip). Reason: Not Found",
                () -> create(
                        "v1",
                        request -> request.sourceBundle(
                                source -> source.s3Bucket(bucket).s3Key("no.zip"))));
        aws.s3().put(bucket, "v1", new byte[3]);
        try (ElasticBeanstalkClient elsewhere = Clients.of(aws).in("us-east-2").beanstalk()) {
            refused(
                    "S3LocationNotInServiceRegionException",
                    "The specified S3 bucket " + bucket + " is in the region eu-west-1, not in us-east-2.",
                    () -> elsewhere.createApplicationVersion(request -> request.applicationName("web")
                            .versionLabel("v1")
                            .autoCreateApplication(true)
                            .sourceBundle(source -> source.s3Bucket(bucket).s3Key("v1"))));
        }
    }

    @Test
    void thereAreOnlySoMany() {
        aws.beanstalk().versionQuota(2);
        create("v1", request -> {});
        create("v2", request -> {});
        assertThrows(TooManyApplicationVersionsException.class, () -> create("v3", request -> {}));
        beanstalk.deleteApplicationVersion(
                request -> request.applicationName("web").versionLabel("v1"));
        create("v3", request -> {});
    }

    /** The newest does not count, and what is deployed is kept. */
    @Test
    void theOldestAreDeletedWhereALifecyclePolicySaysSo() {
        aws.beanstalk().environment(web()); // runs v1
        aws.s3().put(bucket, "v2", new byte[3]);
        create(
                "v2",
                request ->
                        request.sourceBundle(source -> source.s3Bucket(bucket).s3Key("v2")));
        create("v3", request -> {});
        refused(
                "MissingParameter",
                "A service role is required the first time that a lifecycle policy is given.",
                () -> keep(1, null));
        keep(1, "arn:aws:iam::123456789012:role/aws-elasticbeanstalk-service-role");
        assertEquals(List.of("v3", "v2", "v1"), aws.beanstalk().versionLabels("web"), "until there is another one");
        create("v4", request -> {});
        assertEquals(List.of("v4", "v3", "v1"), aws.beanstalk().versionLabels("web"));
        assertEquals(List.of(), aws.s3().keys(bucket));
        create("v5", request -> {});
        assertEquals(List.of("v5", "v4", "v1"), aws.beanstalk().versionLabels("web"));
        assertEquals(
                1,
                beanstalk
                        .describeApplications()
                        .applications()
                        .get(0)
                        .resourceLifecycleConfig()
                        .versionLifecycleConfig()
                        .maxCountRule()
                        .maxCount());
    }

    private void keep(int most, String role) {
        beanstalk.updateApplicationResourceLifecycle(request -> request.applicationName("web")
                .resourceLifecycleConfig(config -> config.serviceRole(role)
                        .versionLifecycleConfig(rules -> rules.maxCountRule(
                                rule -> rule.enabled(true).maxCount(most).deleteSourceFromS3(true)))));
    }

    @Test
    void areListedNewestFirstByPages() {
        for (int i = 1; i <= 3; i++) {
            create("v" + i, request -> {});
            advance(1);
        }
        DescribeApplicationVersionsResponse page = beanstalk.describeApplicationVersions(
                request -> request.applicationName("web").maxRecords(2));
        assertEquals("v3", page.applicationVersions().get(0).versionLabel());
        DescribeApplicationVersionsResponse last = beanstalk.describeApplicationVersions(
                request -> request.applicationName("web").maxRecords(2).nextToken(page.nextToken()));
        assertEquals("v1", last.applicationVersions().get(0).versionLabel());
        assertNull(last.nextToken());
        assertEquals(
                List.of("v3", "v2", "v1"),
                beanstalk.describeApplications().applications().get(0).versions());
    }

    @Test
    void areDeletedUnlessTheyAreDeployed() {
        create("v1", request -> {});
        aws.beanstalk().environment(web());
        refused(
                "SourceBundleDeletionFailure",
                "Cannot delete application version: it is deployed to the environment web-prod.",
                () -> beanstalk.deleteApplicationVersion(
                        request -> request.applicationName("web").versionLabel("v1")));
        createFrom("v2", new byte[3], false);
        beanstalk.deleteApplicationVersion(
                request -> request.applicationName("web").versionLabel("v2").deleteSourceBundle(true));
        assertEquals(List.of(), aws.s3().keys(bucket));
    }

    @Test
    void areDescribed() {
        create("v1", request -> request.description("one"));
        assertEquals(
                "two",
                beanstalk
                        .updateApplicationVersion(request -> request.applicationName("web")
                                .versionLabel("v1")
                                .description("two"))
                        .applicationVersion()
                        .description());
    }
}
