package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of an execution: what {@code codePipeline} returns to a Jenkinsfile. Plain data, as it is kept with the run. */
public final class PipelineResult implements Approvable, Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String pipeline;
    private final String status;
    private final LinkedHashMap<String, String> stages;
    private final ArrayList<SourceRevision> revisions;
    private final TreeMap<String, String> variables;
    private final TreeMap<String, String> outputVariables;
    private final String rollbackId;
    private final String rollbackStatus;
    private final String consoleUrl;
    private final String cause;

    /**
     * @param executions the execution, and its rollback if there is one
     * @param variables those that it ran with, by name
     */
    PipelineResult(
            @NonNull List<PipelineSnapshot> executions,
            @NonNull Map<String, String> variables,
            @NonNull String consoleUrl) {
        PipelineSnapshot first = executions.get(0);
        PipelineSnapshot rollback = executions.size() > 1 ? executions.get(executions.size() - 1) : null;
        this.id = first.id();
        this.pipeline = first.pipeline();
        this.status = first.status();
        this.stages = new LinkedHashMap<>(first.stages());
        this.revisions = new ArrayList<>(first.revisions());
        this.variables = new TreeMap<>(variables);
        this.outputVariables = new TreeMap<>();
        for (ActionSnapshot action : first.actions()) {
            action.outputVariables().forEach((name, value) -> outputVariables.put(action.name() + "." + name, value));
        }
        this.rollbackId = rollback == null ? null : rollback.id();
        this.rollbackStatus = rollback == null ? null : rollback.status();
        this.consoleUrl = consoleUrl;
        this.cause = first.succeeded() ? null : first.cause();
    }

    /** Of what needs no execution. */
    PipelineResult(@NonNull String pipeline, @NonNull String status, @NonNull String consoleUrl) {
        this.id = "";
        this.pipeline = pipeline;
        this.status = status;
        this.stages = new LinkedHashMap<>();
        this.revisions = new ArrayList<>();
        this.variables = new TreeMap<>();
        this.outputVariables = new TreeMap<>();
        this.rollbackId = null;
        this.rollbackStatus = null;
        this.consoleUrl = consoleUrl;
        this.cause = null;
    }

    /** The execution's id; empty if a transition was enabled or disabled. */
    @NonNull
    public String getId() {
        return id;
    }

    /** The pipeline's name. */
    @NonNull
    public String getPipeline() {
        return pipeline;
    }

    /**
     * In AWS's word: {@code Succeeded}, {@code Failed}, {@code Stopped}, {@code Superseded} or {@code Cancelled}; of a transition {@code
     * Enabled} or {@code Disabled}.
     */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** By stage, as far as the execution has come, how its actions ended. */
    @NonNull
    public Map<String, String> getStages() {
        return new LinkedHashMap<>(stages);
    }

    /** What its source actions have brought. */
    @NonNull
    public List<SourceRevision> getRevisions() {
        return new ArrayList<>(revisions);
    }

    /** The pipeline's variables with which it ran, by name; empty if it has none. */
    @NonNull
    public Map<String, String> getVariables() {
        return new TreeMap<>(variables);
    }

    /** What its actions have put out, by {@code action.variable}. */
    @NonNull
    public Map<String, String> getOutputVariables() {
        return new TreeMap<>(outputVariables);
    }

    /** The execution by which AWS has rolled a failed stage back; null if there is none. */
    @CheckForNull
    public String getRollbackId() {
        return rollbackId;
    }

    /** How that ended; null if there is none. */
    @CheckForNull
    public String getRollbackStatus() {
        return rollbackStatus;
    }

    @Override
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** Why it did not succeed; null if it did. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** How it ended, in one sentence. */
    @NonNull
    public String summary() {
        String name = pipeline + " " + PipelineSnapshot.shortened(id);
        String rolledBack = rollbackId == null
                ? ""
                : "; rolled back by " + PipelineSnapshot.shortened(rollbackId) + ", which ended with status "
                        + rollbackStatus;
        return cause == null ? name + " succeeded" : name + " did not succeed: " + cause + rolledBack;
    }

    @Override
    @NonNull
    public String subject() {
        return "pipeline " + pipeline;
    }

    @Override
    @CheckForNull
    public String exactly() {
        return revisions.isEmpty()
                ? null
                : revisions.stream().map(SourceRevision::toString).collect(Collectors.joining(", "));
    }

    @Override
    @NonNull
    public List<String> details() {
        return revisions.stream().map(SourceRevision::inWords).toList();
    }

    @Override
    public String toString() {
        return "pipeline " + pipeline + " " + id + " " + status;
    }
}
