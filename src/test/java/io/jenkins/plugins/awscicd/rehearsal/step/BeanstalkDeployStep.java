package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
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
import java.util.Objects;
import java.util.stream.Stream;

/** {@code beanstalkDeploy}. */
public final class BeanstalkDeployStep extends AwsStep {

    public BeanstalkDeployStep(Delivery delivery, AwsSessions aws, Admission admission) {
        super(delivery, aws, admission, "beanstalkDeploy", "environment", "Beanstalk");
    }

    @Override
    Object perform(StepCall call) throws IOException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        stage.fill(rest, "application", "beanstalkApplication");
        stage.fill(rest, "environment", "environment");
        JobArguments job = JobArguments.takenFrom(rest, JobArguments.STOP_OR_LEAVE);
        BeanstalkRequest request = new BeanstalkRequest(rest);
        job.check(name(), stage, request.problems());
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        StartToken token = token();
        Turn turn = new Turn("this rehearsal", token.chosen().toEpochMilli());
        return run(stage, token, request.timeout(), job, job.leaves(), new RehearsedJob.Kind<EnvironmentSnapshot>() {
            @Override
            public AwsSession open() {
                return aws.open(access, request);
            }

            @Override
            public void admit() {
                admitBeginning(stage, job.access(), request);
            }

            @Override
            public PreparedJob<EnvironmentSnapshot> prepare(Connected<EnvironmentSnapshot> at) {
                Gate gate = request.discards() ? Gate.OPEN : stage.gate(Target.Service.BEANSTALK, job.access());
                return aws.engine().beanstalk().prepare(at, request, token, turn, gate, files());
            }

            @Override
            public void ended(JobResult result) {
                if (!request.discards()) {
                    remember(stage, job, (BeanstalkResult) result);
                }
            }
        });
    }

    private static void remember(StepStage stage, JobArguments arguments, BeanstalkResult result) {
        stage.deployed(
                stage.target(
                        Target.Service.BEANSTALK, arguments.access(), result.getApplication(), result.getEnvironment()),
                result.exactly(),
                result.getCause());
    }

    private static void admitBeginning(StepStage stage, AwsAccess own, BeanstalkRequest request) {
        List<Target> targets = request.discards()
                ? List.of()
                : Stream.of("environment", "twin")
                        .map(request::text)
                        .filter(Objects::nonNull)
                        .map(name -> stage.target(Target.Service.BEANSTALK, own, request.application(), name))
                        .toList();
        stage.admitBeginning(targets, !request.discards());
    }
}
