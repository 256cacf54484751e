package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.util.HashMap;
import java.util.Map;

/** A {@code codeDeploy} step. */
final class DeploymentStep extends Step<DeploymentSnapshot> {

    private final Play play;

    DeploymentStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
    }

    @Override
    PreparedJob<DeploymentSnapshot> prepare(Controller on, Connected<DeploymentSnapshot> at) {
        Turn turn = new Turn("web #" + run, asked.number("order", run));
        return on.codeDeploy()
                .prepare(at, request(), token, turn, asked.has("rollBackOnStop"), play.gate(this), NO_FILES);
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
}
