package io.jenkins.plugins.awscicd.localaws.cloudformation.stackset;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A stack set: one template for stacks in accounts and regions. */
public final class StackSet {

    private final String id;
    private final String name;
    private final String callAs;
    private final Set<String> units = new LinkedHashSet<>();
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<Instance, Instant> removed = new LinkedHashMap<>();
    private final List<SetOperation> operations = new ArrayList<>();
    private Settings settings;
    private boolean deleted;

    /**
     * What its stacks are made of, and by whom.
     *
     * @param permissionModel SELF_MANAGED or SERVICE_MANAGED
     * @param autoDeployment {@code null} if nothing has been said of it
     */
    public record Settings(
            Template template,
            String description,
            List<Parameters.Given> parameters,
            Map<String, String> tags,
            List<String> capabilities,
            String administrationRole,
            String executionRole,
            String permissionModel,
            AutoDeployment autoDeployment) {}

    /** Whether accounts that come into the units get stacks, and keep them when they leave. */
    public record AutoDeployment(String enabled, String retains) {}

    StackSet(String id, String name, String callAs, Settings settings) {
        this.id = id;
        this.name = name;
        this.callAs = callAs;
        this.settings = settings;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** SELF or DELEGATED_ADMIN: as whom it was made, and is seen. */
    public String callAs() {
        return callAs;
    }

    /** The organizational units by which stacks were named. */
    public Set<String> units() {
        return units;
    }

    public boolean isServiceManaged() {
        return settings.permissionModel().equals("SERVICE_MANAGED");
    }

    public Settings settings() {
        return settings;
    }

    void settings(Settings value) {
        settings = value;
    }

    public boolean deleted() {
        return deleted;
    }

    void delete() {
        deleted = true;
    }

    /** In the order in which they were made. */
    public List<Instance> instances() {
        return new ArrayList<>(instances.values());
    }

    public Optional<Instance> instance(String account, String region) {
        return Optional.ofNullable(instances.get(account + "/" + region));
    }

    /** Those that there were then, by a list that is late. */
    public List<Instance> instances(Instant then) {
        List<Instance> late = instances();
        late.removeIf(one -> one.added().isAfter(then));
        removed.forEach((instance, when) -> {
            if (when.isAfter(then) && !instance.added().isAfter(then)) {
                late.add(instance);
            }
        });
        return late;
    }

    Instance add(String account, String region, Instant now) {
        return instances.computeIfAbsent(account + "/" + region, key -> new Instance(account, region, now));
    }

    void remove(Instance instance, Instant now) {
        removed.put(instance, now);
        instances.remove(instance.account() + "/" + instance.region());
        units.removeIf(unit ->
                unit.equals(instance.unit()) && instances.values().stream().noneMatch(one -> unit.equals(one.unit())));
    }

    /** Oldest first. */
    public List<SetOperation> operations() {
        return Collections.unmodifiableList(operations);
    }

    void add(SetOperation operation) {
        operations.add(operation);
    }

    public Optional<SetOperation> operation(String operationId) {
        return operations.stream().filter(one -> one.id().equals(operationId)).findFirst();
    }

    /** Whether one is in progress, so that no other may begin. */
    boolean busy() {
        return operations.stream().anyMatch(one -> !one.ended());
    }
}
