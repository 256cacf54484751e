package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.ProjectContent;
import io.jenkins.plugins.awscicd.engine.codebuild.RetryRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.step.SealedVariables;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
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
    private volatile Asked asked;
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

    /** A build as guards see it, without its variables' values. */
    private record Asked(String project, String content, TreeMap<String, String> live) implements Serializable {

        static Asked of(BuildRequest whole) {
            return new Asked(whole.project(), whole.content(), new TreeMap<>(whole.live(OptionDigest::of)));
        }
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
    protected void admit() {
        gate().admitRoles(List.of(), Collections.singletonList(request.text("serviceRole")));
        admitBuild(Asked.of(whole()), this::named);
    }

    /** On one of the engine's threads, which asks again if AWS does not answer. */
    private void admitStart() {
        Asked before = asked;
        Asked build = before == null ? Asked.of(whole()) : before;
        admitBuild(
                build,
                () -> ProjectContent.of(gate().session(), build.project()).read(OptionDigest::of));
    }

    private void admitBuild(Asked build, Supplier<Map<String, String>> named) {
        gate().admitBuild(build.project(), build.content(), build.live(), named);
    }

    private Map<String, String> named() {
        try {
            AwsSession session = gate().session();
            return ProjectContent.of(session, request.project()).read(session, OptionDigest::of);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Aborted while the project was read");
        }
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
            asked = Asked.of(whole());
        }
        request = null;
        variables = null;
    }
}
