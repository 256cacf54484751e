package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.RetryRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.step.SealedVariables;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A build on CodeBuild in the life of a Pipeline. */
final class CodeBuildStepExecution extends RemoteJobExecution<BuildSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to start, its variables apart; null once it is started. */
    private volatile BuildRequest request;
    /** The request's environment variables; null once it is started. */
    private volatile SealedVariables variables;
    /** What the console shows of the build's log. */
    private final LogMode log;
    /** What comes of the tests in the build's reports; null if nothing does. */
    private final TestResults testResults;
    /** How often a failed build is tried again; null if it was stored without it. */
    private final RetryRequest retry;
    /** What the stage's guards are asked about each further try; null before the first, and if there is to be none. */
    private volatile GuardedBuild asked;
    /** Which of the build's artifacts are wanted; null if none are. */
    private final DownloadRequest download;

    CodeBuildStepExecution(
            @NonNull StepContext context, @NonNull CodeBuildStep step, @CheckForNull ResolvedStage stage) {
        super(context, step, stage);
        BuildRequest wanted = step.request(stage);
        this.request = wanted.withoutVariables();
        this.variables = new SealedVariables(wanted.variables());
        this.log = LogMode.of(step.getLog());
        this.testResults = TestResults.of(step.getTestResults());
        this.download = step.downloadRequest();
        this.retry = RetryRequest.of(wanted);
    }

    @Override
    protected String service() {
        return "CodeBuild";
    }

    @Override
    protected String subject() {
        BuildRequest wanted = request;
        return wanted == null ? "" : wanted.project();
    }

    @Override
    protected String followed() {
        BuildRequest wanted = request;
        return wanted == null ? null : wanted.build();
    }

    @Override
    protected void admit() {
        GuardedBuild.of(whole()).admit(gate(), request.roles());
    }

    private void admitStart() {
        GuardedBuild before = asked;
        (before == null ? GuardedBuild.of(whole()) : before).admitCall(gate());
    }

    private BuildRequest whole() {
        return request.withVariables(variables.open());
    }

    @Override
    protected PreparedJob<BuildSnapshot> prepare(Connected<BuildSnapshot> at) {
        return AwsConnections.get()
                .engine()
                .codeBuild()
                .prepare(at, this::whole, retries(), token(), log, tests(), artifacts(), this::admitStart, files());
    }

    private RetryRequest retries() {
        return retry == null ? RetryRequest.NONE : retry;
    }

    private TestRecorder tests() {
        return testResults == null ? TestRecorder.NONE : new JUnitRecorder(getContext(), testResults);
    }

    private ArtifactReceiver artifacts() {
        return download == null ? ArtifactReceiver.NONE : new DownloadedArtifacts(getContext(), download);
    }

    @Override
    protected void launched() {
        if (retries().most() > 0 && request != null) {
            asked = GuardedBuild.of(whole());
        }
        request = null;
        variables = null;
    }
}
