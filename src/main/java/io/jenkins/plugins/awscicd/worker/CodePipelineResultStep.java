package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.engine.artifact.SignedRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ArtifactAccess;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ArtifactPackage;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobArtifact;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkResult;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Hands over output artifacts, which are in the pipeline's store when the step has ended, and output variables, which AWS is told with the
 * run's end. In a Pipeline or as a build step.
 */
public final class CodePipelineResultStep extends Builder implements SimpleBuildStep {

    private List<OutputArtifact> outputs = new ArrayList<>();
    private List<OutputVariable> variables = new ArrayList<>();
    private String summary;
    private String revision;

    @DataBoundConstructor
    public CodePipelineResultStep() {
        // everything is optional
    }

    @NonNull
    public List<OutputArtifact> getOutputs() {
        return List.copyOf(outputs);
    }

    @DataBoundSetter
    public void setOutputs(@CheckForNull List<OutputArtifact> outputs) {
        this.outputs = outputs == null ? new ArrayList<>() : new ArrayList<>(outputs);
    }

    @NonNull
    public List<OutputVariable> getVariables() {
        return List.copyOf(variables);
    }

    @DataBoundSetter
    public void setVariables(@CheckForNull List<OutputVariable> variables) {
        this.variables = variables == null ? new ArrayList<>() : new ArrayList<>(variables);
    }

    /** What the console of CodePipeline says of the action; null for the run's name. */
    @CheckForNull
    public String getSummary() {
        return summary;
    }

    @DataBoundSetter
    public void setSummary(@CheckForNull String summary) {
        this.summary = Util.fixEmptyAndTrim(summary);
    }

    /** What was made, such as a commit or a version; null for none. */
    @CheckForNull
    public String getRevision() {
        return revision;
    }

    @DataBoundSetter
    public void setRevision(@CheckForNull String revision) {
        this.revision = Util.fixEmptyAndTrim(revision);
    }

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        CodePipelineWork work = CodePipelineWork.of(run);
        CodePipelineJobAction action = work.action();
        Map<String, String> values = values(env);
        for (OutputArtifact output : outputs) {
            if (!action.outputs().contains(output.getName())) {
                throw new AbortException(
                        Messages.CodePipelineResultStep_unknown(output.getName(), String.join(", ", action.outputs())));
            }
        }
        for (OutputArtifact output : outputs) {
            ArtifactAccess access = work.artifacts(); // anew for each: the access lasts for minutes
            JobArtifact to = access.job().outputs().stream()
                    .filter(one -> one.name().equals(output.getName()))
                    .findFirst()
                    .orElseThrow(
                            () -> new AbortException(Messages.CodePipelineResultStep_unknown(output.getName(), "")));
            long bytes = workspace.act(new Pack(to.name(), env.expand(output.getPath()), access.put(to)));
            action.handedOver(to.name());
            listener.getLogger()
                    .println("[CodePipeline] " + Messages.CodePipelineResultStep_handedOver(to.name(), bytes));
        }
        action.add(values);
        if (summary != null) {
            action.summary(env.expand(summary));
        }
        if (revision != null) {
            action.revision(env.expand(revision));
        }
        run.save();
        if (!values.isEmpty()) {
            listener.getLogger()
                    .println("[CodePipeline] "
                            + Messages.CodePipelineResultStep_variables(String.join(", ", values.keySet())));
        }
    }

    private Map<String, String> values(EnvVars env) throws AbortException {
        Map<String, String> values = new TreeMap<>();
        for (OutputVariable variable : variables) {
            if (!WorkResult.VARIABLE.matcher(variable.getName()).matches()) {
                throw new AbortException(Messages.CodePipelineResultStep_badVariable(variable.getName()));
            }
            values.put(variable.getName(), env.expand(variable.getValue()));
        }
        return values;
    }

    /** Packs and sends an artifact, where the workspace is. */
    private static final class Pack extends MasterToSlaveFileCallable<Long> {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final String path;
        private final SignedRequest to;

        Pack(String name, String path, SignedRequest to) {
            this.name = name;
            this.path = path;
            this.to = to;
        }

        @Override
        public Long invoke(File root, VirtualChannel channel) throws IOException, InterruptedException {
            try {
                return ArtifactPackage.send(root.toPath(), name, path, to);
            } catch (IOException e) {
                throw new AbortException(e.getMessage());
            }
        }
    }

    @Extension
    @Symbol("codePipelineResult")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodePipelineResultStep_displayName();
        }
    }
}
