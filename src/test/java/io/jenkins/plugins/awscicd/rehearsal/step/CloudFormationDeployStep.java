package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
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

/** {@code cloudFormationDeploy}. */
public final class CloudFormationDeployStep extends AwsStep {

    private final Turn turn;
    private final AwsApprovalStep approval;

    public CloudFormationDeployStep(Delivery delivery, AwsSessions aws, Admission admission, AwsApprovalStep approval) {
        super(delivery, aws, admission, "cloudFormationDeploy", "stack", "CloudFormation");
        this.approval = approval;
        turn = new Turn(
                delivery.build().getProjectName() + " " + delivery.build().getDisplayName(),
                aws.engine().scheduler().now().toEpochMilli());
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        JobArguments job = JobArguments.takenFrom(rest, List.of("cancel", "leave"));
        StackRequest request = new StackRequest(rest);
        job.check(name(), stage, request.problems());
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        StartToken token = token();
        Target target = stage.target(Target.Service.CLOUD_FORMATION, job.access(), request.stack(), request.stack());
        return run(stage, token, request.timeout(), job, job.leaves(), new RehearsedJob.Kind<StackSnapshot>() {
            @Override
            public AwsSession open() {
                return aws.open(access);
            }

            @Override
            public void admit() {
                stage.admitBeginning(
                        request.aim() == StackRequest.Aim.VALIDATE ? List.of() : List.of(target), request.changes());
            }

            @Override
            public PreparedJob<StackSnapshot> prepare(Connected<StackSnapshot> at) {
                Consent<StackResult> consent = (planned, number) ->
                        approval.about("Change stack " + request.stack() + "?", stage.name(), planned);
                Gate gate = stage.gate(Target.Service.CLOUD_FORMATION, job.access());
                return aws.engine().cloudFormation().prepare(at, request, token, turn, gate, consent, files());
            }

            @Override
            public void ended(JobResult result) {
                StackResult made = (StackResult) result;
                if (request.changes() && (made.getCause() != null || made.isExecuted())) {
                    stage.deployed(target, made.exactly(), made.getCause() == null ? null : made.summary());
                }
            }
        });
    }
}
