package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The projects of one place, each the Project structure of the API. A stored node is never changed, only replaced. */
final class Projects {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-_]{1,149}");
    private static final List<String> REQUIRED = List.of("name", "source", "artifacts", "environment", "serviceRole");
    private static final List<String> TAKEN_OVER = List.of(
            "description",
            "source",
            "secondarySources",
            "sourceVersion",
            "secondarySourceVersions",
            "artifacts",
            "secondaryArtifacts",
            "cache",
            "environment",
            "serviceRole",
            "timeoutInMinutes",
            "queuedTimeoutInMinutes",
            "encryptionKey",
            "tags",
            "vpcConfig",
            "logsConfig",
            "fileSystemLocations",
            "buildBatchConfig",
            "concurrentBuildLimit",
            "autoRetryLimit");

    private final Place place;
    private final SimulatedTime time;
    private final Map<String, ObjectNode> byName = new TreeMap<>();

    synchronized boolean has(String name) {
        return byName.containsKey(name);
    }

    Projects(Place place, SimulatedTime time) {
        this.place = place;
        this.time = time;
    }

    synchronized ObjectNode create(ObjectNode request) throws AwsError {
        for (String member : REQUIRED) {
            if (!request.hasNonNull(member)) {
                throw Constraints.isNull(member);
            }
        }
        String name = request.path("name").asText();
        if (!NAME.matcher(name).matches()) {
            throw AwsError.badRequest(
                    "InvalidInputException",
                    "Project name must start with a letter or number and may contain only letters, numbers, hyphens, and underscores");
        }
        if (byName.containsKey(name)) {
            throw AwsError.badRequest("ResourceAlreadyExistsException", "Project already exists: " + arn(name));
        }
        ObjectNode project = JsonNodeFactory.instance.objectNode();
        project.put("name", name).put("arn", arn(name));
        project.put("timeoutInMinutes", 60).put("queuedTimeoutInMinutes", 480);
        project.put(
                "encryptionKey",
                "arn:" + place.partition() + ":kms:" + place.region() + ":" + place.account() + ":alias/aws/s3");
        project.putObject("cache").put("type", "NO_CACHE");
        project.put("created", Timestamps.epochSeconds(time.now()));
        project.putObject("badge").put("badgeEnabled", false);
        project.put("projectVisibility", "PRIVATE");
        return store(project, request);
    }

    synchronized ObjectNode update(ObjectNode request) throws AwsError {
        return store(get(request.path("name").asText()).deepCopy(), request);
    }

    private ObjectNode store(ObjectNode project, ObjectNode request) throws AwsError {
        for (String member : TAKEN_OVER) {
            JsonNode value = request.get(member);
            if (value != null && !value.isNull()) {
                project.set(member, value.deepCopy());
            }
        }
        Constraints.range("timeoutInMinutes", project.get("timeoutInMinutes").intValue(), 5, 2160);
        Constraints.range(
                "queuedTimeoutInMinutes", project.get("queuedTimeoutInMinutes").intValue(), 5, 480);
        Constraints.source(project.path("source"));
        Constraints.environment(project.path("environment"));
        project.put("lastModified", Timestamps.epochSeconds(time.now()));
        byName.put(project.path("name").asText(), project);
        return project;
    }

    synchronized void delete(String name) {
        byName.remove(plain(name));
    }

    /** A project by name or ARN. */
    synchronized Optional<ObjectNode> find(String name) {
        return Optional.ofNullable(byName.get(plain(name)));
    }

    ObjectNode get(String name) throws AwsError {
        return find(name)
                .orElseThrow(() -> AwsError.badRequest(
                        "ResourceNotFoundException", "Project cannot be found: " + arn(plain(name))));
    }

    /** Names, sorted by the NAME, CREATED_TIME or LAST_MODIFIED_TIME of their projects. */
    synchronized List<String> names(String sortBy) {
        List<ObjectNode> projects = new ArrayList<>(byName.values());
        String member =
                switch (sortBy) {
                    case "CREATED_TIME" -> "created";
                    case "LAST_MODIFIED_TIME" -> "lastModified";
                    default -> null;
                };
        if (member != null) {
            projects.sort(Comparator.comparing(project -> project.get(member).decimalValue()));
        }
        return projects.stream().map(project -> project.path("name").asText()).toList();
    }

    private String plain(String name) {
        String prefix = arn("");
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private String arn(String name) {
        return place.arn("codebuild", "project/" + name);
    }
}
