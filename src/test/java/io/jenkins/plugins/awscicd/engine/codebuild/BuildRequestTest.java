package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.codebuild.model.CacheMode;
import software.amazon.awssdk.services.codebuild.model.ProjectBuildBatchConfig;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

class BuildRequestTest {

    /** Of uploads, and of batches. */
    private static final List<String> NOT_OF_A_BUILD = List.of(
            "directory",
            "includes",
            "excludes",
            "bucket",
            "keyPrefix",
            "kmsKey",
            "maxUploadMb",
            "build",
            "batch",
            "batchConfig",
            "retryFailed");

    /** For which StartBuildBatch has no place. */
    private static final Set<String> NOT_OF_A_BATCH =
            Set.of("fleet", "autoRetryLimit", "retryBuild", "buildStatusConfig", "roomTimeoutMinutes");

    private static final String FLEET = "arn:aws:codebuild:eu-west-1:123456789012:fleet/fast:01";

    /** A value for every argument, as a Jenkinsfile gives it. */
    private static Map<String, Object> everything() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("project", "web");
        all.put("source", "project");
        all.put("sourceType", "GITHUB");
        all.put("sourceLocation", "https://github.com/example/web.git");
        all.put("sourceVersion", "refs/heads/main^{0123456}");
        all.put("gitCloneDepth", 0);
        all.put("gitSubmodules", true);
        all.put("insecureSsl", false);
        all.put(
                "secondarySources",
                List.of(
                        map(
                                "identifier",
                                "lib",
                                "type",
                                "GITHUB",
                                "location",
                                "https://github.com/example/lib.git",
                                "version",
                                "v2",
                                "gitCloneDepth",
                                5,
                                "gitSubmodules",
                                true,
                                "insecureSsl",
                                true,
                                "reportBuildStatus",
                                true,
                                "auth",
                                Map.of("type", "SECRETS_MANAGER", "resource", "arn:of:a:secret"),
                                "buildStatusConfig",
                                Map.of("context", "jenkins")),
                        Map.of("identifier", "data", "type", "S3", "location", "bucket/data.zip")));
        all.put("directory", "app");
        all.put("includes", "**/*.js");
        all.put("excludes", "node_modules/**");
        all.put("bucket", "sources");
        all.put("keyPrefix", "jenkins");
        all.put("kmsKey", "alias/sources");
        all.put("maxUploadMb", 10);
        all.put("buildspec", "ci/buildspec.yml");
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("STAGE", "test");
        variables.put("EMPTY", "");
        variables.put("NUMBER", 42);
        variables.put("FLAG", true);
        variables.put("PASSWORD", Map.of("value", "prod/db", "type", "SECRETS_MANAGER"));
        variables.put("REGION", Map.of("value", "/web/region", "type", "PARAMETER_STORE"));
        variables.put("PLAIN", Map.of("value", "x"));
        all.put("environmentVariables", variables);
        all.put("image", "aws/codebuild/standard:8.0");
        all.put("computeType", "BUILD_GENERAL1_LARGE");
        all.put("environmentType", "LINUX_CONTAINER");
        all.put("fleet", FLEET);
        all.put("certificate", "bucket/cert.pem");
        all.put("privileged", true);
        all.put("imagePullCredentials", "SERVICE_ROLE");
        all.put("registryCredential", "registry-secret");
        all.put("serviceRole", "arn:aws:iam::123456789012:role/other");
        all.put("encryptionKey", "alias/artifacts");
        all.put("timeoutMinutes", 5);
        all.put("queuedTimeoutMinutes", "480");
        all.put("roomTimeoutMinutes", 60);
        all.put(
                "cache",
                Map.of(
                        "type", "LOCAL",
                        "location", "ignored",
                        "modes", List.of("LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"),
                        "cacheNamespace", "team"));
        all.put("cloudWatchLogs", Map.of("status", "ENABLED", "groupName", "builds", "streamName", "web"));
        all.put(
                "s3Logs",
                Map.of(
                        "status", "ENABLED",
                        "location", "logs/web",
                        "encryptionDisabled", true,
                        "bucketOwnerAccess", "FULL"));
        Map<String, Object> artifact = new HashMap<>(Map.of(
                "type", "S3",
                "location", "artifacts",
                "path", "web",
                "namespaceType", "BUILD_ID",
                "name", "web.zip",
                "packaging", "ZIP",
                "overrideArtifactName", true,
                "encryptionDisabled", true,
                "bucketOwnerAccess", "READ_ONLY"));
        all.put("artifacts", artifact);
        all.put("secondaryArtifacts", List.of(Map.of("identifier", "map", "type", "S3", "location", "artifacts")));
        all.put("build", "web:69ee9b60-08e3-4838-94d8-8b2236dcd272");
        all.put("retryBuild", 3);
        all.put("autoRetryLimit", 2);
        all.put("reportBuildStatus", true);
        all.put("sourceAuth", Map.of("type", "CODECONNECTIONS", "resource", "arn:of:a:connection"));
        all.put("buildStatusConfig", Map.of("context", "jenkins", "targetUrl", "https://ci.example.com"));
        all.put("debugSession", true);
        all.put("batch", true);
        all.put(
                "batchConfig",
                Map.of(
                        "serviceRole",
                        "arn:aws:iam::123456789012:role/batch",
                        "combineArtifacts",
                        true,
                        "maximumBuildsAllowed",
                        7,
                        "computeTypesAllowed",
                        "BUILD_GENERAL1_SMALL,BUILD_GENERAL1_LARGE",
                        "fleetsAllowed",
                        List.of("fast"),
                        "timeoutInMins",
                        90,
                        "batchReportMode",
                        "REPORT_INDIVIDUAL_BUILDS"));
        all.put("retryFailed", 2);
        return all;
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static StartBuildRequest sent(Map<String, ?> given) {
        return new BuildRequest(given).toStartBuild().build();
    }

    private static Set<String> set(SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .filter(field -> isSet(field, pojo))
                .map(SdkField::memberName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isSet(SdkField<?> field, SdkPojo pojo) {
        Object value = field.getValueOrDefault(pojo);
        return value != null && !(value instanceof SdkAutoConstructList);
    }

    private static List<String> problems(Map<String, ?> given) {
        Map<String, Object> all = new HashMap<>(Map.of("project", "web"));
        all.putAll(given);
        return new BuildRequest(all).problems();
    }

    private static String problem(String name, Object value) {
        List<String> problems = problems(Map.of(name, value));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith(name + ": "), problems.get(0));
        return problems.get(0);
    }

    @Test
    void theProjectAloneIsSentAlone() {
        assertEquals(Set.of("projectName"), set(sent(Map.of("project", "web"))));
    }

    @Test
    void eachArgumentSetsItsOwnPartOfTheRequestAndNothingElse() {
        Map<String, String> members = new HashMap<>();
        everything().forEach((name, value) -> {
            Set<String> set = set(sent(Map.of(name, value)));
            members.put(name, String.join(" ", set));
        });
        Map<String, String> expected = new HashMap<>(Map.of(
                "project", "projectName",
                "sourceVersion", "sourceVersion",
                "gitSubmodules", "gitSubmodulesConfigOverride",
                "secondarySources", "secondarySourcesOverride secondarySourcesVersionOverride",
                "privileged", "privilegedModeOverride",
                "imagePullCredentials", "imagePullCredentialsTypeOverride",
                "timeoutMinutes", "timeoutInMinutesOverride",
                "queuedTimeoutMinutes", "queuedTimeoutInMinutesOverride",
                "cloudWatchLogs", "logsConfigOverride",
                "s3Logs", "logsConfigOverride"));
        expected.put("debugSession", "debugSessionEnabled");
        for (String own : List.of(
                "source",
                "directory",
                "includes",
                "excludes",
                "bucket",
                "keyPrefix",
                "kmsKey",
                "maxUploadMb",
                "build",
                "retryBuild",
                "batch",
                "batchConfig",
                "retryFailed",
                "roomTimeoutMinutes")) {
            expected.put(own, "");
        }
        BuildRequest.names().forEach(name -> expected.putIfAbsent(name, name + "Override"));
        assertEquals(expected, members);
    }

    @Test
    void everyArgumentReachesAws() {
        try (Bench bench = Bench.stepped()) {
            bench.simulatedProject("web");
            Map<String, Object> all = everything();
            NOT_OF_A_BUILD.forEach(all::remove);
            all.remove("retryBuild");
            BuildRequest request = new BuildRequest(all);
            assertEquals(List.of(), request.problems());
            BuildRun run = new BuildRun(bench).log(LogMode.NONE).start(request);
            bench.advance(1);
            assertNull(run.failure(), () -> run.failure().getMessage());

            JsonNode build = bench.aws().codeBuild().build(run.id()).toJson();
            assertEquals("GITHUB", build.at("/source/type").asText());
            assertEquals(
                    "https://github.com/example/web.git",
                    build.at("/source/location").asText());
            assertEquals("refs/heads/main^{0123456}", build.at("/sourceVersion").asText());
            assertTrue(build.at("/source/gitCloneDepth").isInt());
            assertEquals(0, build.at("/source/gitCloneDepth").asInt());
            assertTrue(build.at("/source/gitSubmodulesConfig/fetchSubmodules").asBoolean());
            assertTrue(build.at("/source/insecureSsl").isBoolean());
            assertEquals("ci/buildspec.yml", build.at("/source/buildspec").asText());
            assertEquals(2, build.at("/secondarySources").size());
            assertEquals("lib", build.at("/secondarySources/0/sourceIdentifier").asText());
            assertEquals(5, build.at("/secondarySources/0/gitCloneDepth").asInt());
            assertEquals(1, build.at("/secondarySourceVersions").size());
            assertEquals(
                    "v2", build.at("/secondarySourceVersions/0/sourceVersion").asText());
            assertEquals(
                    "aws/codebuild/standard:8.0", build.at("/environment/image").asText());
            assertEquals(
                    "BUILD_GENERAL1_LARGE", build.at("/environment/computeType").asText());
            assertEquals(FLEET, build.at("/environment/fleet/fleetArn").asText());
            assertEquals("bucket/cert.pem", build.at("/environment/certificate").asText());
            assertTrue(build.at("/environment/privilegedMode").asBoolean());
            assertEquals(
                    "SERVICE_ROLE",
                    build.at("/environment/imagePullCredentialsType").asText());
            assertEquals(
                    "registry-secret",
                    build.at("/environment/registryCredential/credential").asText());
            assertEquals(
                    "SECRETS_MANAGER",
                    build.at("/environment/registryCredential/credentialProvider")
                            .asText());
            Map<String, String> variables = new LinkedHashMap<>();
            build.at("/environment/environmentVariables")
                    .forEach(it -> variables.put(
                            it.path("name").asText(),
                            it.path("type").asText() + " " + it.path("value").asText()));
            variables.remove("JENKINS_CODEBUILD_TOKEN");
            assertEquals(
                    Map.of(
                            "STAGE", "PLAINTEXT test",
                            "EMPTY", "PLAINTEXT ",
                            "NUMBER", "PLAINTEXT 42",
                            "FLAG", "PLAINTEXT true",
                            "PASSWORD", "SECRETS_MANAGER prod/db",
                            "REGION", "PARAMETER_STORE /web/region",
                            "PLAIN", "PLAINTEXT x"),
                    variables);
            assertEquals(
                    "arn:aws:iam::123456789012:role/other",
                    build.at("/serviceRole").asText());
            assertEquals("alias/artifacts", build.at("/encryptionKey").asText());
            assertEquals(5, build.at("/timeoutInMinutes").asInt());
            assertEquals(480, build.at("/queuedTimeoutInMinutes").asInt());
            assertEquals("LOCAL_CUSTOM_CACHE", build.at("/cache/modes/1").asText());
            assertEquals("builds", build.at("/logs/cloudWatchLogs/groupName").asText());
            assertEquals("logs/web", build.at("/logs/s3Logs/location").asText());
            assertEquals(2, build.at("/autoRetryConfig/autoRetryLimit").asInt());
            assertTrue(build.at("/source/reportBuildStatus").asBoolean());
            assertEquals(1, build.at("/secondaryArtifacts").size());
            assertEquals("CODECONNECTIONS", build.at("/source/auth/type").asText());
            assertEquals(
                    "https://ci.example.com",
                    build.at("/source/buildStatusConfig/targetUrl").asText());
            assertEquals("team", build.at("/cache/cacheNamespace").asText());
            assertTrue(build.at("/debugSession/sessionEnabled").asBoolean());
        }
    }

    @Test
    void aBatchIsStartedWithAllThatABuildIsStartedWithOrRefusesIt() {
        Map<String, Object> all = everything();
        NOT_OF_A_BUILD.forEach(all::remove);
        for (Map.Entry<String, Object> argument : all.entrySet()) {
            Map<String, Object> given = new HashMap<>(Map.of("project", "web", "batch", true));
            given.put(argument.getKey(), argument.getValue());
            BuildRequest request = new BuildRequest(given);
            if (NOT_OF_A_BATCH.contains(argument.getKey())) {
                assertEquals(1, request.problems().size(), request.problems().toString());
                assertTrue(
                        request.problems()
                                .get(0)
                                .startsWith(argument.getKey() + ": cannot be combined with batch: true"),
                        request.problems().get(0));
                continue;
            }
            assertEquals(List.of(), request.problems());
            StartBuildRequest build = request.toStartBuild().build();
            Map<String, Object> ofBuild = values(build);
            Map<String, Object> ofBatch = values(request.toStartBatch().build());
            assertEquals(
                    List.copyOf(ofBuild.values()),
                    List.copyOf(ofBatch.values()),
                    argument.getKey() + ": " + ofBuild.keySet() + " " + ofBatch.keySet());
        }
    }

    private static Map<String, Object> values(SdkPojo pojo) {
        Map<String, Object> values = new TreeMap<>();
        pojo.sdkFields().stream()
                .filter(field -> isSet(field, pojo))
                .forEach(field -> values.put(
                        field.memberName()
                                .replace("build", "")
                                .replace("Batch", "")
                                .toLowerCase(),
                        field.getValueOrDefault(pojo)));
        return values;
    }

    @Test
    void theConfigurationOfABatchIsSentWhole() {
        Map<String, Object> all = new HashMap<>(Map.of("project", "web", "batch", "true"));
        all.put("batchConfig", everything().get("batchConfig"));
        BuildRequest request = new BuildRequest(all);
        assertEquals(List.of(), request.problems());
        ProjectBuildBatchConfig config = request.toStartBatch().build().buildBatchConfigOverride();
        assertEquals("arn:aws:iam::123456789012:role/batch", config.serviceRole());
        assertEquals(true, config.combineArtifacts());
        assertEquals(7, config.restrictions().maximumBuildsAllowed());
        assertEquals(
                List.of("BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_LARGE"),
                config.restrictions().computeTypesAllowed());
        assertEquals(List.of("fast"), config.restrictions().fleetsAllowed());
        assertEquals(90, config.timeoutInMins());
        assertEquals("REPORT_INDIVIDUAL_BUILDS", config.batchReportModeAsString());
        assertEquals(Arrays.asList(null, "arn:aws:iam::123456789012:role/batch"), request.roles());
    }

    @Test
    void whatIsOfABatchNeedsOne() {
        assertEquals(
                "retryFailed: only used with batch: true; add that, or leave retryFailed out",
                problem("retryFailed", 1));
        assertEquals(
                "batchConfig: only used with batch: true; add that, or leave batchConfig out",
                problem("batchConfig", Map.of("timeoutInMins", 9)));
        assertEquals(List.of(), problems(Map.of("batch", false)));
        assertTrue(problem("batch", "perhaps").startsWith("batch: "));
        assertFalse(new BuildRequest(Map.of("project", "web")).isBatch());
    }

    @Test
    void everyArgumentIsKnownByName() {
        assertEquals(everything().keySet(), Set.copyOf(BuildRequest.names()));
    }

    @Test
    void emptyArgumentsCountAsNotGiven() {
        Map<String, Object> blank = new HashMap<>(
                Map.of("project", "web", "buildspec", "", "secondaryArtifacts", List.of(), "cache", Map.of()));
        blank.put("image", null);
        assertEquals(Set.of("projectName"), set(sent(blank)));
        assertEquals(List.of(), new BuildRequest(blank).problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeoutMinutes | 4 | timeoutMinutes: 4 is out of range; use 5 to 2160",
                "timeoutMinutes | 2161 | timeoutMinutes: 2161 is out of range; use 5 to 2160",
                "timeoutMinutes | an hour | timeoutMinutes: 'an hour' is not a whole number",
                "timeoutMinutes | 7.5 | timeoutMinutes: '7.5' is not a whole number",
                "timeoutMinutes | 99999999999 | timeoutMinutes: '99999999999' is not a whole number",
                "queuedTimeoutMinutes | 481 | queuedTimeoutMinutes: 481 is out of range; use 5 to 480",
                "gitCloneDepth | -1 | gitCloneDepth: -1 is out of range; use 0 to 2147483647",
                "autoRetryLimit | -1 | autoRetryLimit: -1 is out of range; use 0 to 2147483647",
                "retryBuild | 0 | retryBuild: 0 is out of range; use 1 to 10",
                "retryBuild | 11 | retryBuild: 11 is out of range; use 1 to 10",
                "privileged | yes | privileged: 'yes' is neither true nor false",
                "source | git | source: 'git' is not known; use one of project, workspace",
                "imagePullCredentials | MINE | imagePullCredentials: 'MINE' is not known; use one of CODEBUILD, SERVICE_ROLE",
                "directory | app | directory: only used with source: 'workspace'; add that, or leave directory out"
            })
    void aWrongArgumentIsNamedWithTheFix(String name, String value, String problem) {
        assertEquals(problem, problem(name, value));
    }

    private static final String BUILD = "web:69ee9b60-08e3-4838-94d8-8b2236dcd272";

    @ParameterizedTest
    @ValueSource(strings = {BUILD, "arn:aws-cn:codebuild:cn-north-1:123456789012:build/" + BUILD})
    void aBuildIsNamedByItsIdOrItsArn(String build) {
        BuildRequest request = new BuildRequest(Map.of("build", build));
        assertEquals(List.of(), request.problems());
        assertEquals("web", request.project());
        assertEquals(build, request.build());
        assertEquals(List.of(), new BuildRequest(Map.of("build", build, "project", "web")).problems());
        assertEquals(
                List.of("project: 'api' is not the project of the build, which is 'web'; leave project out"),
                new BuildRequest(Map.of("build", build, "project", "api")).problems());
    }

    @Test
    void whatIsFollowedIsNotChanged() {
        for (String name : BuildRequest.names()) {
            Map<String, Object> given = new HashMap<>(Map.of("build", BUILD));
            given.putIfAbsent(name, everything().get(name));
            List<String> problems = new BuildRequest(given).problems();
            if (name.equals("project") || name.equals("build")) {
                assertEquals(List.of(), problems);
            } else {
                assertEquals(
                        List.of(name + ": cannot be combined with build, as nothing is started; leave one of them out"),
                        problems);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web",
                "69ee9b60-08e3-4838-94d8-8b2236dcd272",
                "web:42",
                "arn:aws:codebuild:eu-west-1:123456789012:project/web"
            })
    void whatIsNoBuildIsNamedWithTheForm(String build) {
        List<String> problems = new BuildRequest(Map.of("build", build)).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith("build: '" + build + "'"), problems.get(0));
        assertTrue(problems.get(0).contains("such as '" + BUILD + "', or its ARN"), problems.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arn:aws:codebuild:eu-west-1:123456789012:build-batch/web:69ee9b60-08e3-4838-94d8-8b2236dcd272 | is a batch"
                        + " of builds, which cannot be followed",
                "https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/web/build/web%3A69ee9b60-08e3-4838-94d8-8b2236dcd272/?region=eu-west-1"
                        + " | is the address of a page; use the build's id alone: 'web:69ee9b60-08e3-4838-94d8-8b2236dcd272'"
            })
    void whatIsTakenForABuildIsToldWithTheFix(String build, String end) {
        List<String> problems = new BuildRequest(Map.of("build", build)).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).endsWith(end), problems.get(0));
    }

    @Test
    void whoTriesAgainIsOneAlone() {
        assertEquals(
                List.of(
                        "retryBuild: cannot be combined with autoRetryLimit, by which AWS itself tries a failed build again; leave one of"
                                + " them out, or set autoRetryLimit to 0"),
                problems(Map.of("retryBuild", 2, "autoRetryLimit", 1)));
        assertEquals(List.of(), problems(Map.of("retryBuild", 2, "autoRetryLimit", 0)));
        assertEquals(List.of(), problems(Map.of("retryBuild", "10", "autoRetryLimit", "0")));
        assertEquals(
                new RetryRequest(2, 7L),
                RetryRequest.of(new BuildRequest(map("retryBuild", 2, "roomTimeoutMinutes", 7))));
        assertEquals(RetryRequest.NONE, RetryRequest.of(new BuildRequest(Map.of("project", "web"))));
    }

    @Test
    void aNumberThatIsNoWholeOneIsNotCut() {
        assertEquals("timeoutMinutes: '7.5' is not a whole number", problem("timeoutMinutes", 7.5));
        assertEquals(List.of(), problems(Map.of("timeoutMinutes", 7L)));
        for (Object ten : List.of(10, "10", " 10 ", 10.0)) {
            assertEquals(10L, new BuildRequest(Map.of("maxUploadMb", ten)).maxUploadMb());
        }
    }

    @Test
    void nestedArgumentsAreNamedByTheirPath() {
        assertTrue(
                problem("cache", Map.of("type", "FAST")).startsWith("cache: type: 'FAST' is not known; use one of "));
        assertTrue(problem("cache", Map.of("type", "LOCAL", "modes", "LOCAL_SOURCE_CACHE,NONE"))
                .startsWith("cache: modes: 'NONE' is not known; use one or more of "));
        assertTrue(problem("cache", "LOCAL").startsWith("cache: must be a map of type, location, modes"));
        assertTrue(problem("s3Logs", Map.of("status", "ON")).startsWith("s3Logs: status: 'ON' is not known"));
        assertTrue(problem("secondarySources", "lib").startsWith("secondarySources: must be a list of maps"));
        assertTrue(problem("artifacts", Map.of("type", "S3", "bucket", "x"))
                .startsWith("artifacts: bucket: there is no such argument; use one of "));
        assertTrue(problem("secondarySources", List.of(Map.of("identifier", "lib", "type", "CODEPIPELINE")))
                .startsWith("secondarySources: type: 'CODEPIPELINE' is not known"));
    }

    /** What the API model requires of each nested part, and what the user guide does of further sources. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cloudWatchLogs | groupName | cloudWatchLogs: status: is missing, but AWS requires it; use one of DISABLED, ENABLED",
                "s3Logs | location | s3Logs: status: is missing, but AWS requires it; use one of DISABLED, ENABLED",
                "cache | location | cache: type: is missing, but AWS requires it; use one of LOCAL, NO_CACHE, S3",
                "artifacts | location | artifacts: type: is missing, but AWS requires it; use one of NO_ARTIFACTS, S3",
                "sourceAuth | resource | sourceAuth: type: is missing, but AWS requires it; use one of CODECONNECTIONS, OAUTH, SECRETS_MANAGER"
            })
    void whatAPartCannotDoWithoutIsNamed(String name, String given, String problem) {
        assertEquals(problem, problem(name, Map.of(given, "x")));
    }

    @Test
    void whatAPartOfAListCannotDoWithoutIsNamed() {
        assertEquals(
                "secondarySources: identifier: is missing, but AWS requires it; type: is missing, but AWS requires it; use one of "
                        + "BITBUCKET, CODECOMMIT, GITHUB, GITHUB_ENTERPRISE, GITLAB, GITLAB_SELF_MANAGED, NO_SOURCE, S3",
                problem("secondarySources", List.of(Map.of("location", "x"))));
        assertEquals(
                "secondaryArtifacts: type: is missing, but AWS requires it; use one of NO_ARTIFACTS, S3",
                problem("secondaryArtifacts", List.of(Map.of("location", "x"))));
        assertEquals(
                "secondaryArtifacts: has 13 entries; AWS accepts 12 at most",
                problem("secondaryArtifacts", Collections.nCopies(13, Map.of("type", "NO_ARTIFACTS"))));
        assertEquals(
                "secondarySources: identifier: 'my-lib' must be 1 to 127 letters, digits and _",
                problem("secondarySources", List.of(Map.of("identifier", "my-lib", "type", "NO_SOURCE"))));
        assertTrue(
                problem("computeType", "small").startsWith("computeType: 'small' must be 1 to 255 uppercase letters"));
    }

    /** What is new in the SDK has to become an argument, or be left out on purpose. */
    @Test
    void allThatStartBuildTakesCanBeGiven() {
        StartBuildRequest all = sent(everything());
        assertEquals(List.of("idempotencyToken"), notSet(all));
        assertEquals(List.of(), notSet(all.artifactsOverride(), "artifactIdentifier"));
        assertEquals(List.of(), notSet(all.cacheOverride()));
        assertEquals(List.of(), notSet(all.logsConfigOverride()));
        assertEquals(List.of(), notSet(all.logsConfigOverride().cloudWatchLogs()));
        assertEquals(List.of(), notSet(all.logsConfigOverride().s3Logs()));
        assertEquals(List.of(), notSet(all.sourceAuthOverride()));
        assertEquals(List.of(), notSet(all.buildStatusConfigOverride()));
        assertEquals(List.of(), notSet(all.fleetOverride()));
        assertEquals(List.of(), notSet(all.registryCredentialOverride()));
        // A further source has no buildspec of its own: a build goes by that of its primary source.
        assertEquals(List.of("buildspec"), notSet(all.secondarySourcesOverride().get(0)));
    }

    private static List<String> notSet(SdkPojo pojo, String... leftOut) {
        Set<String> set = set(pojo);
        return pojo.sdkFields().stream()
                .map(SdkField::memberName)
                .filter(name -> !set.contains(name) && !List.of(leftOut).contains(name))
                .toList();
    }

    @Test
    void anUnknownArgumentAndAMissingProjectAreSaid() {
        assertEquals("projekt: there is no such argument; did you mean project?", problem("projekt", "web"));
        assertEquals(
                List.of("project: name the CodeBuild project to build, such as project: 'web'"),
                new BuildRequest(Map.of()).problems());
    }

    @Test
    void aWorkspaceIsNoOtherSourceAsWell() {
        List<String> problems = problems(Map.of("source", "workspace", "sourceVersion", "main", "bucket", "b"));
        assertEquals(
                List.of(
                        "sourceVersion: cannot be combined with source: 'workspace', which is uploaded to S3; leave one of them out"),
                problems);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "map", "type", "key", "name", "list"})
    void valuesOfVariablesAreNeverSaid(String wrong) {
        String secret = "hunter2-s3cret";
        Object variables =
                switch (wrong) {
                    case "plain" -> "TOKEN=" + secret;
                    case "map" -> Map.of("CODEBUILD_TOKEN", secret);
                    case "type" -> Map.of("TOKEN", Map.of("value", secret, "type", "SECRET"));
                    case "key" -> Map.of("TOKEN", Map.of("value", secret, "kind", "PLAINTEXT"));
                    case "name" -> Map.of("1 TOKEN", secret);
                    default -> List.of(secret);
                };
        String problem = problem("environmentVariables", variables);
        assertFalse(problem.contains(secret), problem);
        assertFalse(new BuildRequest(Map.of("project", "web", "environmentVariables", variables))
                .toString()
                .contains(secret));
    }

    @Test
    void aVariableThatIsMissingItsValueIsNamed() {
        Map<String, Object> none = new HashMap<>();
        none.put("TOKEN", null);
        assertEquals(
                "environmentVariables: TOKEN has no value; use '' for an empty one",
                problem("environmentVariables", none));
        assertTrue(problem("environmentVariables", Map.of("TOKEN", Map.of("type", "SECRETS_MANAGER")))
                .contains("TOKEN has no value"));
    }

    @Test
    void variablesAreKeptApartFromTheRest() throws Exception {
        BuildRequest whole = new BuildRequest(everything());
        BuildRequest kept = whole.withoutVariables();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(kept);
        }
        assertFalse(bytes.toString(StandardCharsets.ISO_8859_1).contains("prod/db"));
        BuildRequest read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (BuildRequest) in.readObject();
        }
        assertEquals(Map.of(), read.variables());
        assertEquals(
                whole.toStartBuild().build(),
                read.withVariables(whole.variables()).toStartBuild().build(),
                "After a restart it must be the same call, or AWS does not know the token");
    }

    @Test
    void groovysStringsBecomePlainOnes() {
        CharSequence gstring = new StringBuilder("web");
        BuildRequest request =
                new BuildRequest(Map.of("project", gstring, "environmentVariables", Map.of("A", gstring)));
        assertEquals("web", request.project());
        assertEquals(Map.of("A", "web"), request.variables());
        assertTrue(request.variables().values().stream().allMatch(String.class::isInstance));
    }

    @Test
    void cacheModesMayBeOneText() {
        String modes = Arrays.stream(new CacheMode[] {CacheMode.LOCAL_SOURCE_CACHE, CacheMode.LOCAL_CUSTOM_CACHE})
                .map(CacheMode::toString)
                .collect(Collectors.joining(", "));
        assertEquals(
                List.of("LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"),
                sent(Map.of("project", "web", "cache", Map.of("type", "LOCAL", "modes", modes)))
                        .cacheOverride()
                        .modesAsStrings());
    }

    @Test
    void theModeOfTheLogIsAWord() {
        assertEquals(LogMode.STREAM, LogMode.of(null));
        assertEquals(LogMode.STREAM, LogMode.of(" "));
        assertEquals(LogMode.LINK, LogMode.of("link"));
        assertEquals(LogMode.NONE, LogMode.of("NONE"));
        assertEquals(
                "log: 'all' is not known; use one of stream, failed, link, none",
                assertThrows(IllegalArgumentException.class, () -> LogMode.of("all"))
                        .getMessage());
    }

    @Test
    void onlyWhatStaysSaysWhatIsInTheSources() {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        assertEquals("source @ " + commit, content(Map.of("sourceVersion", commit)));
        assertEquals("source @ v1", content(Map.of("sourceType", "S3", "sourceVersion", "v1")));
        assertEquals("source none", content(Map.of("sourceType", "NO_SOURCE")));
        Map<String, String> lib = Map.of("identifier", "lib", "type", "S3", "location", "b/lib.zip");
        Map<String, String> pinned = new HashMap<>(lib);
        pinned.put("version", "v2");
        assertEquals(
                "source @ " + commit + ", lib @ v2",
                content(Map.of("sourceVersion", commit, "secondarySources", List.of(pinned))));
        for (Map<String, Object> loose : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("sourceVersion", "main"),
                Map.of("sourceVersion", "pr/1"),
                Map.of("sourceVersion", commit.substring(1)),
                Map.of("sourceType", "GITHUB", "sourceVersion", "v1"),
                Map.of("source", "workspace"),
                Map.of("sourceType", "S3", "sourceVersion", "v1, lib @ v2"),
                Map.of("sourceVersion", commit, "buildspec", "arn:aws:s3:::artifacts/buildspec.yml"),
                Map.of("sourceVersion", commit, "secondarySources", List.of(lib)))) {
            assertNull(content(loose), loose.toString());
        }
    }

    private static String content(Map<String, Object> arguments) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("project", "web");
        return new BuildRequest(all).content();
    }

    @Test
    void whatMakesABuildWhatItIsIsSaidWithoutSecrets() {
        Map<String, String> live = new BuildRequest(Map.of(
                        "project",
                        "web",
                        "buildspec",
                        "other.yml",
                        "timeoutMinutes",
                        9,
                        "environmentVariables",
                        Map.of(
                                "TOKEN",
                                "secret",
                                "SAME",
                                Map.of("value", "secret", "type", "PLAINTEXT"),
                                "KEY",
                                Map.of("type", "PARAMETER_STORE", "value", "p"))))
                .live(value -> "digest of " + value.length());
        assertEquals(
                Map.of(
                        "project", "web",
                        "buildspec", "other.yml",
                        "environmentVariables TOKEN", "digest of 6",
                        "environmentVariables SAME", "digest of 6",
                        "environmentVariables KEY", "digest of 31"),
                live);
    }

    @Test
    void anUploadedSourceIsHeldToItsVersion() {
        BuildRequest of = new BuildRequest(Map.of("project", "web", "source", "workspace"));
        assertEquals(
                "v1", of.withSource(new UploadedObject("b", "k", "v1", "e")).text("sourceVersion"));
        assertNull(of.withSource(new UploadedObject("b", "k", null, "e")).text("sourceVersion"));
        assertEquals(
                "b/k", of.withSource(new UploadedObject("b", "k", "v1", "e")).text("sourceLocation"));
    }
}
