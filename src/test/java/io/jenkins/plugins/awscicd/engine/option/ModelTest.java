package io.jenkins.plugins.awscicd.engine.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.codebuild.model.ArtifactNamespace;
import software.amazon.awssdk.services.codebuild.model.ArtifactPackaging;
import software.amazon.awssdk.services.codebuild.model.ArtifactsType;
import software.amazon.awssdk.services.codebuild.model.BucketOwnerAccess;
import software.amazon.awssdk.services.codebuild.model.CacheMode;
import software.amazon.awssdk.services.codebuild.model.CacheType;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariableType;
import software.amazon.awssdk.services.codebuild.model.ImagePullCredentialsType;
import software.amazon.awssdk.services.codebuild.model.LogsConfigStatusType;
import software.amazon.awssdk.services.codebuild.model.SourceAuthType;
import software.amazon.awssdk.services.codebuild.model.SourceType;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.EC2TagFilterType;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;

/** The words, lengths and forms that arguments may have are AWS's own. */
class ModelTest {

    private static final Pattern KNOWN = Pattern.compile("one (?:or more )?of ([^;]*)");
    private static final Function<Map<String, ?>, List<String>> BUILD = given -> new BuildRequest(given).problems();
    private static final Function<Map<String, ?>, List<String>> DEPLOYMENT =
            given -> new DeploymentRequest(given).problems();
    private static final Function<Map<String, ?>, List<String>> UPDATE =
            given -> new BeanstalkRequest(given).problems();

    /** Each word of the SDK, with what is left out on purpose. */
    static Stream<Arguments> words() {
        // Only CodePipeline starts builds with its sources and artifacts.
        String pipeline = "CODEPIPELINE";
        return Stream.of(
                words(BUILD, "sourceType", SourceType.knownValues(), pipeline),
                words(BUILD, "imagePullCredentials", ImagePullCredentialsType.knownValues()),
                words(BUILD, "sourceAuth/type", SourceAuthType.knownValues()),
                words(BUILD, "secondarySources/[]/type", SourceType.knownValues(), pipeline),
                words(BUILD, "secondarySources/[]/auth/type", SourceAuthType.knownValues()),
                words(BUILD, "artifacts/type", ArtifactsType.knownValues(), pipeline),
                words(BUILD, "artifacts/namespaceType", ArtifactNamespace.knownValues()),
                words(BUILD, "artifacts/packaging", ArtifactPackaging.knownValues()),
                words(BUILD, "artifacts/bucketOwnerAccess", BucketOwnerAccess.knownValues()),
                words(BUILD, "secondaryArtifacts/[]/type", ArtifactsType.knownValues(), pipeline),
                words(BUILD, "cache/type", CacheType.knownValues()),
                words(BUILD, "cache/modes", CacheMode.knownValues()),
                words(BUILD, "cloudWatchLogs/status", LogsConfigStatusType.knownValues()),
                words(BUILD, "s3Logs/status", LogsConfigStatusType.knownValues()),
                words(BUILD, "s3Logs/bucketOwnerAccess", BucketOwnerAccess.knownValues()),
                words(BUILD, "environmentVariables/TOKEN/type", EnvironmentVariableType.knownValues()),
                words(DEPLOYMENT, "fileExistsBehavior", FileExistsBehavior.knownValues()),
                words(DEPLOYMENT, "autoRollback/events", AutoRollbackEvent.knownValues()),
                words(DEPLOYMENT, "targetInstances/tagFilters/[]/type", EC2TagFilterType.knownValues()),
                words(DEPLOYMENT, "revision/type", BundleType.knownValues()));
    }

    private static Arguments words(
            Function<Map<String, ?>, List<String>> check, String path, Set<? extends Enum<?>> known, String... not) {
        Set<String> words = new TreeSet<>();
        known.forEach(value -> words.add(value.toString()));
        words.removeAll(Set.of(not));
        return Arguments.of(path, check, words);
    }

    /** What a part needs beside the member that is tried. */
    private static final Map<String, Map<String, Object>> NEEDED = Map.of(
            "TOKEN", Map.of("value", "x"),
            "revision", Map.of("bucket", "a", "key", "b"));

    private static Map<String, Object> given(String path, Object value) {
        List<String> parts = Arrays.asList(path.split("/"));
        Object inner = value;
        for (int i = parts.size() - 1; i > 0; i--) {
            String part = parts.get(i);
            if (part.equals("[]")) {
                inner = List.of(inner);
            } else {
                Map<String, Object> map = new HashMap<>(NEEDED.getOrDefault(parts.get(i - 1), Map.of()));
                map.put(part, inner);
                inner = map;
            }
        }
        return Map.of(parts.get(0), inner);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("words")
    void knownWordsAreThoseOfTheSdk(String path, Function<Map<String, ?>, List<String>> check, Set<String> words) {
        String problem = problemOf(check, path, "no-such-word");
        Matcher known = KNOWN.matcher(problem);
        assertTrue(known.find(), problem);
        assertEquals(words, new TreeSet<>(Arrays.asList(known.group(1).split(", "))));
        for (String word : words) {
            String last = path.substring(path.lastIndexOf('/') + 1);
            List<String> refusals = check.apply(given(path, word)).stream()
                    .filter(it -> it.contains(last + ": '" + word + "'"))
                    .toList();
            assertEquals(List.of(), refusals);
        }
    }

    private static String problemOf(Function<Map<String, ?>, List<String>> check, String path, Object value) {
        String argument = path.replaceFirst("/.*", "");
        return check.apply(given(path, value)).stream()
                .filter(it -> it.startsWith(argument + ": "))
                .findFirst()
                .orElse("");
    }

    /** Lengths and forms of the API model, which the SDK for Java leaves out: the longest passes, one more does not. */
    @ParameterizedTest
    @CsvSource({
        "DEPLOYMENT, application, 1, 100",
        "DEPLOYMENT, deploymentGroup, 1, 100",
        "DEPLOYMENT, deploymentConfig, 1, 100",
        "UPDATE, application, 1, 100",
        "UPDATE, environment, 4, 40",
        "UPDATE, twin, 4, 40",
        "UPDATE, version, 1, 100",
        "UPDATE, versionLabel, 1, 100",
        "UPDATE, description, 1, 200",
        "UPDATE, templateName, 1, 100",
        "UPDATE, cnamePrefix, 4, 63",
        "UPDATE, optionSettings/[]/resourceName, 1, 256",
        "UPDATE, tags/team, 1, 256",
        "UPDATE, environmentTags/team, 1, 256",
        "BUILD, secondarySources/[]/identifier, 1, 127"
    })
    void lengthsAreThoseOfTheModel(String request, String path, int least, int most) {
        var check = request.equals("BUILD") ? BUILD : request.equals("UPDATE") ? UPDATE : DEPLOYMENT;
        assertTrue(problemOf(check, path, "a".repeat(most + 1)).contains("AWS accepts " + most + " at most"));
        assertEquals("", lengthProblem(check, path, "a".repeat(most)));
        assertEquals("", lengthProblem(check, path, "a".repeat(least)));
        if (least > 1) {
            assertTrue(!lengthProblem(check, path, "a".repeat(least - 1)).isEmpty());
        }
    }

    private static String lengthProblem(Function<Map<String, ?>, List<String>> check, String path, String value) {
        String problem = problemOf(check, path, value);
        return problem.contains("AWS accepts") || problem.contains("must be ") ? problem : "";
    }

    @Test
    void aRuleSaysWhatItWants() {
        Rule rule = Rule.length(2, 5).matching("[a-z]+", "small letters");
        assertEquals("abc", rule.check("abc"));
        assertEquals("'a' must be 2 to 5 small letters", refusal(rule, "a"));
        assertEquals("'aB' must be 2 to 5 small letters", refusal(rule, "aB"));
        assertEquals("has 6 characters; AWS accepts 5 at most", refusal(rule, "abcdef"));
        assertEquals("has 1 characters; AWS accepts 2 at least", refusal(Rule.length(2, 5), "a"));
    }

    private static String refusal(Rule rule, String text) {
        try {
            rule.check(text);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
