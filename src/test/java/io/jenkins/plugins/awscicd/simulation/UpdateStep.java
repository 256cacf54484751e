package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.EnvironmentDeployment;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code beanstalkDeploy} step: in place, or into the one of two environments that is not live. */
final class UpdateStep extends Step<EnvironmentSnapshot> {

    private final Play play;
    private EnvironmentDeployment deployment;

    UpdateStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
    }

    @Override
    RemoteJob<EnvironmentSnapshot> job(
            Controller on,
            AwsSession with,
            StepConsole console,
            Disk kept,
            RemoteJob.Listener<EnvironmentSnapshot> ears) {
        Turn turn = new Turn("web #" + run, asked.number("order", run));
        deployment = on.beanstalk().deployment(with, console, kept, request(), turn, play.gate(this), ears);
        return deployment.job();
    }

    @Override
    RemoteJob.Starter starter(Controller on, AwsSession with, StepConsole console, Disk kept, boolean again) {
        return on.beanstalk().starter(deployment, request(), chosen, again);
    }

    private BeanstalkRequest request() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("application", "web");
        arguments.put("environment", asked.text("environment"));
        arguments.put("version", "v" + run);
        for (String name : List.of("whenBusy", "twin", "cname", "strategy", "onFailure")) {
            if (asked.has(name)) {
                arguments.put(name, asked.text(name));
            }
        }
        if (asked.has("bakeMinutes")) {
            arguments.put("bakeMinutes", asked.number("bakeMinutes"));
        }
        if (asked.has("healthMinutes")) {
            arguments.put("healthMinutes", asked.number("healthMinutes"));
        }
        BeanstalkRequest request = new BeanstalkRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new IllegalArgumentException(asked + ": " + request.problems());
        }
        return request;
    }

    @Override
    String cause(AwsSession with, List<EnvironmentSnapshot> environments) {
        return deployment.result(environments).getCause();
    }
}
