package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen.SteppedBlueGreen;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.beanstalk.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** Each call that changes what is served is let through by itself, whatever was let through before. */
class GuardedCallsTest extends SteppedBlueGreen {

    private boolean closed;
    private final Gate gate = (application, environment, revision) -> {
        if (closed) {
            throw new Refused("stage prod: closed");
        }
    };

    @Test
    void aSwapThatIsRefusedLeavesWhatIsReadyToBeContinued() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1")
                .with("bakeMinutes", 30)
                .with("onFailure", "rollBack")
                .asking(gate)
                .start();
        until(() -> reported(run, "Cloning"));
        bench.advance(Duration.ofMinutes(10));
        closed = true;
        untilOver(run);

        String cause = run.result().getCause();
        assertNotNull(cause);
        assertTrue(cause.contains("the CNAMEs were not swapped: stage prod: closed"), cause);
        String clone = run.result().getEnvironment();
        assertTrue(there(clone), "what is ready is left");
        assertEquals(LIVE, cname("web-prod"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertTrue(
                reported(
                        run,
                        clone
                                + " is left as it is. To continue: beanstalkDeploy application: 'web', continueBlueGreen: '"),
                run.console().lines().toString());
        assertTrue(
                run.console().lastLine().startsWith("web-prod is untouched"),
                run.console().lastLine());

        closed = false;
        EnvironmentRun later = new EnvironmentRun(bench)
                .with("application", "web")
                .with("continueBlueGreen", clone)
                .with("version", "v1")
                .with("cname", LIVE)
                .asking(gate)
                .start();
        untilOver(later);
        assertNull(later.result().getCause());
        assertEquals(LIVE, cname(clone));
    }

    @Test
    void aTwinThatIsReadyIsNotTakenBackForARefusal() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle");
        EnvironmentRun run = twins("v1")
                .with("bakeMinutes", 30)
                .with("onFailure", "rollBack")
                .asking(gate)
                .start();
        until(() -> calls("UpdateEnvironment") == 1);
        bench.advance(Duration.ofMinutes(10));
        closed = true;
        untilOver(run);

        assertEquals("v1", bench.aws().beanstalk().environment("web-b").versionLabel());
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void theVersionIsAskedAboutAnewAfterTheSettings() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = new EnvironmentRun(bench)
                .with("application", "web")
                .with("environment", "web-prod")
                .with("version", "v1")
                .with(
                        "optionSettings",
                        List.of(Map.of(
                                "namespace", "aws:elasticbeanstalk:application:environment",
                                "optionName", "COLOUR",
                                "value", "blue")))
                .asking(gate)
                .start();
        until(() -> calls("UpdateEnvironment") == 1);
        closed = true;
        untilOver(run);

        assertNotNull(run.failure());
        assertTrue(
                run.failure().getMessage().startsWith("stage prod: closed"),
                run.failure().getMessage());
        assertTrue(
                run.failure().getMessage().contains("The settings of web-prod were changed"),
                run.failure().getMessage());
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals("v0", bench.aws().beanstalk().environment("web-prod").versionLabel());
    }

    @Test
    void whatAwsHasNotTakenIsAskedAboutAnewAfterALongRestart() {
        environment("web-prod", "web-prod");
        bench.aws().faults().on("ElasticBeanstalk.SwapEnvironmentCNAMEs").error(500);
        EnvironmentRun run = green("v1").asking(gate).start();
        until(() -> !run.disk().read().getOrDefault("swapAsked", "").isEmpty());
        run.job().abandon();
        bench.advance(Duration.ofHours(2));
        bench.aws().faults().clear();
        long before = calls("SwapEnvironmentCNAMEs");
        closed = true;
        EnvironmentRun again = new EnvironmentRun(bench).after(run).asking(gate).resume(run.id());
        untilOver(again);

        assertEquals(before, calls("SwapEnvironmentCNAMEs"));
        assertEquals(LIVE, cname("web-prod"));
        assertFalse(again.result().isSwapped());
    }

    /** Whoever has swapped the names: outside of Jenkins, or by another job. */
    @Test
    void theGateIsToldByWhichNameCustomersComeAtThatMoment() {
        environment("web-prod", "web-prod");
        environment("web-b", "web-idle");
        try (ElasticBeanstalkClient client = Clients.of(bench.aws()).beanstalk()) {
            client.swapEnvironmentCNAMEs(
                    swap -> swap.sourceEnvironmentName("web-prod").destinationEnvironmentName("web-b"));
        }
        bench.advance(Duration.ofMinutes(10));
        List<String> asked = new ArrayList<>();
        Gate ask = new Gate() {
            @Override
            public void pass(String application, String target, String revision) {
                throw new AssertionError("all that is known is passed on");
            }

            @Override
            public void pass(Where where, What what) {
                asked.add(where.name() + " as " + where.cname().split("\\.")[0] + " gets " + what.revision());
            }
        };
        EnvironmentRun run = new EnvironmentRun(bench)
                .with("application", "web")
                .with("environment", "web-b")
                .with("version", "v1")
                .asking(ask)
                .start();
        untilOver(run);
        assertEquals(List.of("web-b as web-prod gets v1"), asked);
    }

    /** Customers may come by either name: what goes the other way is asked about as well. */
    @Test
    void theGateIsAskedAboutBothWaysOfASwap() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle");
        List<String> asked = new ArrayList<>();
        Gate ask = new Gate() {
            @Override
            public void pass(String application, String target, String revision) {
                throw new AssertionError("all that is known is passed on");
            }

            @Override
            public void exchange(Where live, Where next, What what, What back) {
                asked.add(live.name() + " with " + back.revision() + ", " + next.name() + " with " + what.revision());
            }
        };
        EnvironmentRun run = twins("v1").asking(ask).start();
        untilOver(run);
        assertNull(run.result().getCause());
        EnvironmentRun later = new EnvironmentRun(bench)
                .with("application", "web")
                .with("continueBlueGreen", "web-a")
                .with("version", "v0")
                .with("cname", LIVE)
                .asking(ask)
                .start();
        untilOver(later);
        assertNull(later.result().getCause());
        String there = "web-a with v0, web-b with v1";
        String back = "web-b with v1, web-a with v0";
        assertEquals(List.of(there, there, back, back), asked);
    }

    /** Somebody has customers come to the old one by what another one had: it is live again. */
    @Test
    void anOldEnvironmentThatGotAnotherCnameIsLeft() {
        environment("web-prod", "web-prod");
        environment("shop", "shop");
        EnvironmentRun run = green("v1")
                .with("oldEnvironment", "terminate")
                .with("terminateAfterMinutes", 30)
                .start();
        until(() -> reported(run, "Terminating the old environment web-prod"));
        try (ElasticBeanstalkClient client = Clients.of(bench.aws()).beanstalk()) {
            client.swapEnvironmentCNAMEs(
                    swap -> swap.sourceEnvironmentName("web-prod").destinationEnvironmentName("shop"));
        }
        bench.advance(Duration.ofMinutes(5));
        assertTrue(cname("web-prod").startsWith("shop."));
        untilOver(run);

        assertNull(run.result().getCause());
        assertTrue(there("web-prod"), run.console().lines().toString());
        assertTrue(
                reported(run, "web-prod is not terminated: it got shop."),
                run.console().lines().toString());
    }

    /** It may have become live since it was last looked at, by what a stage alone knows. */
    @Test
    void theGateIsAskedBeforeAnEnvironmentIsEnded() {
        environment("web-prod", "web-prod");
        List<String> asked = new ArrayList<>();
        Gate ask = new Gate() {
            @Override
            public void pass(String application, String target, String revision) {}

            @Override
            public void end(Where where) {
                asked.add(where.name());
                if (closed) {
                    throw new Refused("stage prod: it is live");
                }
            }
        };
        closed = true;
        EnvironmentRun run = green("v1")
                .with("oldEnvironment", "terminate")
                .with("terminateAfterMinutes", 30)
                .asking(ask)
                .start();
        untilOver(run);
        assertNull(run.result().getCause());
        assertTrue(there("web-prod"));
        assertTrue(
                reported(run, "web-prod is not terminated: stage prod: it is live"),
                run.console().lines().toString());

        closed = false;
        String live = run.result().getEnvironment();
        EnvironmentRun prepared = green("v2").with("swap", false).asking(ask).start();
        untilOver(prepared);
        String clone = prepared.result().getEnvironment();
        EnvironmentRun discard = new EnvironmentRun(bench)
                .with("application", "web")
                .with("discardBlueGreen", prepared.result())
                .asking(ask)
                .start();
        untilOver(discard);
        assertEquals(List.of("web-prod", clone, clone), asked); // when it begins, and when AWS lets it be ended
        assertFalse(there(clone));
        assertTrue(there(live));
    }

    /** What ran on an idle one was let in for nobody who comes to it since. */
    @Test
    void whatBecameLiveMeanwhileIsBroughtBackOnlyToWhatIsLetIn() {
        for (boolean open : List.of(false, true)) {
            String name = "web-" + open;
            environment(name, name + "-idle")
                    .simulation()
                    .healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
            environment(name + "-live", name + "-shop");
            Gate ask = (application, environment, revision) -> {
                if (!open && "v0".equals(revision)) {
                    throw new Refused("stage prod: nobody has approved v0");
                }
            };
            EnvironmentRun run = inPlace(name, "v1")
                    .with("onFailure", "rollBack")
                    .with("healthTimeoutMinutes", 5)
                    .asking(ask)
                    .start();
            bench.advance(Duration.ofMinutes(3));
            try (ElasticBeanstalkClient client = Clients.of(bench.aws()).beanstalk()) {
                client.swapEnvironmentCNAMEs(
                        swap -> swap.sourceEnvironmentName(name + "-live").destinationEnvironmentName(name));
            }
            untilOver(run);

            String cause = String.valueOf(run.result().getCause());
            String end = open
                    ? "; rolled back to 'v0'"
                    : "; it was not rolled back: it got " + name + "-shop.eu-west-1.elasticbeanstalk.com in the"
                            + " meantime: stage prod: nobody has approved v0";
            assertTrue(cause.endsWith(end), cause);
            assertEquals(open ? "v0" : "v1", label(name));
        }
    }
}
