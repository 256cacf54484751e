package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that are left while a call of theirs is tried again, and go on in another process. */
class LeftMidwayTest extends SteppedBlueGreen {

    @Test
    void aSwapThatWasBeingTriedAgainIsMadeByTheNextProcess() {
        environment("web-prod", "web-prod");
        Fault fault = bench.aws()
                .faults()
                .on("ElasticBeanstalk.SwapEnvironmentCNAMEs")
                .throttle()
                .times(4);
        EnvironmentRun crashed = green("v1").start();
        until(() -> fault.hits() >= 1);
        crashed.job().abandon();
        bench.advance(Duration.ofMinutes(3));
        EnvironmentRun run =
                new EnvironmentRun(bench).in(anotherEngine()).after(crashed).goOn();
        untilOver(run);

        assertNull(crashed.disk().read().get("swapFailed"));
        assertNull(run.failure());
        assertNull(run.result().getCause(), run.console().lines().toString());
        assertTrue(run.result().isSwapped());
    }

    /** The clone's settings are saved already, and nobody wants it any more when it is about to be created. */
    @ParameterizedTest
    @ValueSource(strings = {"CreateConfigurationTemplate", "ListTagsForResource"})
    void aCloneIsNotCreatedForAStepThatWasLeftMeanwhile(String operation) {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1");
        bench.aws()
                .faults()
                .on("ElasticBeanstalk." + operation)
                .meanwhile(() -> aside(() -> run.job().abandon()))
                .times(1);
        run.start();
        bench.advance(Duration.ofMinutes(20));
        assertEquals(0, calls("CreateEnvironment"));
    }

    /** The call under way holds what a person's click would wait for. */
    private static void aside(Runnable event) {
        Thread thread = new Thread(event);
        thread.start();
        while (Set.of(Thread.State.NEW, Thread.State.RUNNABLE).contains(thread.getState())) {
            Thread.onSpinWait();
        }
    }
}
