package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BatchSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.step.SealedVariables;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A batch of builds on CodeBuild in the life of a Pipeline. */
final class CodeBuildBatchExecution extends RemoteJobExecution<BatchSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to start, its variables apart; null once it is started. */
    private volatile BuildRequest request;
    /** The request's environment variables; null once it is started. */
    private volatile SealedVariables variables;
    /** What the stage's guards are asked, also when failed builds are tried again. */
    private final GuardedBuild asked;
    /** How often they are. */
    private final int retries;
    /** What the console shows of the builds' logs. */
    private final LogMode log;
    /** What comes of the tests in the builds' reports; null if nothing does. */
    private final TestResults testResults;
    /** Which of the artifacts are wanted; null if none are. */
    private final DownloadRequest download;

    CodeBuildBatchExecution(
            @NonNull StepContext context,
            @NonNull CodeBuildStep step,
            @NonNull BuildRequest wanted,
            @CheckForNull ResolvedStage stage) {
        super(context, step, stage);
        this.request = wanted.withoutVariables();
        this.variables = new SealedVariables(wanted.variables());
        this.asked = GuardedBuild.of(wanted);
        this.retries = wanted.retries();
        this.log = LogMode.of(step.getLog());
        this.testResults = TestResults.of(step.getTestResults());
        this.download = step.downloadRequest();
    }

    @Override
    protected String service() {
        return "CodeBuild";
    }

    @Override
    protected String subject() {
        return asked.project();
    }

    @Override
    protected void admit() {
        asked.admit(gate(), request.roles());
    }

    private BuildRequest whole() {
        return request.withVariables(variables.open());
    }

    @Override
    protected PreparedJob<BatchSnapshot> prepare(Connected<BatchSnapshot> at) {
        return AwsConnections.get()
                .engine()
                .buildBatches()
                .prepare(
                        at,
                        this::whole,
                        retries,
                        token(),
                        log,
                        tests(),
                        artifacts(),
                        () -> asked.admitCall(gate()),
                        files());
    }

    private TestRecorder tests() {
        return testResults == null ? TestRecorder.NONE : new JUnitRecorder(getContext(), testResults);
    }

    private ArtifactReceiver artifacts() {
        return download == null ? ArtifactReceiver.NONE : new DownloadedArtifacts(getContext(), download);
    }

    @Override
    protected void launched() {
        request = null;
        variables = null;
    }
}
