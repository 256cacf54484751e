package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A build that is to be started for a step, or was. */
final class PreparedBuild implements PreparedJob<BuildSnapshot> {

    private final CodeBuild codeBuild;
    private final Connected<BuildSnapshot> at;
    private final Supplier<BuildRequest> request;
    private final StartToken token;
    private final WorkspaceSource files;
    private final RemoteJob<BuildSnapshot> job;
    /** The request for what was uploaded; null before. */
    private volatile BuildRequest uploaded;

    PreparedBuild(
            @NonNull CodeBuild codeBuild,
            @NonNull Connected<BuildSnapshot> at,
            @NonNull Supplier<BuildRequest> request,
            @NonNull StartToken token,
            @NonNull LogMode log,
            @NonNull WorkspaceSource files) {
        this.codeBuild = codeBuild;
        this.at = at;
        this.request = request;
        this.token = token;
        this.files = files;
        this.job = codeBuild.job(at.session(), at.console(), at.journal(), log, at.listener());
    }

    @Override
    public RemoteJob<BuildSnapshot> job() {
        return job;
    }

    @Override
    public boolean uploads() {
        return request.get().fromWorkspace();
    }

    @Override
    public Optional<String> startedBefore() {
        return codeBuild.started(at.session(), request.get(), token.token(), token.chosen());
    }

    @Override
    public void upload() throws IOException, InterruptedException {
        uploaded = codeBuild.upload(at.session(), request.get(), files.workspace(), files.uploads(), at.console());
    }

    @Override
    public CompletableFuture<JobResult> start(boolean again) {
        BuildRequest ready = uploaded;
        job.start(codeBuild.starter(
                at.session(),
                ready == null ? request.get() : ready,
                token.token(),
                token.chosen(),
                again && ready == null, // before an upload it was looked for
                at.console()));
        return null;
    }

    /** Of a build that AWS has tried again by itself, the last try counts. */
    private static BuildSnapshot last(List<BuildSnapshot> builds) {
        return builds.get(builds.size() - 1);
    }

    @Override
    public Verdict verdict(List<BuildSnapshot> builds) {
        AwsSession session = at.session();
        BuildSnapshot last = last(builds);
        String url = CodeBuild.consoleUrl(session, last);
        if (last.succeeded()) {
            return new Verdict(Verdict.End.SUCCEEDED, last.name(), url);
        }
        return new Verdict(
                "STOPPED".equals(last.status()) ? Verdict.End.STOPPED : Verdict.End.FAILED,
                last.name() + " failed: " + last.cause(),
                url);
    }

    @Override
    public JobResult result(List<BuildSnapshot> builds) {
        return CodeBuild.result(at.session(), last(builds));
    }
}
