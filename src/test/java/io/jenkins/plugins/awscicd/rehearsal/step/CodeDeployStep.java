package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.Deployment;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
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

    /** What names a deployment that is there already. */
    private static final List<String> EARLIER = List.of("continueAfterReady", "stop", "watch");

    private final Turn turn;

    public CodeDeployStep(Delivery delivery, AwsSessions aws, Admission admission) {
        super(delivery, aws, admission, "codeDeploy", "application", "CodeDeploy");
        turn = new Turn(
                delivery.build().getProjectName() + " " + delivery.build().getDisplayName(),
                aws.engine().scheduler().now().toEpochMilli());
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        fill(stage, rest);
        JobArguments job = JobArguments.takenFrom(rest, List.of("stop", AND_ROLL_BACK, "leave"));
        DeploymentRequest request = new DeploymentRequest(rest);
        job.check(name(), stage, request.problems());
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        admitBeginning(stage, job.access(), request);
        try (AwsSession session = aws.open(access, request)) {
            Instant begin = aws.engine().scheduler().now();
            DeploymentRequest ready = request.fromWorkspace()
                    ? aws.engine().codeDeploy().upload(session, request, workspace(), OWNER, console())
                    : request;
            return ready.registerOnly() ? register(session, ready) : deploy(session, ready, job, stage, begin);
        }
    }

    private static void fill(StepStage stage, Map<String, Object> arguments) {
        if (EARLIER.stream().noneMatch(arguments::containsKey)) {
            stage.fill(arguments, "application", "codeDeployApplication");
            if (!"true".equals(String.valueOf(arguments.get("registerOnly")))) {
                stage.fill(arguments, "deploymentGroup", "deploymentGroup");
            }
        }
    }

    private static void admitBeginning(StepStage stage, AwsAccess own, DeploymentRequest request) {
        boolean named = request.deploys() && request.earlier() == null && !request.registerOnly();
        stage.admitBeginning(
                named
                        ? List.of(stage.target(Target.Service.CODE_DEPLOY, own, request.application(), request.group()))
                        : List.of(),
                request.deploys());
    }

    /** What waits is not deployed yet. */
    private static void remember(StepStage stage, JobArguments arguments, DeploymentResult result) {
        if (result.getCause() != null || "Succeeded".equals(result.getStatus())) {
            stage.deployed(
                    stage.target(
                            Target.Service.CODE_DEPLOY,
                            arguments.access(),
                            result.getApplication(),
                            result.getDeploymentGroup()),
                    result.exactly(),
                    result.getCause() == null ? null : result.summary());
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
            AwsSession session, DeploymentRequest request, JobArguments arguments, StepStage stage, Instant begin) {
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
                        stage.gate(Target.Service.CODE_DEPLOY, arguments.access())));
        DeploymentResult result = deployment.result(end.await(deployment.job(), leaves));
        if (request.deploys()) {
            remember(stage, arguments, result);
        }
        return outcome(result, end.timedOut(), arguments.propagate());
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
