package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code codeBuild}. */
public final class CodeBuildStep extends AwsStep {

    public CodeBuildStep(Delivery delivery, AwsSessions aws, Admission admission) {
        super(delivery, aws, admission, "codeBuild", "project", "CodeBuild");
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        stage.fill(rest, "project", "codeBuildProject");
        JobArguments job = JobArguments.takenFrom(rest, JobArguments.STOP_OR_LEAVE);
        Object word = rest.remove("log");
        LogMode log = LogMode.of(word == null ? null : word.toString());
        BuildRequest request = new BuildRequest(rest);
        job.check(name(), stage, request.problems());
        stage.admitBuild();
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        try (AwsSession session = aws.open(access, request)) {
            BuildSnapshot last = build(session, request, log, job);
            return outcome(session, last, job.propagate());
        }
    }

    private BuildSnapshot build(AwsSession session, BuildRequest given, LogMode log, JobArguments arguments)
            throws IOException, InterruptedException {
        JobConsole console = console();
        CodeBuild codeBuild = aws.engine().codeBuild();
        BuildRequest request =
                given.fromWorkspace() ? codeBuild.upload(session, given, workspace(), OWNER, console) : given;
        JobEnd<BuildSnapshot> end = new JobEnd<>(delivery);
        RemoteJob<BuildSnapshot> job = codeBuild.job(session, console, Journal.NONE, log, end);
        Instant now = aws.engine().scheduler().now();
        job.start(codeBuild.starter(session, request, UUID.randomUUID().toString(), now, false, console));
        List<BuildSnapshot> builds = end.await(job, arguments.leaves());
        return builds.get(builds.size() - 1);
    }

    private static BuildResult outcome(AwsSession session, BuildSnapshot last, boolean propagate) {
        if (!last.succeeded() && propagate) {
            throw StepFailure.with(
                    "STOPPED".equals(last.status()) ? Result.ABORTED : Result.FAILURE,
                    last.name() + " failed: " + last.cause());
        }
        return CodeBuild.result(session, last);
    }
}
