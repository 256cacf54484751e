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
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactArchive;
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactTransfer;
import io.jenkins.plugins.awscicd.engine.artifact.SignedRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ArtifactAccess;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobArtifact;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Unpacks the input artifacts of the action that a run works on into the workspace, in a Pipeline or as a build step. */
public final class CodePipelineArtifactsStep extends Builder implements SimpleBuildStep {

    static final int DEFAULT_MB = 5120;

    private String artifact;
    private String directory;
    private int maxMb = DEFAULT_MB;

    @DataBoundConstructor
    public CodePipelineArtifactsStep() {
        // everything is optional
    }

    /** The artifact's name; null for all. */
    @CheckForNull
    public String getArtifact() {
        return artifact;
    }

    @DataBoundSetter
    public void setArtifact(@CheckForNull String artifact) {
        this.artifact = Util.fixEmptyAndTrim(artifact);
    }

    /** Relative to the workspace; null for the workspace itself. */
    @CheckForNull
    public String getDirectory() {
        return directory;
    }

    @DataBoundSetter
    public void setDirectory(@CheckForNull String directory) {
        this.directory = Util.fixEmptyAndTrim(directory);
    }

    /** How much an artifact may have, packed and unpacked. */
    public int getMaxMb() {
        return maxMb;
    }

    @DataBoundSetter
    public void setMaxMb(int maxMb) {
        if (maxMb < 1) {
            throw new IllegalArgumentException("maxMb: at least 1");
        }
        this.maxMb = maxMb;
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
        ArtifactAccess access = work.artifacts();
        List<JobArtifact> wanted = access.job().inputs().stream()
                .filter(one -> artifact == null || one.name().equals(artifact))
                .toList();
        if (wanted.isEmpty() && artifact != null) {
            throw new AbortException(Messages.CodePipelineArtifactsStep_unknown(
                    artifact, String.join(", ", work.action().inputs())));
        }
        boolean apart = access.job().inputs().size() > 1 && artifact == null;
        for (JobArtifact one : wanted) {
            String base = directory == null ? "." : env.expand(directory);
            String into = apart ? base + "/" + one.name() : base;
            int files = workspace.act(new Unpack(one.name(), access.get(one), into, (long) maxMb << 20));
            listener.getLogger()
                    .println("[CodePipeline] "
                            + Messages.CodePipelineArtifactsStep_unpacked(
                                    one.name(),
                                    files,
                                    into.equals(".") ? Messages.CodePipelineArtifactsStep_workspace() : into));
        }
        if (wanted.isEmpty()) {
            listener.getLogger().println("[CodePipeline] " + Messages.CodePipelineArtifactsStep_none());
        }
    }

    /** Reads an artifact and unpacks it, where the workspace is. */
    private static final class Unpack extends MasterToSlaveFileCallable<Integer> {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final SignedRequest from;
        private final String directory;
        private final long most;

        Unpack(String name, SignedRequest from, String directory, long most) {
            this.name = name;
            this.from = from;
            this.directory = directory;
            this.most = most;
        }

        @Override
        public Integer invoke(File root, VirtualChannel channel) throws IOException, InterruptedException {
            Path into;
            try {
                into = ArtifactArchive.directory(Files.createDirectories(root.toPath()), "directory", directory);
            } catch (IOException e) {
                throw new AbortException(e.getMessage());
            }
            Path archive = Files.createTempFile("codepipeline", ".zip");
            try {
                new ArtifactTransfer().get(name, from, archive, most);
                return new ArtifactArchive(into, most).unpack(archive);
            } catch (IOException e) {
                throw new AbortException(
                        e.getMessage().contains(name)
                                ? e.getMessage()
                                : "Input artifact '" + name + "': " + e.getMessage());
            } finally {
                Files.deleteIfExists(archive);
            }
        }
    }

    @Extension
    @Symbol("codePipelineArtifacts")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CodePipelineArtifactsStep_displayName();
        }
    }
}
