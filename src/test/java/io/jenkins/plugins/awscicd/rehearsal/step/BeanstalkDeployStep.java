package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.EnvironmentDeployment;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

    /** An update keeps in it by which call it was begun. It is not kept longer than the delivery. */
    private static final class Notes implements Journal {
        private final Map<String, String> marks = new HashMap<>();

        @Override
        public synchronized Map<String, String> read() {
            return Map.copyOf(marks);
        }

        @Override
        public synchronized void write(Map<String, String> more) {
            marks.putAll(more);
        }
    }

    @Override
    Object perform(StepCall call) throws IOException, InterruptedException {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        stage.fill(rest, "application", "beanstalkApplication");
        stage.fill(rest, "environment", "environment");
        JobArguments job = JobArguments.takenFrom(rest, JobArguments.STOP_OR_LEAVE);
        BeanstalkRequest request = new BeanstalkRequest(rest);
        job.check(name(), stage, request.problems());
        AwsAccess access = stage.access(job.access());
        noteCredentials(access);
        admitBeginning(stage, job.access(), request);
        try (AwsSession session = aws.open(access, request)) {
            Instant begin = aws.engine().scheduler().now();
            BeanstalkRequest ready = request.fromWorkspace()
                    ? aws.engine().beanstalk().upload(session, request, workspace(), OWNER, console())
                    : request;
            return deploy(session, ready, job, stage, begin);
        }
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

    private BeanstalkResult deploy(
            AwsSession session, BeanstalkRequest request, JobArguments arguments, StepStage stage, Instant begin) {
        Turn turn = new Turn("this rehearsal", begin.toEpochMilli());
        JobConsole console = console();
        Journal notes = new Notes();
        Beanstalk beanstalk = aws.engine().beanstalk();
        Gate gate = request.discards() ? Gate.OPEN : stage.gate(Target.Service.BEANSTALK, arguments.access());
        JobEnd<EnvironmentSnapshot> end = new JobEnd<>(delivery);
        EnvironmentDeployment deployment = beanstalk.deployment(session, console, notes, request, turn, gate, end);
        Duration limit = request.timeout();
        if (limit != null) {
            end.within(limit, begin, aws.engine().scheduler(), deployment.job(), arguments.leaves(), console);
        }
        deployment.job().start(beanstalk.starter(deployment, request, begin, false));
        BeanstalkResult result = deployment.result(end.await(deployment.job(), arguments.leaves()));
        String cause = result.getCause();
        if (!request.discards()) {
            stage.deployed(
                    stage.target(
                            Target.Service.BEANSTALK,
                            arguments.access(),
                            result.getApplication(),
                            result.getEnvironment()),
                    result.exactly(),
                    cause);
        }
        if (cause != null && arguments.propagate()) {
            String why = result.getVersionLabel() + " is not deployed to " + result.getEnvironment() + ": " + cause;
            throw new StepFailure(end.timedOut() == null ? why : end.timedOut() + ": " + why);
        }
        return result;
    }
}
