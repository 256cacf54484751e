package io.jenkins.plugins.awscicd.localaws.cloudformation.stackset;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.DeploymentOptions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The stack sets of one place. Their stacks are in places of their own. */
public final class StackSets {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Stacks home;
    private final Function<Place, Stacks> places;
    private final Map<String, StackSet> byName = new LinkedHashMap<>();
    private final Map<String, List<String>> units = new LinkedHashMap<>();

    /** @param places the stacks of accounts and regions */
    public StackSets(Stacks home, Function<Place, Stacks> places) {
        this.home = home;
        this.places = places;
    }

    /** An organizational unit with these accounts. */
    public void unit(String id, List<String> accounts) {
        units.put(id, List.copyOf(accounts));
    }

    /** The accounts of an organizational unit; empty if there is none. */
    public List<String> accounts(String unit) {
        return units.getOrDefault(unit, List.of());
    }

    /** The smallest unit that an account is in; {@code null} if it is in none. */
    public String unitOf(String account) {
        return units.entrySet().stream()
                .filter(unit -> unit.getValue().contains(account))
                .min(Comparator.comparingInt(unit -> unit.getValue().size()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** @param callAs SELF or DELEGATED_ADMIN: neither sees what the other has */
    public Optional<StackSet> find(String nameOrId, String callAs) {
        return byName.values().stream()
                .filter(one -> !one.deleted() && one.callAs().equals(callAs))
                .filter(one -> one.name().equals(nameOrId) || one.id().equals(nameOrId))
                .findFirst();
    }

    public List<StackSet> all() {
        return new ArrayList<>(byName.values());
    }

    public StackSet create(String name, String callAs, StackSet.Settings settings) {
        StackSet made = new StackSet(name + ":" + home.chance().uuid(), name, callAs, settings);
        byName.put(made.id(), made);
        return made;
    }

    public boolean busy(StackSet set) {
        return set.busy();
    }

    public void delete(StackSet set) {
        set.delete();
    }

    /** All instances are to be as the set is from now on. */
    public void update(StackSet set, StackSet.Settings settings) {
        set.settings(settings);
    }

    /**
     * Begins an operation.
     *
     * @param targets accounts and regions
     * @param named organizational units by which the accounts are named
     * @param overrides parameters of these instances alone
     */
    public SetOperation begin(
            StackSet set,
            String id,
            String action,
            List<Place> targets,
            List<String> named,
            List<Parameters.Given> overrides,
            SetOperation.Preferences preferences,
            boolean retains) {
        SetOperation operation = new SetOperation(
                id, action, preferences, retains, home.timeline().now());
        set.add(operation);
        if (action.equals("CREATE")) {
            set.units().addAll(named);
        }
        Deque<Instance> waiting = new ArrayDeque<>();
        for (Place target : targets) {
            Instance instance =
                    set.add(target.account(), target.region(), home.timeline().now());
            if (instance.unit() == null) {
                instance.unit(named.stream()
                        .filter(unit -> accounts(unit).contains(target.account()))
                        .findFirst()
                        .orElse(null));
            }
            if (!overrides.isEmpty()) {
                instance.overrides(overrides);
            }
            instance.become("OUTDATED", "PENDING", null, id);
            operation.result(target.account(), target.region(), "PENDING", null);
            waiting.add(instance);
        }
        home.timeline().after(home.timing().starting(), () -> next(set, operation, waiting, new ArrayList<>()));
        return operation;
    }

    /** Begins to stop: what runs goes on. */
    public void stop(SetOperation operation) {
        operation.stopping();
    }

    private void next(StackSet set, SetOperation operation, Deque<Instance> waiting, List<Instance> running) {
        running.removeIf(instance -> ended(set, operation, instance));
        boolean stops = operation.failed() > operation.preferences().tolerated()
                || operation.status().equals("STOPPING");
        while (!stops
                && !waiting.isEmpty()
                && running.size() < operation.preferences().concurrent()) {
            Instance instance = waiting.poll();
            begin(set, operation, instance);
            running.add(instance);
        }
        if (stops) {
            for (Instance instance : waiting) {
                instance.become(
                        "OUTDATED", "CANCELLED", "Cancelled since failure tolerance has exceeded", operation.id());
                operation.result(
                        instance.account(),
                        instance.region(),
                        "CANCELLED",
                        "Cancelled since failure tolerance has exceeded");
            }
            waiting.clear();
        }
        if (running.isEmpty() && waiting.isEmpty()) {
            boolean stopped = operation.status().equals("STOPPING");
            boolean failed = operation.failed() > operation.preferences().tolerated();
            operation.end(
                    stopped ? "STOPPED" : failed ? "FAILED" : "SUCCEEDED",
                    home.timeline().now());
        } else {
            home.timeline().after(LOOK, () -> next(set, operation, waiting, running));
        }
    }

    private void begin(StackSet set, SetOperation operation, Instance instance) {
        instance.become("OUTDATED", "RUNNING", null, operation.id());
        operation.result(instance.account(), instance.region(), "RUNNING", null);
        Stacks stacks = places.apply(new Place(instance.account(), instance.region()));
        synchronized (stacks.timeline()) {
            Optional<Stack> existing = Optional.ofNullable(instance.stackId()).flatMap(stacks::find);
            if (operation.action().equals("DELETE")) {
                if (existing.isPresent() && !operation.retains()) {
                    stacks.delete(existing.get(), List.of(), null);
                }
                return;
            }
            try {
                StackSettings settings = settings(set, instance, stacks, existing.orElse(null));
                Stack stack = existing.orElseGet(() -> stacks.create(
                        "StackSet-" + set.name() + "-" + stacks.chance().uuid()));
                instance.stackId(stack.id());
                stacks.deploy(stack, settings, DeploymentOptions.ROLLBACK);
            } catch (TemplateError e) {
                fail(operation, instance, e.getMessage());
            }
        }
    }

    private static StackSettings settings(StackSet set, Instance instance, Stacks stacks, Stack stack)
            throws TemplateError {
        List<Parameters.Given> given = new ArrayList<>(set.settings().parameters());
        for (Parameters.Given override : instance.overrides()) {
            given.removeIf(one -> one.key().equals(override.key()));
            given.add(override);
        }
        return new StackSettings(
                set.settings().template(),
                new Parameters(set.settings().template(), stacks::stored)
                        .values(
                                given,
                                stack == null ? Map.of() : stack.settings().parameters()),
                set.settings().tags(),
                set.settings().capabilities(),
                null,
                List.of(),
                StackSettings.RollbackTriggers.NONE);
    }

    private static void fail(SetOperation operation, Instance instance, String reason) {
        boolean inoperable = operation.action().equals("DELETE");
        instance.become(
                inoperable ? "INOPERABLE" : "OUTDATED", inoperable ? "INOPERABLE" : "FAILED", reason, operation.id());
        operation.result(instance.account(), instance.region(), "FAILED", reason);
    }

    private boolean ended(StackSet set, SetOperation operation, Instance instance) {
        if (List.of("FAILED", "INOPERABLE").contains(instance.detailedStatus())) {
            return true;
        }
        Stacks stacks = places.apply(new Place(instance.account(), instance.region()));
        synchronized (stacks.timeline()) {
            Stack stack = stacks.find(String.valueOf(instance.stackId())).orElse(null);
            boolean kept = operation.action().equals("DELETE") && operation.retains();
            StackStatus status = stack == null || kept ? StackStatus.DELETE_COMPLETE : stack.status();
            if (status.inProgress()) {
                return false;
            }
            switch (status) {
                case CREATE_COMPLETE, UPDATE_COMPLETE, DELETE_COMPLETE -> {
                    instance.become("CURRENT", "SUCCEEDED", null, operation.id());
                    instance.made(home.timeline().now());
                    operation.result(instance.account(), instance.region(), "SUCCEEDED", null);
                    if (operation.action().equals("DELETE")) {
                        set.remove(instance, home.timeline().now());
                    }
                }
                default ->
                    fail(
                            operation,
                            instance,
                            "Account " + instance.account() + " stack " + stack.id() + " is in " + status + " state: "
                                    + stack.events()
                                            .get(stack.events().size() - 1)
                                            .reason());
            }
            return true;
        }
    }
}
