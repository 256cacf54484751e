package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** A manual approval: waits for PutApprovalResult, and fails when its time is over. */
public record ApprovalWork(ActionRun action, String token, Supplier<Instant> now) implements ActionWork {

    private static final int SEVEN_DAYS = 7 * 24 * 60;

    @Override
    public State begin() {
        action.token = token;
        if (action.execution.mode().equals("PARALLEL")) {
            action.externalId = token;
        }
        return State.RUNNING;
    }

    @Override
    public State look() {
        int minutes = action.declaration.path("timeoutInMinutes").asInt(SEVEN_DAYS);
        if (now.get().isBefore(action.started.plus(Duration.ofMinutes(minutes)))) {
            return State.RUNNING;
        }
        action.errorCode = "TimeoutError";
        action.errorMessage = "The approval was not answered within " + minutes + " minutes";
        return State.FAILED;
    }
}
