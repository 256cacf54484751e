package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An application with its groups and revisions. */
final class Application {

    private final String name;
    private final String platform;
    private final Instant created;
    private final String id;
    private final Map<String, Group> groups = new TreeMap<>();
    private final Revisions revisions = new Revisions();

    /** @param platform Server, Lambda or ECS */
    Application(String id, String name, String platform, Instant created) {
        this.id = id;
        this.name = name;
        this.platform = platform;
        this.created = created;
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    String platform() {
        return platform;
    }

    Revisions revisions() {
        return revisions;
    }

    Optional<Group> find(String group) {
        return Optional.ofNullable(groups.get(group));
    }

    Group group(String group) throws AwsError {
        return find(group)
                .orElseThrow(() -> AwsError.badRequest(
                        "DeploymentGroupDoesNotExistException", "No Deployment Group found for name: " + group));
    }

    void add(Group group) throws AwsError {
        if (groups.putIfAbsent(group.name(), group) != null) {
            throw exists(group.name());
        }
    }

    private static AwsError exists(String group) {
        return AwsError.badRequest(
                "DeploymentGroupAlreadyExistsException", "Deployment Group already exists: " + group);
    }

    void rename(Group group, String newName) throws AwsError {
        if (groups.containsKey(newName)) {
            throw exists(newName);
        }
        groups.remove(group.name());
        group.rename(newName);
        groups.put(newName, group);
    }

    void delete(String group) {
        groups.remove(group);
    }

    List<String> groupNames() {
        return new ArrayList<>(groups.keySet());
    }

    List<Group> groups() {
        return new ArrayList<>(groups.values());
    }

    /** ApplicationInfo. */
    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("applicationId", id)
                .put("applicationName", name)
                .put("createTime", Timestamps.epochSeconds(created))
                .put("linkedToGitHub", false)
                .put("computePlatform", platform);
    }
}
