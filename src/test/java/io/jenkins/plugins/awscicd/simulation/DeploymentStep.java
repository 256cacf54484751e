package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code codeDeploy} step. */
final class DeploymentStep extends Step<DeploymentSnapshot> {

    private final Play play;

    DeploymentStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
    }

    @Override
    List<Instant> begun(Ledger ledger) {
        return ledger.deployments(run).stream().map(Deployment::createTime).toList();
    }

    @Override
    boolean isThere(Ledger ledger) {
        return ledger.deployments(run).stream().anyMatch(one -> one.status() == DeploymentStatus.SUCCEEDED);
    }

    @Override
    boolean runsAt(Ledger ledger, Instant at) {
        return ledger.deployments(run).stream()
                .anyMatch(
                        one -> one.completeTime() == null || one.completeTime().isAfter(at));
    }

    @Override
    String place() {
        return Places.account(asked) + " " + asked.text("group");
    }

    @Override
    PreparedJob<DeploymentSnapshot> prepare(Controller on, Connected<DeploymentSnapshot> at) {
        Turn turn = new Turn("web #" + run, order());
        return on.codeDeploy()
                .prepare(at, request(), token, turn, asked.has("rollBackOnStop"), play.gate(this), files());
    }

    private DeploymentRequest request() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("application", "web");
        arguments.put("deploymentGroup", asked.text("group"));
        if (asked.has("upload")) {
            arguments.put("revision", "workspace");
            arguments.put("directory", Workspaces.DIRECTORY);
            arguments.put("bucket", asked.text("bucket", "artifacts"));
        } else {
            arguments.put("revision", "s3://artifacts/" + run + ".zip");
        }
        if (asked.has("whenBusy")) {
            arguments.put("whenBusy", asked.text("whenBusy"));
        }
        DeploymentRequest request = new DeploymentRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new AssertionError(asked + ": " + request.problems());
        }
        return request;
    }
}
