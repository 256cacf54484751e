package io.jenkins.plugins.awscicd.step.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.SealedTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code codePipeline}: starts a pipeline of CodePipeline and follows its execution
 * (<a href="https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StartPipelineExecution.html">StartPipelineExecution</a>).
 * What an argument may be is known to {@link PipelineRequest} alone.
 */
public final class CodePipelineStep extends CodePipelineArguments {

    private final String pipeline;
    /** By name, their values sealed; null if there are none. */
    private LinkedHashMap<String, Object> variables;
    /** Each a map with {@code action}, {@code type} and {@code value}, by its parts; null if there are none. */
    private Object sourceRevisions;

    private Integer retry;
    private Integer timeoutMinutes;

    @DataBoundConstructor
    public CodePipelineStep(@CheckForNull String pipeline) {
        this.pipeline = Util.fixEmptyAndTrim(pipeline);
    }

    /** What is asked of the engine. */
    @NonNull
    PipelineRequest request() {
        Map<String, Object> arguments = new HashMap<>(toMap());
        arguments.put("pipeline", pipeline);
        put(arguments, "variables", SealedTexts.open(variables));
        put(arguments, "sourceRevisions", sourceRevisions);
        put(arguments, "retry", retry);
        put(arguments, "timeoutMinutes", timeoutMinutes);
        return new PipelineRequest(arguments);
    }

    private static void put(Map<String, Object> arguments, String name, @CheckForNull Object value) {
        if (value != null) {
            arguments.put(name, value);
        }
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        return problems(null);
    }

    private List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems(stage));
        problems.addAll(request().problems());
        problems.addAll(abortProblems());
        if (leaves() && getOnAbort() != null && super.stopsOnAbort()) {
            problems.add(
                    "onAbort: an execution that is only watched, or is stopped anyway, is left; leave onAbort out");
        }
        return problems;
    }

    private boolean leaves() {
        return request().operation().leaves();
    }

    /** What is only watched is not this step's to stop, and no guard was asked about that. */
    @Override
    public boolean stopsOnAbort() {
        return !leaves() && super.stopsOnAbort();
    }

    /** Whether what runs is abandoned when the step is aborted, and not finished first. */
    boolean abandons() {
        return "abandon".equals(getOnAbort());
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = checked(context, this::problems);
        if (request().asks() && context.get(FlowNode.class) == null) {
            throw new AbortException("codePipeline " + Messages.CodePipelineStep_noApproval());
        }
        return new CodePipelineStepExecution(context, this, stage);
    }

    /** The pipeline's name. */
    @CheckForNull
    public String getPipeline() {
        return pipeline;
    }

    /** Values of the pipeline's variables, by name; null if the pipeline's own are to be taken. */
    @CheckForNull
    public Map<String, Object> getVariables() {
        return variables == null ? null : SealedTexts.openValues(variables);
    }

    @DataBoundSetter
    public void setVariables(@CheckForNull Map<String, Object> variables) {
        this.variables = variables == null || variables.isEmpty()
                ? null
                : new LinkedHashMap<>(SealedTexts.sealValues(variables));
    }

    /** What source actions are to bring; null if what their sources have. */
    @CheckForNull
    public Object getSourceRevisions() {
        return sourceRevisions;
    }

    @DataBoundSetter
    public void setSourceRevisions(@CheckForNull Object sourceRevisions) {
        this.sourceRevisions =
                sourceRevisions instanceof Collection<?> several && several.isEmpty() ? null : sourceRevisions;
    }

    /** How often the failed actions of a stage are tried again; 0 to 10. */
    @CheckForNull
    public Integer getRetry() {
        return retry;
    }

    @DataBoundSetter
    public void setRetry(@CheckForNull Integer retry) {
        this.retry = retry;
    }

    /** After how many minutes it is stopped; 1 to 10080. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    @Extension
    public static final class DescriptorImpl extends CodePipelineStepDescriptor {}
}
