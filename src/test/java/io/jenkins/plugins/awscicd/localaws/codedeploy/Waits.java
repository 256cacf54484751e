package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The waits of a blue/green deployment (BlueGreenDeploymentConfiguration of the API): before traffic is shifted, after that while
 * alarms are watched, and before what was there is ended.
 */
final class Waits {

    private static final String READY = "READY_WAIT";
    private static final String TERMINATION = "TERMINATION_WAIT";

    private final Deployment deployment;
    private final Timeline timeline;
    private final Duration baking;
    private final Set<Dialect> dialects;
    private String waiting = "";
    private Alarm alarm = () -> {};
    private Runnable next;

    /** @param baking how long to look on after traffic has been shifted; zero for not at all */
    Waits(Deployment deployment, Timeline timeline, Duration baking, Set<Dialect> dialects) {
        this.deployment = deployment;
        this.timeline = timeline;
        this.baking = baking;
        this.dialects = dialects;
    }

    private JsonNode options(String part) {
        return deployment.settings().path("blueGreenDeploymentConfiguration").path(part);
    }

    /** Goes on with the traffic, if need be after somebody has said so. */
    void ready(Runnable traffic, Consumer<Ending> tooLate) {
        JsonNode ready = options("deploymentReadyOption");
        if (!ready.path("actionOnTimeout").asText().equals("STOP_DEPLOYMENT")) {
            traffic.run();
            return;
        }
        deployment.become(DeploymentStatus.READY);
        await(
                READY,
                Duration.ofMinutes(ready.path("waitTimeInMinutes").asLong()),
                traffic,
                () -> tooLate.accept(Ending.NOT_CONTINUED));
    }

    void bake(Runnable baked) {
        if (baking.isZero()) {
            baked.run();
            return;
        }
        deployment.become(DeploymentStatus.BAKING);
        alarm = timeline.after(baking, baked);
    }

    /** Says when what was there may be ended. */
    void terminate(Runnable end) {
        JsonNode termination = options("terminateBlueInstancesOnDeploymentSuccess");
        deployment.become(DeploymentStatus.IN_PROGRESS);
        if (!termination.path("action").asText().equals("TERMINATE")) {
            end.run();
            return;
        }
        boolean ecs = deployment.group().application().platform().equals("ECS");
        if (!ecs || dialects.contains(Dialect.ECS_SAYS_IT_WAITS)) {
            deployment.terminationWaitStarted();
        }
        Duration most = Duration.ofMinutes(
                termination.path("terminationWaitTimeInMinutes").asLong());
        await(TERMINATION, most, end, end);
    }

    private void await(String type, Duration most, Runnable whenContinued, Runnable whenOver) {
        waiting = type;
        next = whenContinued;
        alarm = timeline.after(most, () -> {
            if (waiting.equals(type)) {
                waiting = "";
                whenOver.run();
            }
        });
    }

    /** @param type READY_WAIT or TERMINATION_WAIT */
    void goOn(String type) throws AwsError {
        if (!waiting.equals(type)) {
            throw AwsError.badRequest(
                    "DeploymentIsNotInReadyStateException",
                    "The deployment does not have a status of Ready and can't continue yet.");
        }
        alarm.cancel();
        waiting = "";
        deployment.become(DeploymentStatus.IN_PROGRESS);
        next.run();
    }

    void breakOff() {
        alarm.cancel();
        waiting = "";
    }
}
