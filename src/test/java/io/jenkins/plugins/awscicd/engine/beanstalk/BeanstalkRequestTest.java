package io.jenkins.plugins.awscicd.engine.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateApplicationVersionRequest;

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
                "bundle | s3://artifacts | bundle: 's3://artifacts' is to be 's3://bucket/key'",
                "health | Red | health: 'Red' is not known; use one of Green, Yellow, any",
                "whenBusy | push | whenBusy: 'push' is not known; use one of wait, fail",
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
}
