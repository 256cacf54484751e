package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Environments that were terminated, which AWS lists for an hour, and others that are called so since. */
class TerminatedEnvironmentsTest extends SteppedUpdates {

    private static final String STACK = "64bit Amazon Linux 2023 v4.5.1 running Corretto 21";

    private void terminate(String name) {
        EnvironmentService.client(bench.session()).terminateEnvironment(end -> end.environmentName(name));
    }

    private EnvironmentRun creating() {
        return deploy("1.zip").with("createEnvironment", true).with("solutionStackName", STACK);
    }

    private String refusal(EnvironmentRun run) {
        bench.advanceUntil(run::isOver, Duration.ofSeconds(30));
        return run.failure().getMessage();
    }

    @Test
    void oneThatWasTerminatedIsMadeAnew() {
        environment(it -> it);
        String before = bench.aws().beanstalk().environment("web-prod").id();
        terminate("web-prod");
        bench.advance(Duration.ofMinutes(5));
        long looks = calls("DescribeEnvironments");
        EnvironmentRun run = creating().start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertNotEquals(before, run.last().id());
        assertTrue(calls("DescribeEnvironments") - looks < 30, "looked " + (calls("DescribeEnvironments") - looks));
    }

    @Test
    void oneThatIsBeingTerminatedIsWaitedForAndMadeAnew() {
        environment(it -> it);
        terminate("web-prod");
        EnvironmentRun run = creating().start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
    }

    @Test
    void nothingIsDeployedToOneThatWasTerminatedOrIsAboutToBe() {
        environment(it -> it);
        terminate("web-prod");
        assertTrue(
                refusal(deploy("1.zip").start()).startsWith("environment: web-prod is being terminated"),
                "while it is being terminated");
        bench.advance(Duration.ofMinutes(5));
        assertTrue(
                refusal(deploy("1.zip").start()).startsWith("environment: there is no environment 'web-prod'"),
                "afterwards");
        assertEquals(0, calls("UpdateEnvironment"));
    }

    @Test
    void theOneThatIsThereNowIsUpdated() {
        environment(it -> it);
        terminate("web-prod");
        bench.advance(Duration.ofMinutes(5));
        environment(it -> it);
        EnvironmentRun run = deploy("1.zip").start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertEquals(
                bench.aws().beanstalk().environment("web-prod").id(), run.last().id());
    }

    @Test
    void twinsAndTheLiveOneAreThoseThatAreThere() {
        for (String name : new String[] {"web-blue", "web-green"}) {
            bench.aws()
                    .beanstalk()
                    .environment(EnvironmentSpec.simulated("web", name).version("v0"));
            terminate(name);
        }
        bench.advance(Duration.ofMinutes(5));
        for (String name : new String[] {"web-blue", "web-green"}) {
            bench.aws()
                    .beanstalk()
                    .environment(EnvironmentSpec.simulated("web", name).version("v0"));
        }
        EnvironmentRun run = deploy("1.zip")
                .with("environment", "web-blue")
                .with("twin", "web-green")
                .with("strategy", "blueGreen")
                .with("cname", "web-blue")
                .start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertTrue(run.result().isSwapped());
    }

    /** The crash comes between AWS's answer and the moment at which the environment's id is kept with the step. */
    @Test
    void anUpdateIsNotLookedForInAnotherEnvironmentOfTheName() {
        environment(it -> it).simulation().command(Duration.ofMinutes(10));
        EnvironmentRun crashed = deploy("1.zip").start();
        bench.advanceUntil(() -> UpdateJournal.of(crashed.disk()).request() != null, LONG);
        crashed.job().abandon();
        EnvironmentService.client(bench.session())
                .terminateEnvironment(end -> end.environmentName("web-prod").forceTerminate(true));
        bench.advance(Duration.ofMinutes(5));
        environment(it -> it);
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).start();

        assertTrue(refusal(run).contains("was terminated during this step"), refusal(run));
        assertFalse(run.console().lines().contains("Environment update completed successfully."));
        assertEquals(1, calls("UpdateEnvironment"));
    }
}
