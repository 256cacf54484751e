package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of a stack: what {@code cloudFormationDeploy} returns to a Jenkinsfile. Plain data, as it is kept with the run. */
public final class StackResult implements Approvable, Serializable {

    private static final long serialVersionUID = 1L;

    private static final String NESTED = "AWS::CloudFormation::Stack";

    private final String stack;
    private final String stackId;
    private final String status;
    private final String changeSet;
    private final boolean executed;
    private final TreeMap<String, String> outputs;
    private final ArrayList<ResourceChange> changes;
    /** The same as a table for people. */
    private final ArrayList<String> table;

    private final TreeMap<String, String> drift;
    private final String consoleUrl;
    private final String cause;
    /** False in what an earlier version has kept. */
    private final boolean unchanged;

    /**
     * @param changeSet its ARN; empty if there is none
     * @param executed whether the change set was executed
     * @param table the changes as people see them, line by line
     * @param drift by logical ID, what is not as the template has it; empty if it was not asked for, or all is
     * @param cause why it did not come to a good end; null if it did
     */
    public StackResult(
            @NonNull String stack,
            @NonNull String stackId,
            @NonNull String status,
            @NonNull String changeSet,
            boolean executed,
            @NonNull Map<String, String> outputs,
            @NonNull List<ResourceChange> changes,
            @NonNull List<String> table,
            @NonNull Map<String, String> drift,
            @NonNull String consoleUrl,
            @CheckForNull String cause) {
        this(stack, stackId, status, changeSet, executed, outputs, changes, table, drift, consoleUrl, cause, false);
    }

    private StackResult(
            String stack,
            String stackId,
            String status,
            String changeSet,
            boolean executed,
            Map<String, String> outputs,
            List<ResourceChange> changes,
            List<String> table,
            Map<String, String> drift,
            String consoleUrl,
            @CheckForNull String cause,
            boolean unchanged) {
        this.stack = stack;
        this.stackId = stackId;
        this.status = status;
        this.changeSet = changeSet;
        this.executed = executed;
        this.outputs = new TreeMap<>(outputs);
        this.changes = new ArrayList<>(changes);
        this.table = new ArrayList<>(table);
        this.drift = new TreeMap<>(drift);
        this.consoleUrl = consoleUrl;
        this.cause = cause;
        this.unchanged = unchanged;
    }

    /** The same of a change set that was empty: there is nothing to execute. */
    @NonNull
    public StackResult withoutChanges() {
        return new StackResult(
                stack, stackId, status, changeSet, executed, outputs, changes, table, drift, consoleUrl, cause, true);
    }

    /** The stack's name; empty if a template was validated without one. */
    @NonNull
    public String getStack() {
        return stack;
    }

    /** The stack's ARN; empty if a template was only validated. */
    @NonNull
    public String getStackId() {
        return stackId;
    }

    /** In AWS's word, such as {@code UPDATE_COMPLETE}; {@code VALID} if a template was only validated. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** The ARN of the change set; empty if there is none, or it would have changed nothing. */
    @NonNull
    public String getChangeSet() {
        return changeSet;
    }

    /** Whether the change set was executed by this step. */
    public boolean isExecuted() {
        return executed;
    }

    /** Whether the change set was empty, so that there is nothing to execute, nor to approve. */
    public boolean isUnchanged() {
        return unchanged;
    }

    /** The stack's outputs by name. */
    @NonNull
    public Map<String, String> getOutputs() {
        return new TreeMap<>(outputs);
    }

    /** What the change set does; empty if there is nothing to do to resources. */
    @NonNull
    public List<ResourceChange> getChanges() {
        return new ArrayList<>(changes);
    }

    /** By logical ID, what is not as the template has it; empty if nothing, or if it was not asked for. */
    @NonNull
    public Map<String, String> getDrift() {
        return new TreeMap<>(drift);
    }

    @Override
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** Why it did not come to a good end; null if it did. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** How it ended, in one sentence. */
    @NonNull
    public String summary() {
        return stack.isEmpty()
                ? "the template is valid"
                : "stack " + stack + " is in " + status + (cause == null ? "" : ": " + cause);
    }

    @Override
    @NonNull
    public String subject() {
        return stack.isEmpty()
                ? "template"
                : (changeSet.isEmpty() || executed ? "stack " : "change set of stack ") + stack;
    }

    @Override
    @CheckForNull
    public String exactly() {
        return changeSet.isEmpty() ? null : changeSet;
    }

    @Override
    @NonNull
    public List<String> details() {
        List<String> details = new ArrayList<>(table);
        changes.stream()
                .filter(change ->
                        change.getType().equals(NESTED) && !change.getAction().equals("Remove"))
                .map(ResourceChange::getLogicalId)
                .filter(stack ->
                        changes.stream().noneMatch(it -> it.getLogicalId().startsWith(stack + "/")))
                .map(stack -> "Nested stack " + stack
                        + ": no changes to its resources are shown. Either there are none, or the change set was"
                        + " created with includeNestedStacks: false and its changes there are unknown")
                .forEach(details::add);
        return details;
    }

    @Override
    public String toString() {
        return (stack.isEmpty() ? "template" : "stack " + stack) + " " + status;
    }
}
