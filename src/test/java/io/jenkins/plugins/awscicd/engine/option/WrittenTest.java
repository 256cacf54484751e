package io.jenkins.plugins.awscicd.engine.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts give has been through shells, JSON and YAML before. */
class WrittenTest {

    private static BuildRequest build(Object... more) {
        return new BuildRequest(with(Map.of("project", "web"), more));
    }

    private static DeploymentRequest deployment(Object... more) {
        return new DeploymentRequest(with(
                Map.of("application", "web", "deploymentGroup", "prod", "revision", "s3://artifacts/web.zip"), more));
    }

    private static BeanstalkRequest update(Object... more) {
        return new BeanstalkRequest(with(
                Map.of("application", "web", "environment", "web-prod", "bundle", "s3://artifacts/web.zip"), more));
    }

    private static Map<String, Object> with(Map<String, Object> first, Object... more) {
        Map<String, Object> all = new LinkedHashMap<>(first);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    /** {@code sh(script: 'git rev-parse HEAD', returnStdout: true)} ends with one, as do files. */
    @Test
    void aLineBreakBehindANameIsNoPartOfIt() {
        BuildRequest built =
                build("project", "web\n", "sourceVersion", "0a1b2c\n", "image", " aws/codebuild/standard:7.0 ");
        assertEquals(List.of(), built.problems());
        assertEquals("web", built.project());
        assertEquals("0a1b2c", built.text("sourceVersion"));
        assertEquals("aws/codebuild/standard:7.0", built.text("image"));
        DeploymentRequest deployed = deployment(
                "application", "web\n", "revision", Map.of("repository", "example/web", "commit", "0a1b2c\n"));
        assertEquals(List.of(), deployed.problems());
        assertEquals("web", deployed.application());
        assertEquals("0a1b2c", deployed.revision().gitHubLocation().commitId());
        assertEquals(
                "web.zip",
                deployment("revision", Map.of("bucket", "artifacts\n", "key", "web.zip\n"))
                        .revision()
                        .s3Location()
                        .key());
        assertEquals(
                "web.zip",
                deployment("revision", "s3://artifacts/web.zip\n")
                        .revision()
                        .s3Location()
                        .key());
        BeanstalkRequest update =
                update("versionLabel", "v1\n", "bundle", Map.of("bucket", "artifacts", "key", "web.zip\n"));
        assertEquals(List.of(), update.problems());
        assertEquals("v1", update.text("versionLabel"));
        assertEquals("web.zip", update.bundle().s3Key());
    }

    @Test
    void whatHasLinesKeepsThem() {
        String buildspec = "version: 0.2\nphases:\n  build:\n    commands: [make]\n";
        assertEquals(buildspec, build("buildspec", buildspec).text("buildspec"));
    }

    @Test
    void whatStandsForATextIsOne() {
        BuildRequest built = build("description", null, "sourceVersion", 'x', "image", TimeUnit.DAYS);
        assertEquals("DAYS", built.text("image"));
        assertEquals(
                List.of(),
                build("environmentVariables", Map.of("DAY", LocalDate.of(2024, 1, 31), "UNIT", TimeUnit.DAYS))
                        .problems());
    }

    @Test
    void whatShowsItselfOtherwiseThanItWasWrittenIsNone() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("PORTS", List.of("hunter22"));
        assertEquals(
                List.of("environmentVariables: PORTS is a list; turn it into text, for example with join(',') for a"
                        + " list, or with quotes around a date in YAML"),
                build("environmentVariables", variables).problems());
        assertEquals(
                List.of("environmentVariables: PORTS is a Date; turn it into text, for example with join(',') for a"
                        + " list, or with quotes around a date in YAML"),
                build("environmentVariables", Map.of("PORTS", new Date(0))).problems());
        assertEquals(
                List.of("description: must be text, not a list"),
                deployment("description", List.of("x")).problems());
        assertEquals(
                List.of("image: must be text, not a map"),
                build("image", Map.of("a", "hunter22")).problems());
    }

    @Test
    void aTagWithoutAValueIsNotCalledNull() {
        Map<String, Object> tags = new HashMap<>();
        tags.put("team", null);
        assertEquals(
                List.of("tags: team has no value; give it one, or leave it out"),
                update("tags", tags).problems());
        assertEquals(
                List.of("tags: team is a list; turn it into text"),
                update("tags", Map.of("team", List.of("a"))).problems());
    }

    /** As AWS documents it for projects whose tests are to be found, or not. */
    @Test
    void whatConfiguresCodeBuildMayBeSet() {
        assertEquals(
                List.of(),
                build("environmentVariables", Map.of("CODEBUILD_CONFIG_AUTO_DISCOVER", false))
                        .problems());
        assertEquals(
                List.of("environmentVariables: 'CODEBUILD_SRC_DIR' cannot be set: names that begin with CODEBUILD_ are"
                        + " reserved for CodeBuild"),
                build("environmentVariables", Map.of("CODEBUILD_SRC_DIR", "x")).problems());
    }

    @ParameterizedTest
    @CsvSource({"TRUE, true", "True, true", "false, false", "FALSE, false"})
    void trueAndFalseAreSoInAnyCase(String written, boolean meant) {
        assertEquals(List.of(), build("privileged", written).problems());
        assertEquals(meant, deployment("registerOnly", written).registerOnly());
        assertEquals(meant, update("reuseVersion", written).reusesVersion());
    }

    @ParameterizedTest
    @CsvSource({
        "projectName, project",
        "env, environmentVariables or environmentType",
        "envVariables, environmentVariables",
        "variables, environmentVariables",
        "timeout, timeoutMinutes",
        "s3Bucket, bucket",
        "kms, kmsKey",
        "spec,",
        "tag,",
        "x,",
        "ok,"
    })
    void theNearestIsNotFarFetched(String written, String near) {
        assertEquals(near, Nearest.of(written, BuildRequest.names()).orElse(null));
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:hunter22@aws.example.com",
        "https://user:hunt/hunter22@aws.example.com",
        "aws.example.com/x?token=hunter22",
        "https:/aws.example.com?hunter22"
    })
    void noPasswordOfAnAddressIsRepeated(String endpoint) {
        List<String> problems = new AwsAccess(null, "ci", null, null, null, endpoint).problems();
        assertEquals(1, problems.size());
        assertFalse(problems.get(0).contains("hunter22"), problems.get(0));
    }

    @Test
    void aVersionIsNamedForItself() {
        String told =
                "'s3://artifacts/web.zip?…' names a version, which an S3 address cannot; use [bucket: 'artifacts',"
                        + " key: 'web.zip', version: …] where a version can be named, or else 's3://artifacts/web.zip'";
        assertEquals(
                List.of("revision: " + told),
                deployment("revision", "s3://artifacts/web.zip?versionId=abc").problems());
        assertEquals(
                List.of("bundle: " + told),
                update("bundle", "s3://artifacts/web.zip?versionId=abc").problems());
    }

    @Test
    void keysOfKmsAreSoInAnyCase() {
        assertEquals(
                List.of(),
                build("encryptionKey", "8CB9BBB4-2D37-4A4E-8AC5-0F2BD6E7A1C2").problems());
        assertEquals(
                Arrays.asList((Object) null),
                Arrays.asList(build("encryptionKey", " ").text("encryptionKey")));
    }
}
