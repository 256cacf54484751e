package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The EC2 instances of stacks, alone or in Auto Scaling groups, and their tags. They are folders once a deployment group has them. */
final class Fleets {

    private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Map<String, Runnable> listeners = new LinkedHashMap<>();

    /** Has a deployment group hear of other instances, as its Auto Scaling groups have others. */
    void onChange(String deploymentGroup, Runnable listener) {
        listeners.put(deploymentGroup, listener);
    }

    void forget(String deploymentGroup) {
        listeners.remove(deploymentGroup);
    }

    void changed() {
        listeners.values().forEach(Runnable::run);
    }

    void add(String instance, Map<String, String> tagged) {
        tags.put(instance, tagged);
    }

    void remove(String instance) {
        tags.remove(instance);
    }

    List<String> group(String name) {
        return groups.getOrDefault(name, List.of());
    }

    void group(String name, List<String> instances) {
        groups.put(name, List.copyOf(instances));
    }

    void removeGroup(String name) {
        group(name).forEach(this::remove);
        groups.remove(name);
    }

    /** The instances that a deployment group names: by Auto Scaling groups, by tags, or by sets of tags all of which fit. */
    List<String> of(JsonNode properties) {
        List<String> found = new ArrayList<>();
        properties.path("AutoScalingGroups").forEach(name -> found.addAll(group(name.asText())));
        tags.forEach((instance, tagged) -> {
            JsonNode sets = properties.path("Ec2TagSet").path("Ec2TagSetList");
            boolean bySets = !sets.isEmpty();
            for (JsonNode set : sets) {
                bySets &= fits(set.path("Ec2TagGroup"), tagged);
            }
            if ((bySets || fits(properties.path("Ec2TagFilters"), tagged)) && !found.contains(instance)) {
                found.add(instance);
            }
        });
        return found;
    }

    /** Whether one of the filters fits. */
    private static boolean fits(JsonNode filters, Map<String, String> tagged) {
        for (JsonNode filter : filters) {
            String key = filter.path("Key").asText();
            String value = filter.path("Value").asText();
            boolean fits =
                    switch (filter.path("Type").asText("KEY_AND_VALUE")) {
                        case "KEY_ONLY" -> tagged.containsKey(key);
                        case "VALUE_ONLY" -> tagged.containsValue(value);
                        default -> value.equals(tagged.get(key));
                    };
            if (fits) {
                return true;
            }
        }
        return false;
    }

    static Map<String, String> tags(JsonNode list) {
        Map<String, String> tags = new LinkedHashMap<>();
        list.forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }
}
