package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A change set: what an update would be, and how far it is. */
public final class ChangeSet {

    private final String id;
    private final ChangeSetRequest request;
    private final Stack stack;
    private final StackSettings settings;
    private final Instant created;
    private final Operation operation;
    private final ChangeSet parent;
    private final List<ChangeSet> nested = new ArrayList<>();
    private String status = "CREATE_PENDING";
    private String reason;
    private String execution = "UNAVAILABLE";
    private List<ResourceChange> changes = List.of();

    /** @param parent of a nested one; {@code null} for others */
    ChangeSet(
            String id,
            ChangeSetRequest request,
            Stack stack,
            StackSettings settings,
            Instant created,
            Operation operation,
            ChangeSet parent) {
        this.id = id;
        this.request = request;
        this.stack = stack;
        this.settings = settings;
        this.created = created;
        this.operation = operation;
        this.parent = parent;
        if (parent != null) {
            parent.nested.add(this);
        }
    }

    public String id() {
        return id;
    }

    public String name() {
        return request.name();
    }

    /** The ClientToken that it was asked for with; {@code null} for none. */
    public String token() {
        return request.token();
    }

    /** {@code null} if it was not said. */
    public String onStackFailure() {
        return request.onStackFailure();
    }

    /** Physical ids of existing resources by logical id. */
    public Map<String, String> imports() {
        return request.imports();
    }

    public boolean isNested() {
        return parent != null;
    }

    ChangeSetRequest request() {
        return request;
    }

    public Stack stack() {
        return stack;
    }

    public StackSettings settings() {
        return settings;
    }

    Instant created() {
        return created;
    }

    /** Its creation. */
    public Operation operation() {
        return operation;
    }

    /** {@code null} unless it is nested. */
    ChangeSet parent() {
        return parent;
    }

    ChangeSet root() {
        return parent == null ? this : parent.root();
    }

    List<ChangeSet> nested() {
        return nested;
    }

    public String status() {
        return status;
    }

    String reason() {
        return reason;
    }

    void become(String value, String why) {
        status = value;
        reason = why;
    }

    public String execution() {
        return execution;
    }

    void execution(String value) {
        execution = value;
    }

    List<ResourceChange> changes() {
        return changes;
    }

    void changes(List<ResourceChange> value) {
        changes = value;
    }
}
