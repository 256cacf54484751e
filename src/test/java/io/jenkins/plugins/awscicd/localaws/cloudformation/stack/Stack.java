package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A stack: what it is made of, what there is of it, and what has happened to it. */
public final class Stack {

    private final String name;
    private final String id;
    private final Stack parent;
    private final Stacks stacks;
    private final Simulation simulation;
    private final Instant created;
    private final Map<String, StackResource> resources = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private Instant updated;
    private Instant deleted;
    private StackStatus status;
    private String reason;
    private StackSettings settings;
    private List<Output> outputs = List.of();
    private String changeSetId;
    private Consumer<String> executing = state -> {};
    private String policy;
    private boolean disableRollback;
    private Integer timeoutInMinutes;
    private boolean terminationProtected;
    private String drift = "NOT_CHECKED";
    private Instant driftChecked;
    private Deployment deployment;
    private List<String> skipped = List.of();

    /** @param parent {@code null} unless it is nested */
    Stack(String name, String id, Stack parent, Stacks stacks, Simulation simulation) {
        this.name = name;
        this.id = id;
        this.parent = parent;
        this.stacks = stacks;
        this.simulation = simulation;
        created = stacks.timeline().now();
    }

    public String name() {
        return name;
    }

    public String id() {
        return id;
    }

    /** {@code null} unless it is nested. */
    public Stack parent() {
        return parent;
    }

    public Stack root() {
        return parent == null ? this : parent.root();
    }

    public Simulation simulation() {
        return simulation;
    }

    public Instant created() {
        return created;
    }

    /** {@code null} if it never was. */
    public Instant updated() {
        return updated;
    }

    /** {@code null} if it is not. */
    public Instant deleted() {
        return deleted;
    }

    public StackStatus status() {
        return status;
    }

    /** {@code null} if there is nothing to say. */
    public String reason() {
        return reason;
    }

    /** {@code null} while it has no template yet. */
    public StackSettings settings() {
        return settings;
    }

    void settings(StackSettings value) {
        settings = value;
    }

    /** {@code null} while it has none yet. */
    public Template template() {
        return settings == null ? null : settings.template();
    }

    public Map<String, StackResource> resources() {
        return Collections.unmodifiableMap(resources);
    }

    public Optional<StackResource> resource(String logicalId) {
        return Optional.ofNullable(resources.get(logicalId));
    }

    StackResource resource(ResourceSpec spec) {
        return resources.computeIfAbsent(spec.logicalId(), key -> new StackResource(key, spec.type()));
    }

    void remove(String logicalId) {
        resources.remove(logicalId);
    }

    public List<Output> outputs() {
        return outputs;
    }

    void outputs(List<Output> value) {
        outputs = value;
    }

    /** Oldest first. */
    public List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    /** Oldest first. */
    public List<Operation> operations() {
        return Collections.unmodifiableList(operations);
    }

    public String changeSetId() {
        return changeSetId;
    }

    /** @param listener hears of the stack's states from now on */
    public void changeSet(String value, Consumer<String> listener) {
        changeSetId = value;
        executing = listener;
    }

    /** As JSON; {@code null} if it has none. */
    public String policy() {
        return policy;
    }

    public void policy(String value) {
        policy = value;
    }

    public boolean disableRollback() {
        return disableRollback;
    }

    void disableRollback(boolean value) {
        disableRollback = value;
    }

    /** {@code null} for none. */
    public Integer timeoutInMinutes() {
        return timeoutInMinutes;
    }

    public void timeoutInMinutes(Integer value) {
        timeoutInMinutes = value;
    }

    public boolean terminationProtected() {
        return root() == this ? terminationProtected : root().terminationProtected();
    }

    public void terminationProtected(boolean value) {
        terminationProtected = value;
    }

    /** DRIFTED, IN_SYNC or NOT_CHECKED. */
    public String drift() {
        return drift;
    }

    public Instant driftChecked() {
        return driftChecked;
    }

    public void drift(String value, Instant now) {
        drift = value;
        driftChecked = now;
    }

    /** What creates or updates it, or did so last; {@code null} if nothing has. */
    Deployment deployment() {
        return deployment;
    }

    void deployment(Deployment value) {
        deployment = value;
    }

    /** Resources that its rollback leaves as they are; those of nested stacks with their stack's name and a dot. */
    void skip(Collection<String> resources) {
        skipped = List.copyOf(resources);
    }

    /** Those of this nested stack. */
    List<String> skippedByRoot() {
        return root().skipped.stream()
                .filter(one -> one.startsWith(name + "."))
                .map(one -> one.substring(name.length() + 1))
                .toList();
    }

    /** What is done to it as a whole from now on. */
    public Operation begin(String type, String token) {
        Operation operation = new Operation(stacks.chance().uuid(), type, token);
        operations.add(operation);
        return operation;
    }

    void updatedNow() {
        updated = stacks.timeline().now();
    }

    void become(StackStatus value, String why, Operation operation) {
        status = value;
        reason = why;
        if (value == StackStatus.DELETE_COMPLETE) {
            deleted = stacks.timeline().now();
        }
        boolean failed = value.name().endsWith("FAILED");
        add(Event.plain(
                stacks.eventId(),
                stacks.timeline().now(),
                operation,
                "STACK_EVENT",
                failed,
                name,
                id,
                Provisioning.NESTED,
                value.name(),
                why,
                null));
        executing.accept(value.name());
    }

    /** Something has happened to a resource, which becomes that. */
    void become(StackResource resource, Physical physical, String state, String why, Operation operation) {
        resource.become(state, why, stacks.timeline().now());
        boolean failed = state.endsWith("FAILED");
        add(Event.plain(
                stacks.eventId(resource.logicalId(), state),
                stacks.timeline().now(),
                operation,
                failed ? "PROVISIONING_ERROR" : "PROGRESS_EVENT",
                failed,
                resource.logicalId(),
                physical == null ? null : physical.id(),
                physical == null ? resource.type() : physical.spec().type(),
                state,
                why,
                physical == null ? null : physical.shown().toString()));
    }

    /** Early validation has found something in a change set. */
    public void invalid(String logicalId, Event.Validation validation, Operation operation) {
        add(Event.invalid(stacks.eventId(), stacks.timeline().now(), operation, logicalId, validation));
    }

    void add(Event event) {
        events.add(event);
        stacks.tell(this, event);
    }

    /** What each resource waits for, by what is there of them. */
    Map<String, Set<String>> needs() {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        resources.forEach((logicalId, resource) -> needs.put(
                logicalId,
                resource.physical() == null
                        ? Set.of()
                        : new LinkedHashSet<>(resource.physical().spec().needs())));
        return needs;
    }
}
