package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** {@code codeDeploy}. */
public final class CodeDeployStep extends AwsStep {

    private static final String AND_ROLL_BACK = "stopAndRollBack";

    private final Turn turn;

    public CodeDeployStep(Delivery delivery, AwsSessions aws) {
        super(delivery, aws, "codeDeploy", "application", "CodeDeploy");
        turn = new Turn(
                delivery.build().getProjectName() + " " + delivery.build().getDisplayName(),
                aws.engine().scheduler().now().toEpochMilli());
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        JobArguments job = JobArguments.takenFrom(rest, List.of("stop", AND_ROLL_BACK, "leave"));
        DeploymentRequest request = new DeploymentRequest(rest);
        job.check(name(), request.problems());
        noteCredentials(job.access());
        try (AwsSession session = aws.open(job.access(), request)) {
            Instant begin = aws.engine().scheduler().now();
            DeploymentRequest ready = request.fromWorkspace()
                    ? aws.engine().codeDeploy().upload(session, request, workspace(), OWNER, console())
                    : request;
            return ready.registerOnly() ? register(session, ready) : deploy(session, ready, job, begin);
        }
    }

    private DeploymentResult register(AwsSession session, DeploymentRequest request) {
        try {
            return aws.engine()
                    .codeDeploy()
                    .register(session, request, console())
                    .join();
        } catch (CompletionException e) {
            throw new StepFailure(AwsCallException.unwrap(e).getMessage(), e);
        }
    }

    private DeploymentResult deploy(
            AwsSession session, DeploymentRequest request, JobArguments arguments, Instant begin) {
        JobConsole console = console();
        CodeDeploy codeDeploy = aws.engine().codeDeploy();
        JobEnd<DeploymentSnapshot> end = new JobEnd<>(delivery);
        Deployment deployment = codeDeploy.deployment(
                session, console, Journal.NONE, request, arguments.onAbort().equals(AND_ROLL_BACK), end);
        boolean leaves = arguments.leaves() || request.onlyWatches();
        Duration limit = request.timeout();
        if (limit != null) {
            end.within(limit, begin, aws.engine().scheduler(), deployment.job(), leaves, console);
        }
        deployment
                .job()
                .start(codeDeploy.starter(
                        session,
                        request,
                        turn,
                        UUID.randomUUID().toString(),
                        begin,
                        false,
                        Journal.NONE,
                        console,
                        Gate.OPEN));
        return outcome(deployment.result(end.await(deployment.job(), leaves)), end.timedOut(), arguments.propagate());
    }

    private static DeploymentResult outcome(DeploymentResult result, String timedOut, boolean propagate) {
        if (result.getCause() != null && propagate) {
            throw timedOut != null
                    ? new StepFailure(timedOut + ": " + result.summary())
                    : StepFailure.with(result.stoppedByHand() ? Result.ABORTED : Result.FAILURE, result.summary());
        }
        return result;
    }
}
