package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.PipelineAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which action of a pipeline a run works on, with its place in the queue and with the run. It has nothing of the action's
 * configuration, which may be secret.
 */
public final class CodePipelineJobAction extends InvisibleAction
        implements Queue.QueueAction, EnvironmentContributingAction {

    /** Key of the worker. */
    private final String source;

    private final String claim;
    private final String pipeline;
    private final String execution;
    private final String stage;
    private final String action;
    private final ArrayList<String> inputs;
    private final ArrayList<String> outputs;
    /** Those that have been handed over. */
    private final TreeSet<String> handedOver = new TreeSet<>();

    private final TreeMap<String, String> variables = new TreeMap<>();
    private String summary = "";
    private String revision;

    CodePipelineJobAction(
            @NonNull String source,
            @NonNull String claim,
            @NonNull PipelineAction of,
            @NonNull List<String> inputs,
            @NonNull List<String> outputs) {
        this.source = source;
        this.claim = claim;
        this.pipeline = of.pipeline();
        this.execution = of.execution();
        this.stage = of.stage();
        this.action = of.action();
        this.inputs = new ArrayList<>(inputs);
        this.outputs = new ArrayList<>(outputs);
    }

    @NonNull
    String getSource() {
        return source;
    }

    @NonNull
    String getClaim() {
        return claim;
    }

    @NonNull
    PipelineAction of() {
        return new PipelineAction(pipeline, execution, stage, action);
    }

    @NonNull
    List<String> inputs() {
        return List.copyOf(inputs);
    }

    @NonNull
    List<String> outputs() {
        return List.copyOf(outputs);
    }

    /** The output artifacts that nobody has handed over. */
    @NonNull
    synchronized List<String> missing() {
        return outputs.stream().filter(name -> !handedOver.contains(name)).toList();
    }

    synchronized void handedOver(@NonNull String output) {
        handedOver.add(output);
    }

    @NonNull
    synchronized Map<String, String> variables() {
        return new TreeMap<>(variables);
    }

    synchronized void add(@NonNull Map<String, String> more) {
        variables.putAll(more);
    }

    @NonNull
    synchronized String summary() {
        return summary;
    }

    synchronized void summary(@NonNull String text) {
        summary = text;
    }

    synchronized String revision() {
        return revision;
    }

    synchronized void revision(@NonNull String id) {
        revision = id;
    }

    /** Each job of CodePipeline has a run of its own, also where two wait for the same Jenkins job. */
    @Override
    public boolean shouldSchedule(List<Action> others) {
        return true;
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        env.put("CODEPIPELINE_NAME", pipeline);
        env.put("CODEPIPELINE_EXECUTION_ID", execution);
        env.put("CODEPIPELINE_STAGE", stage);
        env.put("CODEPIPELINE_ACTION", action);
    }
}
