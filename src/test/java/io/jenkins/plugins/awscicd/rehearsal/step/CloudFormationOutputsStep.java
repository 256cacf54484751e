package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.CloudFormation;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** {@code cloudFormationOutputs}. */
public final class CloudFormationOutputsStep extends AwsStep {

    public CloudFormationOutputsStep(Delivery delivery, AwsSessions aws, Admission admission) {
        super(delivery, aws, admission, "cloudFormationOutputs", "stack", "CloudFormation");
    }

    @Override
    Object perform(StepCall call) throws InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        JobArguments job = JobArguments.takenFrom(rest, JobArguments.STOP_OR_LEAVE);
        Object given = rest.remove("stack");
        String stack = given == null ? "" : given.toString();
        String problem = StackRequest.problemOf("stack", stack);
        job.check(
                name(),
                stage,
                !rest.isEmpty()
                        ? rest.keySet().stream()
                                .map(name -> name + ": there is no such argument")
                                .toList()
                        : problem == null ? List.of() : List.of("stack: " + problem));
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        stage.admitBeginning(List.of(stage.target(Target.Service.CLOUD_FORMATION, job.access(), stack, stack)), false);
        try (AwsSession session = aws.open(access)) {
            return CloudFormation.outputs(session, stack, Gate.OPEN).get();
        } catch (ExecutionException e) {
            throw new StepFailure(name() + " " + AwsCallException.unwrap(e).getMessage(), e);
        }
    }
}
