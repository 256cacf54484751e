package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code codeDeploy}. */
public final class CodeDeployStep extends AwsStep {

    private static final String AND_ROLL_BACK = "stopAndRollBack";

    /** What names a deployment that already exists. */
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
        StartToken token = token();
        boolean rollBackOnStop = job.onAbort().equals(AND_ROLL_BACK);
        boolean leaves = job.leaves() || request.onlyWatches();
        return run(stage, token, request.timeout(), job, leaves, new RehearsedJob.Kind<DeploymentSnapshot>() {
            @Override
            public AwsSession open() {
                return aws.open(access, request);
            }

            @Override
            public void admit() {
                admitBeginning(stage, job.access(), request);
            }

            @Override
            public PreparedJob<DeploymentSnapshot> prepare(Connected<DeploymentSnapshot> at) {
                Gate gate = stage.gate(Target.Service.CODE_DEPLOY, job.access());
                return aws.engine().codeDeploy().prepare(at, request, token, turn, rollBackOnStop, gate, files());
            }

            @Override
            public void ended(JobResult result) {
                if (request.deploys()) {
                    remember(stage, job, (DeploymentResult) result);
                }
            }
        });
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
}
