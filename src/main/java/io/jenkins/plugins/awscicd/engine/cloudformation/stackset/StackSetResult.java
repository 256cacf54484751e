package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of a stack set: what {@code cloudFormationStackSet} returns to a Jenkinsfile. Plain data, as it is kept with the run. */
public final class StackSetResult implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    private final String stackSet;
    private final String status;
    private final ArrayList<String> operations;
    private final ArrayList<LinkedHashMap<String, String>> instances;
    private final String consoleUrl;
    private final String cause;

    StackSetResult(
            @NonNull String stackSet,
            @NonNull String status,
            @NonNull List<String> operations,
            @NonNull List<OperationResult> instances,
            @NonNull String consoleUrl,
            @CheckForNull String cause) {
        this.stackSet = stackSet;
        this.status = status;
        this.operations = new ArrayList<>(operations);
        this.instances = new ArrayList<>();
        instances.forEach(one -> {
            LinkedHashMap<String, String> instance = new LinkedHashMap<>();
            instance.put("account", one.account());
            instance.put("region", one.region());
            instance.put("status", one.status());
            instance.put("reason", one.reason());
            this.instances.add(instance);
        });
        this.consoleUrl = consoleUrl;
        this.cause = cause;
    }

    /** The stack set's name. */
    @NonNull
    public String getStackSet() {
        return stackSet;
    }

    /** Of the last operation, in AWS's word: {@code SUCCEEDED}, {@code FAILED} or {@code STOPPED}. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** The ids of the operations, in order; empty if there was nothing to do in any account. */
    @NonNull
    public List<String> getOperations() {
        return new ArrayList<>(operations);
    }

    /** What became of each account and region: maps with {@code account}, {@code region}, {@code status} and {@code reason}. */
    @NonNull
    public List<Map<String, String>> getInstances() {
        return new ArrayList<>(instances);
    }

    /** The stack set's page. */
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
        return "stack set " + stackSet + " " + status + (cause == null ? "" : ": " + cause);
    }

    @Override
    public String toString() {
        return "stack set " + stackSet + " " + status;
    }
}
