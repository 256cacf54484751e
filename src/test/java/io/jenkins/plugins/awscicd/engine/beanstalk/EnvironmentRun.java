package io.jenkins.plugins.awscicd.engine.beanstalk;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.JobRun;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.PreparedUpdate;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A step's part in the update of an environment. */
public final class EnvironmentRun extends JobRun<EnvironmentSnapshot> {

    private final Map<String, Object> arguments = new HashMap<>();
    private PreparedUpdate deployment;
    private Beanstalk beanstalk;
    private BeanstalkRequest pickedUp;

    private Turn turn;
    private Gate gate = Gate.OPEN;
    private UnaryOperator<BeanstalkRequest> uploaded = it -> it;

    public EnvironmentRun(Bench bench) {
        this(bench, bench.session());
    }

    public EnvironmentRun(Bench bench, AwsSession session) {
        super(bench, session);
        beanstalk = bench.beanstalk();
        turn = new Turn("shop #" + bench.now().getEpochSecond(), bench.now().toEpochMilli());
    }

    /** Whose deployment it is. */
    public EnvironmentRun of(String run, long order) {
        turn = new Turn(run, order);
        return this;
    }

    /** On another controller, or on one that has been started anew. */
    public EnvironmentRun in(Beanstalk other) {
        beanstalk = other;
        return this;
    }

    /** Goes on where it is, as after a restart of the controller. */
    public EnvironmentRun goOn() {
        return startedIds().isEmpty() ? start() : resume(startedIds().get(0));
    }

    /** Asked before anything is begun. */
    public EnvironmentRun asking(Gate asked) {
        gate = asked;
        return this;
    }

    public EnvironmentRun with(String name, Object value) {
        arguments.put(name, value);
        return this;
    }

    /** The bundle of a workspace, once it is in S3. */
    public EnvironmentRun uploaded(String bucket, String key) {
        uploaded = request -> request.withBundle(bucket, key);
        return this;
    }

    /** Goes on from what another run has kept. */
    public EnvironmentRun after(EnvironmentRun crashed) {
        goOnAfter(crashed);
        arguments.putAll(crashed.arguments);
        turn = crashed.turn;
        return this;
    }

    /** Goes on from what another run has kept, with another journal. */
    public EnvironmentRun after(EnvironmentRun crashed, Disk other) {
        goOnAfter(crashed, other);
        arguments.putAll(crashed.arguments);
        turn = crashed.turn;
        return this;
    }

    public EnvironmentRun start() {
        return pickUp().launch();
    }

    /** What a step has after a restart before it is begun with. */
    public EnvironmentRun pickUp() {
        pickedUp = prepare();
        return this;
    }

    public EnvironmentRun launch() {
        start(deployment.job(), deployment.starter(pickedUp, again()));
        return this;
    }

    public EnvironmentRun resume(String id) {
        prepare();
        resume(deployment.job(), id);
        return this;
    }

    private BeanstalkRequest prepare() {
        BeanstalkRequest request = new BeanstalkRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new IllegalArgumentException(request.problems().toString());
        }
        deployment = beanstalk.prepare(
                new Connected<>(session, console(), disk(), this),
                request,
                new StartToken(token(), chosen()),
                turn,
                gate,
                StepFiles.none());
        return uploaded.apply(request);
    }

    /** What a Jenkinsfile would get. */
    public BeanstalkResult result() {
        return deployment.result(jobs());
    }
}
