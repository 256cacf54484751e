package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.Deployment;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code codeDeploy} step. */
final class DeploymentStep extends Step<DeploymentSnapshot> {

    private final Play play;
    private Deployment deployment;

    DeploymentStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
    }

    @Override
    RemoteJob<DeploymentSnapshot> job(
            Controller on,
            AwsSession with,
            StepConsole console,
            Disk kept,
            RemoteJob.Listener<DeploymentSnapshot> ears) {
        deployment = on.codeDeploy().deployment(with, console, kept, request(), asked.has("rollBackOnStop"), ears);
        return deployment.job();
    }

    @Override
    RemoteJob.Starter starter(Controller on, AwsSession with, StepConsole console, Disk kept, boolean again) {
        Turn turn = new Turn("web #" + run, asked.number("order", run));
        return on.codeDeploy().starter(with, request(), turn, token, chosen, again, kept, console, play.gate(this));
    }

    private DeploymentRequest request() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("application", "web");
        arguments.put("deploymentGroup", asked.text("group"));
        arguments.put("revision", "s3://artifacts/" + run + ".zip");
        if (asked.has("whenBusy")) {
            arguments.put("whenBusy", asked.text("whenBusy"));
        }
        DeploymentRequest request = new DeploymentRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new IllegalArgumentException(asked + ": " + request.problems());
        }
        return request;
    }

    @Override
    String cause(AwsSession with, List<DeploymentSnapshot> deployments) {
        return deployment.result(deployments).getCause();
    }
}
