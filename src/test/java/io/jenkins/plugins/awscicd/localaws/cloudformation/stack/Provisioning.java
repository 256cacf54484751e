package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.Made;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.ResourceFailure;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.ResourceRequest;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.ResourceType;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Evaluated;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What one operation does to a stack's resources: each takes its time, and is told by events. */
final class Provisioning {

    static final String NESTED = "AWS::CloudFormation::Stack";

    /** Something that is being done to a resource. */
    private final class Flight {
        private final StackResource resource;
        private final Action action;
        private final Graph.End end;
        private Physical physical;
        private Alarm alarm = () -> {};
        private Runnable onCancel = () -> {};
        private boolean over;

        Flight(StackResource resource, Action action, Physical physical, Graph.End end) {
            this.resource = resource;
            this.action = action;
            this.physical = physical;
            this.end = end;
            flights.put(resource.logicalId(), this);
        }

        void report(String end, String reason) {
            stack.become(resource, physical, action.status(end), reason, operation);
        }

        void succeed() {
            finish("COMPLETE", null, null);
        }

        void fail(String reason) {
            finish("FAILED", reason, reason);
        }

        private void finish(String state, String reason, String failure) {
            if (over) {
                return;
            }
            over = true;
            alarm.cancel();
            flights.remove(resource.logicalId(), this);
            report(state, reason);
            end.ended(failure);
        }

        void after(Duration delay, Runnable next) {
            alarm = stacks.timeline().after(delay, next);
        }
    }

    private final Stack stack;
    private final Operation operation;
    private final Stacks stacks;
    private final Map<String, Flight> flights = new LinkedHashMap<>();

    Provisioning(Stack stack, Operation operation, Stacks stacks) {
        this.stack = stack;
        this.operation = operation;
        this.stacks = stacks;
    }

    /** @param made hears of the physical resource as soon as there is one, though it is not complete yet */
    void create(
            StackResource resource,
            ResourceSpec spec,
            Evaluated values,
            String why,
            Consumer<Physical> made,
            Graph.End end) {
        Physical none = new Physical(null, values.real(), values.shown(), Map.of(), spec);
        Action reported = why == null ? Action.CREATE : Action.UPDATE;
        Flight flight = new Flight(resource, reported, none, end);
        flight.report("IN_PROGRESS", why);
        if (refused(flight, spec, Action.CREATE)) {
            return;
        }
        Consumer<Made> initiated = one -> {
            flight.physical = new Physical(one.physicalId(), values.real(), values.shown(), one.attributes(), spec);
            made.accept(flight.physical);
        };
        if (spec.type().equals(NESTED)) {
            flight.onCancel = stacks.nested()
                    .create(
                            stack,
                            spec,
                            values,
                            one -> {
                                boolean first = flight.physical.id() == null;
                                initiated.accept(one);
                                if (first) {
                                    flight.report("IN_PROGRESS", "Resource creation Initiated");
                                }
                            },
                            ending(flight));
            return;
        }
        try {
            initiated.accept(type(spec).create(request(spec, null, values)));
        } catch (ResourceFailure e) {
            flight.after(duration(spec), () -> flight.fail(e.getMessage()));
            return;
        }
        flight.report("IN_PROGRESS", "Resource creation Initiated");
        flight.after(duration(spec), () -> stabilize(flight, spec));
    }

    private void stabilize(Flight flight, ResourceSpec spec) {
        Optional<String> failure = stack.simulation().failure(Action.CREATE, spec.logicalId(), true);
        if (failure.isPresent()) {
            flight.fail(failure.get());
        } else if (flight.resource.signals() >= spec.signals()
                || !stack.simulation().isWaitingForSignals(spec.logicalId())) {
            flight.succeed();
        } else {
            flight.after(
                    spec.signalTimeout(),
                    () -> flight.fail("Failed to receive "
                            + (spec.signals() - flight.resource.signals())
                            + " resource signal(s) within the specified duration"));
        }
    }

    /** A signal for a resource that waits for some. */
    void signal(String logicalId, String uniqueId, boolean success) {
        Flight flight = flights.get(logicalId);
        if (flight == null || flight.over) {
            return;
        }
        String words = "Received " + (success ? "SUCCESS" : "FAILURE") + " signal with UniqueId " + uniqueId;
        if (!success) {
            flight.fail(words);
            return;
        }
        flight.resource.signal();
        flight.report("IN_PROGRESS", words);
        if (flight.resource.signals() >= flight.physical.spec().signals()) {
            flight.succeed();
        }
    }

    /** @param action an update, or one that takes an update back */
    void update(
            StackResource resource,
            ResourceSpec spec,
            Evaluated values,
            Action action,
            Consumer<Physical> made,
            Graph.End end) {
        Physical before = resource.physical();
        Flight flight = new Flight(resource, action, before, end);
        flight.report("IN_PROGRESS", null);
        if (refused(flight, spec, action)) {
            return;
        }
        Consumer<Made> changed = one -> {
            flight.physical = new Physical(before.id(), values.real(), values.shown(), one.attributes(), spec);
            made.accept(flight.physical);
        };
        if (spec.type().equals(NESTED)) {
            flight.onCancel = action == Action.UNDO
                    ? stacks.nested().undo(before.id(), changed, ending(flight))
                    : stacks.nested().update(stack, spec, before.id(), values, changed, ending(flight));
            return;
        }
        try {
            Made one = type(spec).update(request(spec, before.id(), values));
            flight.after(duration(spec), () -> {
                changed.accept(one);
                flight.succeed();
            });
        } catch (ResourceFailure e) {
            flight.after(duration(spec), () -> flight.fail(e.getMessage()));
        }
    }

    /** @param resource what is told to be deleted: a resource of the stack, or one that stands for a former physical one */
    void delete(StackResource resource, Physical physical, Graph.End end) {
        Flight flight = new Flight(resource, Action.DELETE, physical, end);
        if (physical == null || physical.id() == null) {
            flight.succeed();
            return;
        }
        flight.report("IN_PROGRESS", null);
        ResourceSpec spec = physical.spec();
        if (refused(flight, spec, Action.DELETE)) {
            return;
        }
        if (spec.type().equals(NESTED)) {
            stacks.nested().delete(physical.id(), ending(flight));
            return;
        }
        flight.after(duration(spec), () -> {
            try {
                type(spec).delete(request(spec, physical.id(), new Evaluated(physical.properties(), null)));
                flight.succeed();
            } catch (ResourceFailure e) {
                flight.fail(e.getMessage());
            }
        });
    }

    /** An existing physical resource becomes one of the stack's. */
    void adopt(StackResource resource, Physical physical, Graph.End end) {
        resource.physical(physical);
        Flight flight = new Flight(resource, Action.IMPORT, physical, end);
        flight.report("IN_PROGRESS", "Resource import started.");
        if (refused(flight, physical.spec(), Action.IMPORT)) {
            return;
        }
        flight.after(duration(physical.spec()), () -> finish(flight));
    }

    private static void finish(Flight flight) {
        flight.finish("COMPLETE", "Resource import completed.", null);
    }

    /** A resource is kept though the stack does not have it any more. */
    void skip(StackResource resource, Physical physical) {
        stack.become(resource, physical, "DELETE_SKIPPED", null, operation);
    }

    /** Whether a hook or the simulation has it fail. */
    private boolean refused(Flight flight, ResourceSpec spec, Action action) {
        Optional<String> hook = stacks.hooks().invoke(stack, operation, flight.resource, flight.physical, action);
        Optional<String> failure =
                hook.isPresent() ? hook : stack.simulation().failure(action, spec.logicalId(), false);
        failure.ifPresent(reason -> flight.after(duration(spec), () -> flight.fail(reason)));
        return failure.isPresent();
    }

    private Graph.End ending(Flight flight) {
        return failure -> {
            if (failure == null) {
                flight.succeed();
            } else {
                flight.fail(failure);
            }
        };
    }

    /** Ends all that is being done. */
    void cancel() {
        for (Flight flight : List.copyOf(flights.values())) {
            if (flight.action != Action.DELETE) {
                flight.fail(flight.action.cancelled());
                flight.onCancel.run();
            }
        }
    }

    /** Ends all that is being done, without a word. */
    void abandon() {
        for (Flight flight : List.copyOf(flights.values())) {
            flight.over = true;
            flight.alarm.cancel();
            flight.onCancel.run();
        }
        flights.clear();
    }

    private Duration duration(ResourceSpec spec) {
        return stack.simulation().duration(spec.logicalId(), stacks.timing().resource());
    }

    private ResourceType type(ResourceSpec spec) {
        return stacks.types().of(spec.type());
    }

    private ResourceRequest request(ResourceSpec spec, String physicalId, Evaluated values) {
        return new ResourceRequest(
                stacks.place(),
                stacks.chance(),
                stack.name(),
                spec.logicalId(),
                spec.type(),
                physicalId,
                values.real());
    }
}
