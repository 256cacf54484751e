package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The revisions of one application: those that were registered, and those that were deployed without. */
final class Revisions {

    /** What is known of one revision; times are {@code null} until they have come. */
    static final class Revision {
        private final ObjectNode location;
        private final Instant registered;
        private final TreeSet<String> groups = new TreeSet<>();
        private String description;
        private Instant firstUsed;
        private Instant lastUsed;

        private Revision(ObjectNode location, Instant registered) {
            this.location = location;
            this.registered = registered;
        }

        ObjectNode location() {
            return location;
        }

        boolean deployed() {
            return firstUsed != null;
        }

        /** By what ListApplicationRevisions sorts. */
        Instant time(String sortBy) {
            Instant time =
                    switch (sortBy) {
                        case "firstUsedTime" -> firstUsed;
                        case "lastUsedTime" -> lastUsed;
                        default -> registered;
                    };
            return time == null ? Instant.EPOCH : time;
        }

        /** GenericRevisionInfo. */
        ObjectNode info() {
            ObjectNode info = JsonNodeFactory.instance.objectNode();
            if (description != null) {
                info.put("description", description);
            }
            groups.forEach(info.putArray("deploymentGroups")::add);
            if (deployed()) {
                info.put("firstUsedTime", Timestamps.epochSeconds(firstUsed));
                info.put("lastUsedTime", Timestamps.epochSeconds(lastUsed));
            }
            return info.put("registerTime", Timestamps.epochSeconds(registered));
        }
    }

    private final Map<JsonNode, Revision> byLocation = new LinkedHashMap<>();

    /** @param description {@code null} to leave it as it is */
    Revision register(ObjectNode location, String description, Instant now) {
        Revision revision = byLocation.computeIfAbsent(location, key -> new Revision(location.deepCopy(), now));
        if (description != null) {
            revision.description = description;
        }
        return revision;
    }

    /** A group has been given this revision to deploy. */
    void used(ObjectNode location, String group, Instant now) {
        Revision revision = register(location, null, now);
        revision.groups.add(group);
        revision.lastUsed = now;
        if (revision.firstUsed == null) {
            revision.firstUsed = now;
        }
    }

    Optional<Revision> find(ObjectNode location) {
        return Optional.ofNullable(byLocation.get(location));
    }

    /** In the order in which they were registered. */
    List<Revision> all() {
        return List.copyOf(byLocation.values());
    }

    static AwsError doesNotExist() {
        return AwsError.badRequest(
                "RevisionDoesNotExistException", "No application revision found for the specified location.");
    }
}
