package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An abort comes after AWS has gone on with a deployment unheard. */
class AbortedContinuationTest extends SteppedDeployments {

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void whatGoesOnUnheardIsStoppedOrSaid(long seconds) {
        group(it ->
                it.instances("i-1", "i-2").blueGreen().stopUnlessContinued(60).terminateAfter(30));
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        if (seconds >= 0) {
            bench.loseAnswerTo("CodeDeploy.ContinueDeployment");
        }
        DeploymentRun going = new DeploymentRun(bench)
                .with("continueAfterReady", deploying.result())
                .start();
        bench.advanceUntil(() -> calls("ContinueDeployment") == 1, LONG);
        bench.advance(Math.max(0, seconds));
        going.job().stop();
        untilOver(going);
        String said = going.console().lines() + " " + going.failure();
        assertTrue(calls("StopDeployment") == 1 || said.contains("may"), said);
    }
}
