package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.DeploymentOptions;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Event;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The change sets of one place. */
public final class ChangeSets {

    private static final String EMPTY =
            "The submitted information didn't contain changes. Submit different information to create a change set.";
    private static final String NO_UPDATES = "No updates are to be performed.";
    private static final String NESTED = "AWS::CloudFormation::Stack";

    private final Stacks stacks;
    private final Map<String, ChangeSet> byId = new LinkedHashMap<>();

    public ChangeSets(Stacks stacks) {
        this.stacks = stacks;
    }

    /** By its ARN, or by its name and the stack that it is of. */
    public Optional<ChangeSet> find(String nameOrId, Stack stack) {
        ChangeSet found = byId.get(nameOrId);
        if (found != null || stack == null) {
            return Optional.ofNullable(found);
        }
        return byId.values().stream()
                .filter(one -> one.stack() == stack && one.name().equals(nameOrId))
                .reduce((one, other) -> other);
    }

    /** Oldest first. */
    public List<ChangeSet> of(Stack stack) {
        return byId.values().stream().filter(one -> one.stack() == stack).toList();
    }

    /** One whose changes are computed later on. */
    public ChangeSet create(Stack stack, StackSettings settings, ChangeSetRequest request) {
        ChangeSet created = add(stack, settings, request, null);
        stacks.timeline().after(stacks.timing().planning().dividedBy(2), () -> begin(created));
        stacks.timeline().after(stacks.timing().planning(), () -> complete(created));
        return created;
    }

    private ChangeSet add(Stack stack, StackSettings settings, ChangeSetRequest request, ChangeSet parent) {
        String id = stacks.place()
                .arn(
                        "cloudformation",
                        "changeSet/" + request.name() + "/" + stacks.chance().uuid());
        Operation operation = stack.begin("CREATE_CHANGESET", request.token());
        if (stack.status() == null) {
            stacks.review(stack, operation);
        }
        ChangeSet created =
                new ChangeSet(id, request, stack, settings, stacks.timeline().now(), operation, parent);
        byId.put(id, created);
        return created;
    }

    private static void begin(ChangeSet one) {
        if (one.status().equals("CREATE_PENDING")) {
            one.become("CREATE_IN_PROGRESS", null);
        }
    }

    private void complete(ChangeSet one) {
        if (!byId.containsKey(one.id())) {
            return;
        }
        try {
            compute(one);
        } catch (TemplateError e) {
            one.become("FAILED", e.getMessage());
        }
    }

    private void compute(ChangeSet one) throws TemplateError {
        Plan plan = new Plan(one.stack(), one.settings(), stacks, one.request().imports(), Set.of());
        stacks.checkImports(one.stack(), one.settings());
        List<ResourceChange> changes = plan.changes();
        if (one.request().includesNested()) {
            Map<String, String> inner = nested(one, plan, changes);
            Set<String> unchanged = new HashSet<>();
            inner.forEach((logicalId, nested) -> {
                if (nested.isEmpty()) {
                    unchanged.add(logicalId);
                }
            });
            plan = new Plan(one.stack(), one.settings(), stacks, one.request().imports(), unchanged);
            changes = plan.changes().stream()
                    .map(change -> inner.getOrDefault(change.logicalId(), "").isEmpty()
                            ? change
                            : change.with(inner.get(change.logicalId())))
                    .toList();
        }
        if (changes.isEmpty() && !plan.changesOutputs()) {
            boolean macro = !one.settings().template().transforms().isEmpty();
            one.become("FAILED", macro || stacks.speaks(Dialect.EMPTY_NO_UPDATES) ? NO_UPDATES : EMPTY);
            return;
        }
        Map<String, Event.Validation> invalid = one.stack().simulation().invalid();
        Set<String> about = changes.stream().map(ResourceChange::logicalId).collect(Collectors.toSet());
        about.add(""); // the change set as a whole
        invalid.keySet().retainAll(about);
        invalid.forEach((logicalId, found) -> one.stack().invalid(logicalId, found, one.operation()));
        invalid.values().removeIf(found -> found.mode().equals("WARN"));
        if (!invalid.isEmpty()) {
            boolean there = invalid.values().stream()
                    .anyMatch(found ->
                            found.name().startsWith("NAME") || found.name().startsWith("BUCKET"));
            one.become(
                    "FAILED",
                    "The following hook(s)/validation failed: [AWS::EarlyValidation::"
                            + (there ? "ResourceExistenceCheck" : "PropertyValidation") + "]. To troubleshoot Early"
                            + " Validation errors, use the DescribeEvents API for detailed failure information.");
            return;
        }
        one.changes(changes);
        one.become("CREATE_COMPLETE", null);
        one.execution("AVAILABLE");
    }

    /** Change sets of the nested stacks by logical ids; an empty text for one that would stay as it is. */
    private Map<String, String> nested(ChangeSet one, Plan plan, List<ResourceChange> changes) throws TemplateError {
        Map<String, String> all = new LinkedHashMap<>();
        for (ResourceChange change : changes) {
            if (!change.type().equals(NESTED) || change.action().equals("Remove")) {
                continue;
            }
            ResourceSpec spec =
                    one.settings().template().resource(change.logicalId()).orElseThrow();
            boolean creates = change.physicalId() == null;
            Stack child = creates
                    ? stacks.child(one.stack(), change.logicalId())
                    : stacks.find(change.physicalId()).orElseThrow();
            String name = one.name() + "-" + change.logicalId() + "-"
                    + stacks.chance().upper("", 12);
            ChangeSet inner = add(
                    child,
                    stacks.nestedSettings(one.settings(), plan.properties(spec), child),
                    one.request().nested(name, creates ? "CREATE" : "UPDATE"),
                    one);
            complete(inner);
            boolean failed = inner.status().equals("FAILED");
            boolean empty = failed && (EMPTY.equals(inner.reason()) || NO_UPDATES.equals(inner.reason()));
            if (failed && !empty) {
                throw new TemplateError(
                        "Nested change set " + inner.id() + " was not successfully created: Currently in FAILED.");
            }
            if (empty) {
                byId.remove(inner.id());
                one.nested().remove(inner);
            }
            all.put(change.logicalId(), empty ? "" : inner.id());
        }
        return all;
    }

    /** The stack is made or updated by it. All others of the stack are of no use then. */
    public void execute(ChangeSet one, DeploymentOptions options) {
        one.execution("EXECUTE_IN_PROGRESS");
        for (ChangeSet other : of(one.stack())) {
            if (other != one && !stacks.speaks(Dialect.OTHERS_OBSOLETE)) {
                delete(other);
            }
        }
        if (stacks.speaks(Dialect.OTHERS_OBSOLETE)) {
            obsolete(one.stack());
        }
        one.nested().forEach(inner -> inner.execution("EXECUTE_COMPLETE"));
        one.stack().changeSet(one.id(), status -> ended(one, status));
        stacks.deploy(one.stack(), one.settings(), options);
    }

    private static void ended(ChangeSet one, String status) {
        boolean well = status.matches("(CREATE|UPDATE|IMPORT)_COMPLETE");
        if (!status.endsWith("_IN_PROGRESS") && one.execution().equals("EXECUTE_IN_PROGRESS")) {
            one.execution(well ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED");
        }
    }

    /** Whether an update would change nothing. */
    public boolean empty(Stack stack, StackSettings settings) throws TemplateError {
        Plan plan = new Plan(stack, settings, stacks, Map.of(), Set.of());
        return plan.changes().isEmpty() && !plan.changesOutputs();
    }

    /** The stack is not any more as it was when they were made. */
    public void obsolete(Stack stack) {
        for (ChangeSet one : of(stack)) {
            if (one.execution().equals("AVAILABLE")) {
                one.execution("OBSOLETE");
            }
        }
    }

    public void delete(ChangeSet one) {
        one.nested().forEach(this::delete);
        byId.remove(one.id());
    }
}
