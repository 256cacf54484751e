package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a build is to do: its project's settings with the overrides of its start. Nodes have the shapes of the API and are not changed.
 *
 * @param build the members of the Build structure that follow from the settings alone
 * @param artifacts ProjectArtifacts: where the build's artifacts go
 * @param secondaryArtifacts the same, by artifactIdentifier
 * @param logs LogsConfig
 * @param autoRetryLimit how often a failed build is run again
 * @param member null for a build that is in no batch
 */
public record BuildSettings(
        String projectName,
        ObjectNode build,
        ObjectNode artifacts,
        ArrayNode secondaryArtifacts,
        ObjectNode logs,
        int autoRetryLimit,
        Member member) {

    /**
     * A build's place in a batch.
     *
     * @param attempt how often it was tried before
     * @param download whether it only downloads the source
     */
    public record Member(String identifier, int attempt, boolean download) {}

    public ObjectNode source() {
        return (ObjectNode) build.get("source");
    }

    public JsonNode environment() {
        return build.get("environment");
    }

    /** {@code null} when the newest is built. */
    public String sourceVersion() {
        return build.path("sourceVersion").textValue();
    }

    public Duration timeout() {
        return Duration.ofMinutes(build.get("timeoutInMinutes").intValue());
    }

    public Duration queuedTimeout() {
        return Duration.ofMinutes(build.get("queuedTimeoutInMinutes").intValue());
    }

    /** The PLAINTEXT variables by name. */
    public Map<String, String> plainVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode variable : environment().path("environmentVariables")) {
            if (variable.path("type").asText("PLAINTEXT").equals("PLAINTEXT")) {
                variables.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        }
        return variables;
    }

    /** Whether the build runs no commands but only pretends. */
    public boolean simulated() {
        return environment().path("image").asText().equals(ProjectSpec.SIMULATED_IMAGE);
    }

    public boolean cloudWatchLogs() {
        return !logs.path("cloudWatchLogs").path("status").asText().equals("DISABLED");
    }
}
