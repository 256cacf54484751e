package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code beanstalkDeploy} step: in place, or into the one of two environments that is not live. */
final class UpdateStep extends Step<EnvironmentSnapshot> {

    private final Play play;

    UpdateStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
    }

    @Override
    PreparedJob<EnvironmentSnapshot> prepare(Controller on, Connected<EnvironmentSnapshot> at) {
        Turn turn = new Turn("web #" + run, asked.number("order", run));
        return on.beanstalk().prepare(at, request(), token, turn, play.gate(this), NO_FILES);
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
}
