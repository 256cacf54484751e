package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.JobRun;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.util.HashMap;
import java.util.Map;

/** A step's part in a deployment. */
public final class DeploymentRun extends JobRun<DeploymentSnapshot> {

    private final Map<String, Object> arguments = new HashMap<>();
    private Turn turn;
    private boolean rollBackOnStop;
    private Gate gate = Gate.OPEN;
    private Deployment deployment;

    public DeploymentRun(Bench bench) {
        this(bench, bench.session());
    }

    public DeploymentRun(Bench bench, AwsSession session) {
        super(bench, session);
        turn = new Turn("web #1", bench.now().toEpochMilli());
    }

    public DeploymentRun with(String name, Object value) {
        arguments.put(name, value);
        return this;
    }

    public DeploymentRun turn(String name, long order) {
        turn = new Turn(name, order);
        return this;
    }

    public DeploymentRun rollBackOnStop() {
        rollBackOnStop = true;
        return this;
    }

    public DeploymentRun behind(Gate guards) {
        gate = guards;
        return this;
    }

    /** Goes on from what another run has kept. */
    public DeploymentRun after(DeploymentRun crashed) {
        goOnAfter(crashed);
        arguments.putAll(crashed.arguments);
        turn = crashed.turn;
        rollBackOnStop = crashed.rollBackOnStop;
        return this;
    }

    public DeploymentRun start() {
        DeploymentRequest request = request();
        start(
                newDeployment(request).job(),
                bench.codeDeploy()
                        .starter(session, request, turn, token(), chosen(), again(), disk(), console(), gate));
        return this;
    }

    public DeploymentRun resume(String id) {
        resume(newDeployment(request()).job(), id);
        return this;
    }

    private DeploymentRequest request() {
        DeploymentRequest request = new DeploymentRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new IllegalArgumentException(request.problems().toString());
        }
        return request;
    }

    private Deployment newDeployment(DeploymentRequest request) {
        deployment = bench.codeDeploy().deployment(session, console(), disk(), request, rollBackOnStop, this);
        return deployment;
    }

    /** What a Jenkinsfile would get. */
    public DeploymentResult result() {
        return deployment.result(jobs());
    }
}
