package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step is left while its gate is asked. */
class LeftAtTheGateTest extends SteppedDeployments {

    private DeploymentRun going;

    @ParameterizedTest
    @ValueSource(strings = {"continueAfterReady", "stop"})
    void nothingIsBegunForNobody(String what) {
        group(it ->
                it.instances("i-1", "i-2").blueGreen().stopUnlessContinued(60).terminateAfter(30));
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        AtomicInteger asked = new AtomicInteger();
        going = new DeploymentRun(bench).with(what, deploying.id()).behind((application, target, revision) -> {
            asked.incrementAndGet();
            going.job().abandon();
        });
        going.start();
        bench.advance(60);
        assertEquals(1, asked.get());
        assertEquals(0, calls("ContinueDeployment") + calls("StopDeployment"));
    }

    @Test
    void noDeploymentIsCreatedForNobody() {
        group(it -> it.instances("i-1", "i-2"));
        going = deploy("1.zip")
                .behind((application, target, revision) -> going.job().abandon());
        going.start();
        bench.advance(60);
        assertEquals(0, calls("CreateDeployment"));
    }
}
