package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.LogMode;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code codeBuild} step. */
final class BuildStep extends Step<BuildSnapshot> {

    BuildStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
    }

    @Override
    RemoteJob<BuildSnapshot> job(
            Controller on, AwsSession with, StepConsole console, Disk kept, RemoteJob.Listener<BuildSnapshot> ears) {
        return on.codeBuild().job(with, console, kept, LogMode.STREAM, ears);
    }

    @Override
    RemoteJob.Starter starter(Controller on, AwsSession with, StepConsole console, Disk kept, boolean again) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("RUN", Integer.toString(run));
        variables.put("SIMULATED_SECONDS", asked.text("seconds", "60"));
        variables.put("SIMULATED_STATUS", asked.text("status", "SUCCEEDED"));
        variables.put("SIMULATED_LOG_LINES", asked.text("lines", "0"));
        BuildRequest request =
                new BuildRequest(Map.of("project", asked.text("project"), "environmentVariables", variables));
        return on.codeBuild().starter(with, request, token, chosen, again, console);
    }

    @Override
    String cause(AwsSession with, List<BuildSnapshot> builds) {
        BuildSnapshot last = builds.get(builds.size() - 1);
        return last.succeeded() ? null : last.status() + ": " + last.cause();
    }
}
