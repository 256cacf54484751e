package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The instances of a group: which there are, what they run, and how things are done there. */
final class Fleet {

    private final Function<Deployment, EventWork> works;
    private final Map<String, JsonNode> installed = new HashMap<>();
    private List<String> instances;
    private int replacements;
    private int added;

    /** @param works what carries out the events of a deployment */
    Fleet(List<String> instances, Function<Deployment, EventWork> works) {
        this.instances = List.copyOf(instances);
        this.works = works;
    }

    List<String> instances() {
        return instances;
    }

    /** The group has so many from now on; what runs a revision keeps it. */
    void resize(int size) {
        List<String> resized = new ArrayList<>(instances.subList(0, Math.min(size, instances.size())));
        while (resized.size() < size) {
            added++;
            resized.add("i-%016x".formatted(0xa000 + added));
        }
        installed.keySet().retainAll(resized);
        instances = List.copyOf(resized);
    }

    EventWork work(Deployment deployment) {
        return works.apply(deployment);
    }

    /** As many new instances as there are, which do not belong to the group yet. */
    List<String> provision() {
        replacements++;
        List<String> green = new ArrayList<>();
        for (String instance : instances) {
            green.add(instance.replaceFirst("-green\\d+$", "") + "-green" + replacements);
        }
        return green;
    }

    /** The replacement instances have become the group's own. */
    void replaceBy(List<String> green) {
        installed.keySet().retainAll(green);
        instances = List.copyOf(green);
    }

    void installed(String instance, JsonNode revision) {
        installed.put(instance, revision);
    }

    /** Nobody knows any more what an instance runs. */
    void unsettled(String instance) {
        installed.remove(instance);
    }

    boolean runs(String instance, JsonNode revision) {
        return revision.equals(installed.get(instance));
    }
}
