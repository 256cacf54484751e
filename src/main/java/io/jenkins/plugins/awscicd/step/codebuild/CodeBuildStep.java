package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.SealedTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code codeBuild}: builds a CodeBuild project
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html">StartBuild</a>). What an argument may
 * be is known to {@link BuildRequest} alone; the properties here are for forms and for the Snippet Generator.
 */
public final class CodeBuildStep extends CodeBuildParts {

    private String log;
    private String testResults;
    private ArtifactsDownload download;
    private boolean archive;
    /** Sealed, as jobs keep the step in their configuration. */
    private Map<String, Object> environmentVariables;

    @DataBoundConstructor
    public CodeBuildStep(@CheckForNull String project) {
        set("project", Util.fixEmptyAndTrim(project));
    }

    /** What is asked of the engine, whatever a stage says. */
    @NonNull
    BuildRequest request() {
        return request(null);
    }

    /** What is asked of the engine, with what the step leaves open taken from its stage. */
    @NonNull
    BuildRequest request(@CheckForNull ResolvedStage stage) {
        Map<String, Object> all = toMap();
        if (stage != null && getProject() == null && getBuild() == null) {
            all.put("project", stage.defaults().getCodeBuildProject());
        }
        if (environmentVariables != null) {
            all.put("environmentVariables", getEnvironmentVariables());
        }
        addParts(all);
        return new BuildRequest(all);
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        return problems(null);
    }

    private List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems(stage));
        problems.addAll(request(stage).problems());
        check(problems, () -> LogMode.of(log));
        check(problems, () -> {
            if (TestResults.of(testResults) != null && !JUnitRecorder.isAvailable()) {
                problems.add(Messages.CodeBuildStep_noJUnit());
            }
        });
        check(problems, this::downloadRequest);
        problems.addAll(abortProblems());
        return problems;
    }

    private static void check(List<String> problems, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    /** What something else has started is left, unless it is said to be stopped. */
    @Override
    public boolean stopsOnAbort() {
        return getBuild() == null ? super.stopsOnAbort() : "stop".equals(getOnAbort());
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = checked(context, this::problems);
        BuildRequest wanted = request(stage);
        return wanted.isBatch()
                ? new CodeBuildBatchExecution(context, this, wanted, stage)
                : new CodeBuildStepExecution(context, this, stage);
    }

    /** The CodeBuild project. */
    @CheckForNull
    public String getProject() {
        return text("project");
    }

    /** By name; values are text, or maps of {@code value} and {@code type}. */
    @CheckForNull
    public Map<String, Object> getEnvironmentVariables() {
        return environmentVariables == null ? null : SealedTexts.openValues(environmentVariables);
    }

    @DataBoundSetter
    public void setEnvironmentVariables(@CheckForNull Map<String, Object> environmentVariables) {
        if (environmentVariables == null || environmentVariables.isEmpty()) {
            this.environmentVariables = null;
            return;
        }
        this.environmentVariables = SealedTexts.sealValues(environmentVariables);
    }

    /** What an earlier version has kept is not sealed. */
    private Object readResolve() {
        setEnvironmentVariables(getEnvironmentVariables());
        return this;
    }

    /** What the console shows of the build's log: {@code stream}, {@code failed}, {@code link} or {@code none}. */
    @CheckForNull
    public String getLog() {
        return log;
    }

    @DataBoundSetter
    public void setLog(@CheckForNull String log) {
        this.log = Util.fixEmptyAndTrim(log);
    }

    /** What comes of the tests in the build's reports: {@code record}, {@code unstable} or {@code fail}; null for nothing. */
    @CheckForNull
    public String getTestResults() {
        return testResults;
    }

    @DataBoundSetter
    public void setTestResults(@CheckForNull String testResults) {
        this.testResults = Util.fixEmptyAndTrim(testResults);
    }

    /** Null if no artifacts are wanted. */
    @CheckForNull
    DownloadRequest downloadRequest() {
        return DownloadRequest.of(download == null ? null : download.toMap(), archive);
    }

    /** Which artifacts come into the workspace; null for none. */
    @CheckForNull
    public ArtifactsDownload getDownload() {
        return download;
    }

    @DataBoundSetter
    public void setDownload(@CheckForNull ArtifactsDownload download) {
        this.download = download;
    }

    /** Whether the artifacts are archived with the run. */
    public boolean isArchive() {
        return archive;
    }

    @DataBoundSetter
    public void setArchive(boolean archive) {
        this.archive = archive;
    }

    @Extension
    public static final class DescriptorImpl extends CodeBuildStepDescriptor {}
}
