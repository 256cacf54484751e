package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.codebuild.RetryRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BatchSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code codeBuild}. */
public final class CodeBuildStep extends AwsStep {

    private final Path archive;

    /** @param archive the directory for artifacts that are archived; null for none */
    public CodeBuildStep(Delivery delivery, AwsSessions aws, Admission admission, Path archive) {
        super(delivery, aws, admission, "codeBuild", "project", "CodeBuild");
        this.archive = archive;
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        stage.fill(rest, "project", "codeBuildProject");
        JobArguments job = JobArguments.takenFrom(rest, JobArguments.STOP_OR_LEAVE);
        Object word = rest.remove("log");
        LogMode log = LogMode.of(word == null ? null : word.toString());
        Object results = rest.remove("testResults");
        TestResults testResults = TestResults.of(results == null ? null : results.toString());
        DownloadRequest download = DownloadRequest.of(rest.remove("download"), rest.remove("archive"));
        ArtifactReceiver artifacts =
                download == null ? ArtifactReceiver.NONE : new RehearsedArtifacts(delivery, download, archive);
        BuildRequest request = new BuildRequest(rest);
        job.check(name(), stage, request.problems());
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        StartToken token = token();
        TestRecorder tests = tests(testResults);
        if (request.isBatch()) {
            return run(stage, token, null, job, job.leaves(), new Kind<BatchSnapshot>(stage, access, request) {
                @Override
                public PreparedJob<BatchSnapshot> prepare(Connected<BatchSnapshot> at) {
                    return aws.engine()
                            .buildBatches()
                            .prepare(
                                    at,
                                    () -> request,
                                    request.retries(),
                                    token,
                                    log,
                                    tests,
                                    artifacts,
                                    () -> {},
                                    files());
                }
            });
        }
        return run(stage, token, null, job, job.leaves(), new Kind<BuildSnapshot>(stage, access, request) {
            @Override
            public PreparedJob<BuildSnapshot> prepare(Connected<BuildSnapshot> at) {
                return aws.engine()
                        .codeBuild()
                        .prepare(
                                at,
                                () -> request,
                                RetryRequest.of(request),
                                token,
                                log,
                                tests,
                                artifacts,
                                () -> {},
                                files());
            }
        });
    }

    /** A build, or a batch of them. */
    private abstract class Kind<S extends Snapshot> implements RehearsedJob.Kind<S> {

        private final StepStage stage;
        private final AwsAccess access;
        private final BuildRequest request;

        Kind(StepStage stage, AwsAccess access, BuildRequest request) {
            this.stage = stage;
            this.access = access;
            this.request = request;
        }

        @Override
        public AwsSession open() {
            return aws.open(access, request);
        }

        @Override
        public void admit() {
            stage.admitBuild();
        }
    }

    /** The report shows the counts that the step returns, so nothing is recorded besides. */
    private TestRecorder tests(TestResults mode) {
        return new TestRecorder() {
            @Override
            public TestResults mode() {
                return mode;
            }

            @Override
            public CompletableFuture<Void> record(String build, Path folder) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void unstable(String why) {
                console().line("WARNING: " + why);
                delivery.worsen(Result.UNSTABLE, why);
            }
        };
    }
}
