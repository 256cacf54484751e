package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateUrls;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The stacks of one place, and what all of them draw on. */
public final class Stacks {

    /** Hears of all events. */
    @FunctionalInterface
    public interface Listener {
        void received(Stack stack, Event event);
    }

    private final Place place;
    private final Timeline timeline;
    private final CloudFormationTiming timing;
    private final Chance chance;
    private final ResourceTypes types;
    private final TemplateUrls templates;
    private final Function<String, Optional<String>> store;
    private final Listener listener;
    private final Exports exports = new Exports();
    private final Hooks hooks = new Hooks(this);
    private final NestedStacks nested = new NestedStacks(this);
    private final Map<String, Simulation> simulations = new HashMap<>();
    private final Map<String, Stack> byId = new LinkedHashMap<>();
    private final Set<String> eventIds = new HashSet<>();
    private final Set<Dialect> dialects = EnumSet.noneOf(Dialect.class);

    /** @param store what Parameter Store has under a name */
    public Stacks(
            Place place,
            Timeline timeline,
            CloudFormationTiming timing,
            Chance chance,
            ResourceTypes types,
            S3 s3,
            Function<String, Optional<String>> store,
            Listener listener) {
        this.place = place;
        this.timeline = timeline;
        this.timing = timing;
        this.chance = chance;
        this.types = types;
        this.store = store;
        this.listener = listener;
        templates = new TemplateUrls(s3);
    }

    public Place place() {
        return place;
    }

    public Timeline timeline() {
        return timeline;
    }

    public CloudFormationTiming timing() {
        return timing;
    }

    public Chance chance() {
        return chance;
    }

    public ResourceTypes types() {
        return types;
    }

    public TemplateUrls templates() {
        return templates;
    }

    public Exports exports() {
        return exports;
    }

    public Hooks hooks() {
        return hooks;
    }

    NestedStacks nested() {
        return nested;
    }

    /** What Parameter Store has: of what AWS itself publishes there, always something. */
    public Optional<String> stored(String name) {
        return store.apply(name)
                .or(() -> name.startsWith("/aws/service/") ? Optional.of("ami-0a1b2c3d4e5f60718") : Optional.empty());
    }

    public void speak(Collection<Dialect> ways) {
        dialects.clear();
        dialects.addAll(ways);
    }

    public boolean speaks(Dialect dialect) {
        return dialects.contains(dialect);
    }

    public Simulation simulation(String name) {
        return simulations.computeIfAbsent(name, key -> new Simulation());
    }

    void tell(Stack stack, Event event) {
        listener.received(stack, event);
    }

    /** Of a stack's own event: any. */
    String eventId() {
        return chance.uuid();
    }

    /** Of a resource's event: by its time, of which no two have the same. */
    String eventId(String logicalId, String state) {
        Instant time = timeline.now();
        String id = logicalId + "-" + state + "-" + StackXml.time(time);
        while (!eventIds.add(id)) {
            time = time.plusMillis(1);
            id = logicalId + "-" + state + "-" + StackXml.time(time);
        }
        return id;
    }

    /** The reason for a stack's state. */
    String reason(String verb, Collection<String> logicalIds) {
        return "The following resource(s) failed to " + verb + ": [" + String.join(", ", logicalIds) + "]."
                + (speaks(Dialect.REASON_WITH_BLANK) ? " " : "");
    }

    /** Oldest first, deleted ones among them. */
    public List<Stack> all() {
        return new ArrayList<>(byId.values());
    }

    /** By its id, or by the name of one that is not deleted. */
    public Optional<Stack> find(String nameOrId) {
        Stack found = byId.get(nameOrId);
        if (found != null) {
            return Optional.of(found);
        }
        return byId.values().stream()
                .filter(stack -> stack.name().equals(nameOrId) && stack.status() != StackStatus.DELETE_COMPLETE)
                .findFirst();
    }

    /** A stack that there is nothing of yet. */
    public Stack create(String name) {
        return add(name, null, name);
    }

    /** A nested stack of which there is nothing yet, or of which only a change set has been made. */
    public Stack child(Stack parent, String logicalId) {
        return byId.values().stream()
                .filter(stack -> stack.parent() == parent
                        && stack.status() == StackStatus.REVIEW_IN_PROGRESS
                        && stack.name().startsWith(parent.name() + "-" + logicalId + "-"))
                .findFirst()
                .orElseGet(() -> add(
                        parent.name() + "-" + logicalId + "-" + chance.upper("", 12),
                        parent,
                        parent.name() + "/" + logicalId));
    }

    /** What a stack is to be made of that is the resource of another. */
    public StackSettings nestedSettings(StackSettings parent, JsonNode properties, Stack child) throws TemplateError {
        return nested.settings(
                parent,
                properties,
                child.settings() == null ? Map.of() : child.settings().parameters());
    }

    /** @param simulated the name of its simulation */
    private Stack add(String name, Stack parent, String simulated) {
        String id = place.arn("cloudformation", "stack/" + name + "/" + chance.uuid());
        Stack stack = new Stack(name, id, parent, this, simulation(simulated));
        byId.put(id, stack);
        return stack;
    }

    /** Only a change set of it is to be looked at so far. */
    public void review(Stack stack, Operation operation) {
        stack.become(StackStatus.REVIEW_IN_PROGRESS, "User Initiated", operation);
    }

    /** Has it made, updated, or existing resources imported. */
    public Operation deploy(Stack stack, StackSettings settings, DeploymentOptions options) {
        boolean creates = stack.status() == null || stack.status() == StackStatus.REVIEW_IN_PROGRESS;
        Deployment.Kind kind = !options.imports().isEmpty()
                ? Deployment.Kind.IMPORT
                : creates ? Deployment.Kind.CREATE : Deployment.Kind.UPDATE;
        Deployment deployment = new Deployment(stack, this, kind, settings, options, null);
        deployment.begin();
        return deployment.operation();
    }

    /** @param retained resources to keep */
    public Operation delete(Stack stack, Collection<String> retained, String token) {
        Operation operation = stack.begin("DELETE_STACK", token);
        if (stack.deployment() != null) {
            stack.deployment().abandon();
            stack.deployment(null);
        }
        new Deletion(stack, this, operation, false, retained, false, failure -> published(stack))
                .begin("User Initiated");
        return operation;
    }

    /** Has an update in progress be rolled back. Whether it could. */
    public boolean cancel(Stack stack) {
        String reason = speaks(Dialect.CANCELLED_BY_NAME) ? "Stack update cancelled" : "User Initiated";
        return stack.deployment() != null && stack.deployment().interrupt(reason);
    }

    /** A deletion that an export keeps from anything: the stack is soon what it was. */
    public void refuseDeletion(Stack stack, String reason, String token) {
        StackStatus before = stack.status();
        Operation operation = stack.begin("DELETE_STACK", token);
        stack.become(StackStatus.DELETE_IN_PROGRESS, "User Initiated", operation);
        boolean fails = speaks(Dialect.EXPORT_FAILS_DELETION);
        timeline.after(
                timing.starting(),
                () -> stack.become(
                        fails ? StackStatus.DELETE_FAILED : before,
                        fails ? "Delete canceled. " + reason : reason,
                        operation));
    }

    /** Takes back what an operation that failed has left, or a rollback that failed. */
    public Operation rollBack(
            Stack stack, String type, Collection<String> skipped, boolean exceptOnCreate, String token) {
        if (stack.status() == StackStatus.CREATE_FAILED || stack.status() == StackStatus.ROLLBACK_FAILED) {
            Operation operation = stack.begin(type, token);
            stack.deployment(null);
            boolean stays = !speaks(Dialect.ROLLBACK_DELETES);
            new Deletion(stack, this, operation, stays, skipped, exceptOnCreate, failure -> {}).begin("User Initiated");
            return operation;
        }
        stack.skip(skipped);
        return stack.deployment().ending().rollBack(type, token, List.copyOf(skipped), "User Initiated");
    }

    /** A signal for a resource. Whether anybody waits for it. */
    public boolean signal(Stack stack, String logicalId, String uniqueId, boolean success) {
        if (stack.deployment() == null) {
            return false;
        }
        stack.deployment().provisioning().signal(logicalId, uniqueId, success);
        return true;
    }

    /** Others see what the stack exports and imports now. */
    void published(Stack stack) {
        boolean there = stack.status() != StackStatus.DELETE_COMPLETE && stack.settings() != null;
        exports.update(stack);
        try {
            exports.imports(stack, there ? Imports.of(stack, stack.settings(), this) : Set.of());
        } catch (TemplateError e) {
            throw new IllegalStateException(e); // it was made of this
        }
    }

    /** Whether there is all that a template imports. */
    public void checkImports(Stack stack, StackSettings settings) throws TemplateError {
        for (String name : Imports.of(stack, settings, this)) {
            if (exports.value(name).isEmpty()) {
                throw new TemplateError("No export named " + name + " found.");
            }
        }
    }

    /** An alarm goes off: what it watches is rolled back. */
    public void alarm(String arn) {
        for (Stack stack : all()) {
            boolean watched = stack.settings() != null
                    && stack.settings().triggers().arns().stream()
                            .anyMatch(trigger -> trigger.arn().equals(arn));
            if (watched && stack.deployment() != null) {
                stack.deployment().interrupt("Rollback triggered: alarm " + arn + " went into ALARM state.");
            }
        }
    }
}
