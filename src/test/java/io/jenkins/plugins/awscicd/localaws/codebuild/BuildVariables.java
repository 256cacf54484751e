package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment variables of a build: CodeBuild's own ("Environment variables in build environments" in the user guide), the
 * buildspec's, and above them those of the project and of the start.
 */
final class BuildVariables {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Build build;
    private final Stores stores;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> secrets = new ArrayList<>();

    BuildVariables(Build build, Stores stores) {
        this.build = build;
        this.stores = stores;
    }

    /** @param sourceDirectory as the commands see it */
    void ownOf(String sourceDirectory, String home, URI endpoint) {
        String region = build.place().region();
        JsonNode source = build.settings().source();
        boolean s3 = source.path("type").asText().equals("S3");
        String location = source.path("location").asText();
        set("AWS_DEFAULT_REGION", region);
        set("AWS_REGION", region);
        set("AWS_ENDPOINT_URL", endpoint.toString());
        // Commands of a build act as its service role; local AWS takes any key.
        set("AWS_ACCESS_KEY_ID", "AKIALOCALAWSCODEBUILD");
        set("AWS_SECRET_ACCESS_KEY", "local");
        BuildSettings.Member member = build.settings().member();
        set("CODEBUILD_BATCH_BUILD_IDENTIFIER", member == null ? null : member.identifier());
        set("CODEBUILD_BUILD_ARN", build.arn());
        set("CODEBUILD_BUILD_ID", build.id());
        set(
                "CODEBUILD_BUILD_IMAGE",
                build.settings().environment().path("image").asText());
        set("CODEBUILD_BUILD_NUMBER", Long.toString(build.number()));
        set("CODEBUILD_BUILD_SUCCEEDING", "1");
        set("CODEBUILD_CI", "true");
        set("CODEBUILD_INITIATOR", build.initiator());
        set(
                "CODEBUILD_KMS_KEY_ID",
                build.settings().build().path("encryptionKey").asText());
        set("CODEBUILD_LOG_PATH", build.log().stream());
        set("CODEBUILD_RESOLVED_SOURCE_VERSION", build.resolvedSourceVersion());
        set("CODEBUILD_SOURCE_REPO_URL", s3 ? null : source.path("location").textValue());
        set(
                "CODEBUILD_SOURCE_VERSION",
                s3 ? "arn:aws:s3:::" + location : build.settings().sourceVersion());
        set("CODEBUILD_SRC_DIR", sourceDirectory);
        set("CODEBUILD_START_TIME", Long.toString(build.startTime().toEpochMilli()));
        set("CODEBUILD_TIMEOUT", Long.toString(build.settings().timeout().toMinutes()));
        set("HOME", home);
        for (String name : List.of("JAVA_HOME", "LANG")) {
            set(name, System.getenv(name));
        }
    }

    void secondarySource(String identifier, String directory) {
        set("CODEBUILD_SRC_DIR_" + identifier, directory);
    }

    void of(Buildspec buildspec) throws PhaseFailure {
        for (Map.Entry<String, String> one : buildspec.variables().entrySet()) {
            set(one.getKey(), one.getValue());
        }
        for (Map.Entry<String, String> one : buildspec.parameters().entrySet()) {
            secret(one.getKey(), stores.parameter(one.getValue()));
        }
        for (Map.Entry<String, String> one : buildspec.secrets().entrySet()) {
            secret(one.getKey(), stores.secret(one.getValue()));
        }
    }

    void ofEnvironment() throws PhaseFailure {
        for (JsonNode variable : build.settings().environment().path("environmentVariables")) {
            String name = variable.path("name").asText();
            String value = variable.path("value").asText();
            switch (variable.path("type").asText("PLAINTEXT")) {
                case "PARAMETER_STORE" -> secret(name, stores.parameter(value));
                case "SECRETS_MANAGER" -> secret(name, stores.secret(value));
                default -> set(name, value);
            }
        }
    }

    private void secret(String name, String value) {
        set(name, value);
        if (value.length() > 3) {
            secrets.add(value);
        }
    }

    private void set(String name, String value) {
        // A name that no shell takes would spoil all the others.
        if (value != null && NAME.matcher(name).matches()) {
            values.put(name, value);
        }
    }

    Map<String, String> values() {
        return values;
    }

    /** A line with the secrets in it made unreadable, as CodeBuild does. */
    String masked(String line) {
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
