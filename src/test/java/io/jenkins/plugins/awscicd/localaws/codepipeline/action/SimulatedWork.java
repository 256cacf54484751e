package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** An action that only takes its time. */
public record SimulatedWork(ActionRun action, Simulation simulation, CodePipelineTiming timing, Supplier<Instant> now)
        implements ActionWork {

    @Override
    public State begin() {
        action.externalId = action.id;
        action.externalUrl = "https://example.com/" + action.provider() + "/" + action.id;
        return State.RUNNING;
    }

    @Override
    public State look() {
        Duration length = simulation.length(action.name(), timing.simulated());
        if (now.get().isBefore(action.started.plus(length))) {
            return State.RUNNING;
        }
        String failure = simulation.failure(action.name());
        if (failure != null) {
            action.errorCode = "JobFailed";
            action.errorMessage = failure;
            return State.FAILED;
        }
        action.outputVariables.putAll(simulation.variables(action.name()));
        return State.SUCCEEDED;
    }
}
