package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetPlan;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetSnapshot;
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

/** {@code cloudFormationStackSet}. */
public final class CloudFormationStackSetStep extends AwsStep {

    private final Turn turn;
    private final AwsApprovalStep approval;

    public CloudFormationStackSetStep(
            Delivery delivery, AwsSessions aws, Admission admission, AwsApprovalStep approval) {
        super(delivery, aws, admission, "cloudFormationStackSet", "stackSet", "StackSets");
        this.approval = approval;
        turn = new Turn(
                delivery.build().getProjectName() + " " + delivery.build().getDisplayName(),
                aws.engine().scheduler().now().toEpochMilli());
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        JobArguments job = JobArguments.takenFrom(rest, JobArguments.STOP_OR_LEAVE);
        StackSetRequest request = new StackSetRequest(rest);
        job.check(name(), stage, request.problems());
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        StartToken token = token();
        Target target = stage.target(Target.Service.STACK_SET, job.access(), request.stackSet(), request.stackSet());
        return run(stage, token, request.timeout(), job, job.leaves(), new RehearsedJob.Kind<StackSetSnapshot>() {
            @Override
            public AwsSession open() {
                return aws.open(access);
            }

            @Override
            public void admit() {
                stage.admitBeginning(List.of(target), true);
            }

            @Override
            public PreparedJob<StackSetSnapshot> prepare(Connected<StackSetSnapshot> at) {
                Gate gate = stage.gate(Target.Service.STACK_SET, job.access());
                Consent<StackSetPlan> consent = (planned, number) ->
                        approval.about("Change stack set " + request.stackSet() + "?", stage.name(), planned);
                return aws.engine().stackSets().prepare(at, request, token, turn, gate, consent, files());
            }

            @Override
            public void ended(JobResult result) {
                StackSetResult made = (StackSetResult) result;
                if (!request.deletes() && !made.getOperations().isEmpty()) {
                    stage.deployed(
                            target,
                            "operation " + made.getOperations().get(0),
                            made.getCause() == null ? null : made.summary());
                }
            }
        });
    }
}
