package io.jenkins.plugins.awscicd.engine.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateApplicationVersionRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/** What may be asked for, and what becomes of it in a call. */
class BeanstalkRequestTest {

    private static BeanstalkRequest request(Object... more) {
        Map<String, Object> arguments = new HashMap<>(
                Map.of("application", "web", "environment", "web-prod", "bundle", "s3://artifacts/web.zip"));
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1] == null) {
                arguments.remove(more[i]);
            } else {
                arguments.put((String) more[i], more[i + 1]);
            }
        }
        return new BeanstalkRequest(arguments);
    }

    @Test
    void aNewVersionIsDescribedAsGiven() {
        CreateApplicationVersionRequest create = request(
                        "description",
                        "for the fair",
                        "tags",
                        Map.of("team", "shop"),
                        "process",
                        true,
                        "createApplication",
                        "true")
                .toCreateApplicationVersion()
                .build();
        assertEquals("web", create.applicationName());
        assertEquals("for the fair", create.description());
        assertEquals("team", create.tags().get(0).key());
        assertTrue(create.process());
        assertTrue(create.autoCreateApplication());
    }

    @Test
    void aBundleIsInTheWorkspaceOrInS3() {
        assertFalse(request().fromWorkspace());
        assertEquals("web.zip", request().bundle().s3Key());
        assertTrue(request("bundle", "target/web.war").fromWorkspace());
        assertEquals(
                "a",
                request("bundle", Map.of("bucket", "a", "key", "b.zip"))
                        .bundle()
                        .s3Bucket());
        assertEquals(
                List.of(),
                request("bundle", "dist", "includes", "**", "maxUploadMb", 90.0).problems());
        assertEquals(90L << 20, request("bundle", "dist", "maxUploadMb", 90.0).maxBytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "application | - | application: name the Elastic Beanstalk application",
                "environment | - | environment: name the environment to deploy to",
                "bundle | - | bundle: say what to deploy",
                "version | v1 | version: cannot be combined with bundle",
                "includes | ** | includes: only used with a bundle of the workspace",
                "maxUploadMb | 501 | maxUploadMb: 501 is out of range; use 1 to 500",
                "bundle | s3://artifacts | bundle: 's3://artifacts' must have the form 's3://bucket/key'",
                "health | Red | health: 'Red' is not known; use one of Green, Yellow, any",
                "whenBusy | push | whenBusy: 'push' is not known; use one of wait, fail, abortOwn, newestWins",
                "optionSettings | MinSize=2 | optionSettings: must be a list of maps",
                "platformArn | Java | platformArn: 'Java' must be an ARN",
                "createEnvironment | true | createEnvironment: say which platform a new environment runs on",
                "tier | Worker | tier: only used when the environment is created; add createEnvironment: true",
                "tier | Batch | tier: 'Batch' is not known; use one of WebServer, Worker",
                "version | rel/1 | version: 'rel/1' must be 1 to 100 characters without a slash",
                "versionLabel | release/2 | versionLabel: 'release/2' must be 1 to 100 characters without a slash",
                "environment | web | environment: 'web' must be 4 to 40 letters, digits and hyphens",
                "environment | web_prod | environment: 'web_prod' must be 4 to 40 letters, digits and hyphens",
                "cnamePrefix | -a- | cnamePrefix: '-a-' must be 4 to 63 letters",
                "color | red | color: there is no such argument"
            })
    void badInputNamesTheArgumentAndTheFix(String name, String value, String problem) {
        List<String> problems = request(name, value).problems();
        assertTrue(problems.stream().anyMatch(it -> it.startsWith(problem)), problems.toString());
    }

    @Test
    void aVersionThatIsThereTakesNothingOfANewOne() {
        assertEquals(List.of(), request("bundle", null, "version", "v1").problems());
        assertTrue(request("bundle", null, "version", "v1", "description", "x")
                .problems()
                .get(0)
                .startsWith("description: "));
    }

    private static Map<String, Object> setting(String name, Object value) {
        Map<String, Object> setting = new HashMap<>();
        setting.put("namespace", "aws:elasticbeanstalk:application:environment");
        setting.put("optionName", name);
        setting.put("value", value);
        return setting;
    }

    @Test
    void settingsAndPlatformGoToTheEnvironment() {
        BeanstalkRequest request = request(
                "optionSettings",
                List.of(setting("PORT", 8080), setting("EMPTY", "")),
                "optionsToRemove",
                List.of(Map.of("namespace", "aws:autoscaling:asg", "optionName", "MaxSize")),
                "solutionStackName",
                "64bit Amazon Linux 2023 v4.5.1 running Corretto 17");
        assertEquals(List.of(), request.problems());
        UpdateEnvironmentRequest update = request.forEnvironment().toUpdate().build();
        assertEquals("8080", update.optionSettings().get(0).value());
        assertEquals("", update.optionSettings().get(1).value());
        assertEquals("MaxSize", update.optionsToRemove().get(0).optionName());
        assertEquals("64bit Amazon Linux 2023 v4.5.1 running Corretto 17", update.solutionStackName());
        assertNull(update.versionLabel());
        assertTrue(request.forEnvironment().configures());
        assertFalse(request().forEnvironment().configures());
    }

    @Test
    void anEnvironmentIsMadeOnlyWhenAskedFor() {
        BeanstalkRequest request = request(
                "createEnvironment",
                true,
                "templateName",
                "small",
                "tier",
                "Worker",
                "operationsRole",
                "arn:aws:iam::123456789012:role/operations",
                "environmentTags",
                Map.of("team", "shop"));
        assertEquals(List.of(), request.problems());
        CreateEnvironmentRequest create = request.forEnvironment().toCreate().build();
        assertEquals("web", create.applicationName());
        assertEquals("web-prod", create.environmentName());
        assertEquals("SQS/HTTP", create.tier().type());
        assertEquals("small", create.templateName());
        assertEquals("shop", create.tags().get(0).value());
        assertFalse(request().forEnvironment().creates());
    }

    @Test
    void whatDoesNotGoTogetherIsTold() {
        assertProblem(
                "platformArn: cannot be combined with solutionStackName",
                request("solutionStackName", "Corretto", "platformArn", "arn:aws:elasticbeanstalk:x::platform/y/1"));
        assertProblem(
                "templateName: cannot be combined with solutionStackName",
                request("solutionStackName", "Corretto", "templateName", "small"));
        assertProblem(
                "cnamePrefix: a worker has no address",
                request("createEnvironment", true, "templateName", "s", "tier", "Worker", "cnamePrefix", "shop"));
        assertProblem(
                "environment: 'web' cannot be created; use 4 to 40",
                request("createEnvironment", true, "templateName", "s", "environment", "web"));
        assertProblem(
                "optionsToRemove: 'aws:elasticbeanstalk:application:environment' 'PORT' is given twice",
                request(
                        "optionSettings",
                        List.of(setting("PORT", 1)),
                        "optionsToRemove",
                        List.of(Map.of(
                                "namespace", "aws:elasticbeanstalk:application:environment", "optionName", "PORT"))));
        assertProblem(
                "optionSettings: 'aws:elasticbeanstalk:application:environment' 'PORT' has no value",
                request("optionSettings", List.of(setting("PORT", null))));
        assertProblem(
                "optionSettings: each must have a namespace and an optionName",
                request("optionSettings", List.of(Map.of("value", "hush"))));
    }

    private static void assertProblem(String problem, BeanstalkRequest request) {
        List<String> problems = request.problems();
        assertTrue(problems.stream().anyMatch(it -> it.startsWith(problem)), problems.toString());
        assertFalse(problems.toString().contains("hush"), problems.toString());
    }

    @Test
    void settingsCanBeKeptApart() {
        BeanstalkRequest request = request("optionSettings", List.of(setting("KEY", "hush")));
        BeanstalkRequest without = request.withoutSettings();
        assertEquals(List.of(), without.settings());
        assertEquals(
                "hush",
                without.withSettings(request.settings())
                        .forEnvironment()
                        .toUpdate()
                        .build()
                        .optionSettings()
                        .get(0)
                        .value());
        assertFalse(request.toString().contains("hush"));
        assertFalse(request.forEnvironment().toString().contains("hush"));
    }

    @Test
    void whatIsNullIsDoubtfulIfItDecidesWhatIsDeployed() {
        Map<String, Object> given = new HashMap<>(
                Map.of("application", "web", "environment", "web-prod", "bundle", "s3://artifacts/web.zip"));
        given.put("versionLabel", null);
        given.put("description", null);
        assertEquals(List.of("versionLabel is null and is ignored"), new BeanstalkRequest(given).doubts());
    }
}
