package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What builds draw on beside S3: parameters, secrets and git repositories. */
final class Stores {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> parameters = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, Path> repositories = new ConcurrentHashMap<>();

    void parameter(String name, String value) {
        parameters.put(name, value);
    }

    void secret(String id, String value) {
        secrets.put(id, value);
    }

    void repository(String url, Path path) {
        repositories.put(url, path);
    }

    Optional<String> find(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    String parameter(String name) throws PhaseFailure {
        return find(name)
                .orElseThrow(() -> new PhaseFailure("Decrypted Variables Error", "parameter does not exist: " + name));
    }

    /** @param reference {@code id:json-key:version-stage:version-id}, of which only the id is needed; it may be an ARN */
    String secret(String reference) throws PhaseFailure {
        String[] parts = reference.split(":");
        int idParts = reference.startsWith("arn:") ? 7 : 1;
        String id = String.join(":", Arrays.copyOf(parts, Math.min(idParts, parts.length)));
        String value = secrets.get(id);
        if (value == null) {
            throw new PhaseFailure(
                    "Secrets Manager Error Message",
                    "ResourceNotFoundException: Secrets Manager can't find the specified secret.");
        }
        String key = parts.length > idParts ? parts[idParts] : "";
        if (key.isEmpty()) {
            return value;
        }
        try {
            JsonNode member = JSON.readTree(value).get(key);
            if (member != null) {
                return member.asText();
            }
        } catch (JsonProcessingException e) {
            // Said below: a secret that is no JSON has no keys.
        }
        throw new PhaseFailure("Secrets Manager Error Message", "Key " + key + " does not exist in the secret " + id);
    }

    /** What git is to clone for a source location: a mapped repository, or the location itself if it is on this machine. */
    String repository(String location) throws PhaseFailure {
        Path path = repositories.get(location);
        if (path != null) {
            return path.toUri().toString();
        }
        if (location.startsWith("file:")) {
            return location;
        }
        if (location.startsWith("/")) {
            return Path.of(location).toUri().toString();
        }
        throw PhaseFailure.client("repository not found for primary source (" + location + ")");
    }
}
