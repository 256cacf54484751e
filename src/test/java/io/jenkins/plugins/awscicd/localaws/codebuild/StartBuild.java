package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lays the overrides of a StartBuild request over a project ("StartBuild" in the CodeBuild API reference). */
final class StartBuild {

    /** Overrides of the source: the request's member and the source's. */
    private static final Map<String, String> SOURCE = Map.of(
            "sourceTypeOverride", "type",
            "sourceLocationOverride", "location",
            "sourceAuthOverride", "auth",
            "gitCloneDepthOverride", "gitCloneDepth",
            "gitSubmodulesConfigOverride", "gitSubmodulesConfig",
            "buildspecOverride", "buildspec",
            "insecureSslOverride", "insecureSsl",
            "reportBuildStatusOverride", "reportBuildStatus",
            "buildStatusConfigOverride", "buildStatusConfig");
    /** Overrides of the environment: the request's member and the environment's. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "environmentTypeOverride", "type",
            "imageOverride", "image",
            "computeTypeOverride", "computeType",
            "certificateOverride", "certificate",
            "privilegedModeOverride", "privilegedMode",
            "registryCredentialOverride", "registryCredential",
            "imagePullCredentialsTypeOverride", "imagePullCredentialsType",
            "fleetOverride", "fleet");

    private final ObjectNode project;
    private final ObjectNode request;

    StartBuild(ObjectNode project, ObjectNode request) {
        this.project = project;
        this.request = request;
    }

    BuildSettings settings() throws AwsError {
        RequiredMembers.check(request);
        ObjectNode build = project.objectNode();
        take(build, "sourceVersion", "sourceVersion", "sourceVersion");
        ObjectNode source = overridden("source", SOURCE);
        if (source.path("type").asText().equals("NO_SOURCE")) {
            source.remove("location");
        }
        Constraints.source(source);
        if (source.path("type").asText().equals("CODEPIPELINE")) {
            throw Constraints.invalid("Invalid project source: CODEPIPELINE builds are started by a pipeline");
        }
        build.set("source", source);
        take(build, "secondarySources", "secondarySources", "secondarySourcesOverride");
        take(build, "secondarySourceVersions", "secondarySourceVersions", "secondarySourcesVersionOverride");
        take(build, "cache", "cache", "cacheOverride");
        ObjectNode environment = environment();
        Constraints.environment(environment);
        build.set("environment", environment);
        take(build, "serviceRole", "serviceRole", "serviceRoleOverride");
        take(build, "timeoutInMinutes", "timeoutInMinutes", "timeoutInMinutesOverride");
        take(build, "queuedTimeoutInMinutes", "queuedTimeoutInMinutes", "queuedTimeoutInMinutesOverride");
        Constraints.range(
                "timeoutInMinutesOverride", build.get("timeoutInMinutes").intValue(), 5, 2160);
        Constraints.range(
                "queuedTimeoutInMinutesOverride",
                build.get("queuedTimeoutInMinutes").intValue(),
                5,
                480);
        take(build, "vpcConfig", "vpcConfig", "");
        take(build, "encryptionKey", "encryptionKey", "encryptionKeyOverride");
        take(build, "fileSystemLocations", "fileSystemLocations", "");
        if (request.path("debugSessionEnabled").asBoolean()) {
            build.putObject("debugSession").put("sessionEnabled", true);
        }
        JsonNode retries = chosen("autoRetryLimit", "autoRetryLimitOverride");
        return new BuildSettings(
                project.path("name").asText(),
                build,
                object("artifacts", "artifactsOverride"),
                list("secondaryArtifacts", "secondaryArtifactsOverride"),
                object("logsConfig", "logsConfigOverride"),
                retries == null ? 0 : retries.intValue(),
                null);
    }

    private ObjectNode environment() {
        ObjectNode environment = overridden("environment", ENVIRONMENT);
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        environment
                .path("environmentVariables")
                .forEach(one -> variables.put(one.path("name").asText(), one));
        request.path("environmentVariablesOverride")
                .forEach(one -> variables.put(one.path("name").asText(), one));
        ArrayNode list = environment.putArray("environmentVariables");
        variables.values().forEach(variable -> {
            ObjectNode copy = variable.deepCopy();
            if (!copy.hasNonNull("type")) {
                copy.put("type", "PLAINTEXT");
            }
            list.add(copy);
        });
        return environment;
    }

    private ObjectNode overridden(String member, Map<String, String> overrides) {
        ObjectNode node = project.get(member).deepCopy();
        overrides.forEach((override, name) -> {
            if (request.hasNonNull(override)) {
                node.set(name, request.get(override));
            }
        });
        return node;
    }

    private void take(ObjectNode build, String member, String ofProject, String override) {
        JsonNode value = chosen(ofProject, override);
        if (value != null) {
            build.set(member, value);
        }
    }

    /** The request's value, else the project's, else {@code null}. */
    private JsonNode chosen(String ofProject, String override) {
        if (request.hasNonNull(override)) {
            return request.get(override);
        }
        return project.hasNonNull(ofProject) ? project.get(ofProject) : null;
    }

    private ObjectNode object(String ofProject, String override) {
        return chosen(ofProject, override) instanceof ObjectNode node ? node : project.objectNode();
    }

    private ArrayNode list(String ofProject, String override) {
        return chosen(ofProject, override) instanceof ArrayNode node ? node : project.arrayNode();
    }
}
