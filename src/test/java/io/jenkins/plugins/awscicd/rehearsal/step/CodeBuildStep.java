package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
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
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code codeBuild}, with the arguments, the console lines and the result of the Jenkins step, on the same engine. */
public final class CodeBuildStep {

    private final Delivery delivery;
    private final AwsSessions aws;

    public CodeBuildStep(Delivery delivery, AwsSessions aws) {
        this.delivery = delivery;
        this.aws = aws;
    }

    public void addTo(Steps steps) {
        // Checked by the engine, which knows them best.
        steps.add("codeBuild", StepCall.any("project"), this::run);
    }

    private Object run(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        JobArguments job = JobArguments.takenFrom(rest);
        LogMode log = log(rest.remove("log"));
        BuildRequest request = new BuildRequest(rest);
        List<String> problems = new ArrayList<>(job.problems());
        problems.addAll(request.problems());
        if (!problems.isEmpty()) {
            throw new StepFailure("codeBuild " + String.join("\ncodeBuild ", problems));
        }
        if (job.access().credentialsId() != null) {
            delivery.console()
                    .note("There are no credentials '" + job.access().credentialsId()
                            + "' in a rehearsal: the default ones are used");
        }
        try (AwsSession session = aws.open(job.access(), request)) {
            BuildSnapshot last = build(session, request, log, job.stopOnAbort());
            return outcome(session, last, job.propagate());
        } catch (IllegalArgumentException e) {
            throw new StepFailure("codeBuild " + e.getMessage(), e);
        }
    }

    private static LogMode log(Object word) {
        try {
            return LogMode.of(word == null ? null : word.toString());
        } catch (IllegalArgumentException e) {
            throw new StepFailure("codeBuild " + e.getMessage(), e);
        }
    }

    private BuildSnapshot build(AwsSession session, BuildRequest given, LogMode log, boolean stopOnAbort)
            throws IOException, InterruptedException {
        JobConsole console = new StepConsole(delivery.console(), "CodeBuild");
        CodeBuild codeBuild = aws.engine().codeBuild();
        BuildRequest request = given.fromWorkspace()
                ? codeBuild.upload(session, given, Workspace.local(delivery.directory()), "rehearsal", console)
                : given;
        JobEnd<BuildSnapshot> end = new JobEnd<>(delivery);
        RemoteJob<BuildSnapshot> job = codeBuild.job(session, console, Journal.NONE, log, end);
        Instant now = aws.engine().scheduler().now();
        job.start(codeBuild.starter(session, request, UUID.randomUUID().toString(), now, false, console));
        List<BuildSnapshot> builds = end.await(job, stopOnAbort);
        return builds.get(builds.size() - 1);
    }

    private BuildResult outcome(AwsSession session, BuildSnapshot last, boolean propagate) {
        if (!last.succeeded() && propagate) {
            throw StepFailure.with(
                    "STOPPED".equals(last.status()) ? Result.ABORTED : Result.FAILURE,
                    last.name() + " failed: " + last.cause());
        }
        return CodeBuild.result(session, last);
    }
}
