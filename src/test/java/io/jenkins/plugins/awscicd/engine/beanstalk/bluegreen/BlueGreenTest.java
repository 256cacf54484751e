package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Dialect;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.HealthStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationOptionSetting;

/** Versions that become live by a swap of CNAMEs, once, and live environments that nothing happens to before. */
class BlueGreenTest extends SteppedBlueGreen {

    private static final Map<String, String> COLOUR = Map.of(
            "namespace", "aws:elasticbeanstalk:application:environment", "optionName", "COLOUR", "value", "blue");

    @Test
    void aCloneBecomesLiveAndTheOldEnvironmentIsKept() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("bakeMinutes", 5).start();
        untilOver(run);

        assertNull(run.failure());
        BeanstalkResult result = run.result();
        assertNull(result.getCause(), run.console().lines().toString());
        String clone = result.getEnvironment();
        assertTrue(clone.matches("web-prod-[0-9a-f]{4}"), clone);
        assertTrue(result.isSwapped());
        assertEquals(LIVE, result.getCname());
        assertEquals("web-prod", result.getOldEnvironment());
        assertEquals("v0", result.getPreviousVersionLabel());
        assertEquals("http://" + LIVE, result.getUrl());
        assertEquals(LIVE, cname(clone));
        assertTrue(there("web-prod"));
        assertEquals(1, calls("CreateEnvironment"));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
        assertEquals(1, calls("DeleteConfigurationTemplate"));
        assertTrue(reported(run, "Cloning web-prod to " + clone));
        assertTrue(reported(run, "Healthy for 5 min: " + clone));
        assertTrue(reported(run, "Swapped: " + LIVE + " is now served by " + clone));
        assertEquals(LIVE + " is served by " + clone + " with v1", run.console().lastLine());
    }

    @Test
    void theNextCloneIsMadeOfTheOneThatIsLiveAndTheOldOneIsEnded() {
        environment("web-prod", "web-prod");
        EnvironmentRun first = green("v1").start();
        untilOver(first);
        EnvironmentRun second = green("v2")
                .with("oldEnvironment", "terminate")
                .with("terminateAfterMinutes", 7)
                .start();
        until(() -> reported(second, "Terminating the old environment "));
        bench.advance(Duration.ofMinutes(6));
        String old = first.result().getEnvironment();
        assertTrue(there(old));
        untilOver(second);

        assertNull(second.result().getCause());
        assertEquals(old, second.result().getOldEnvironment());
        String clone = second.result().getEnvironment();
        assertTrue(clone.matches("web-prod-[0-9a-f]{4}"), clone);
        assertEquals(LIVE, cname(clone));
        assertFalse(there(old));
        assertTrue(there("web-prod"));
    }

    @Test
    void twinsTakeTurns() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle");
        EnvironmentRun first = twins("v1").start();
        untilOver(first);
        assertNull(first.result().getCause(), first.console().lines().toString());
        assertEquals("web-b", first.result().getEnvironment());
        EnvironmentRun second = twins("v2").start();
        untilOver(second);

        assertNull(second.result().getCause(), second.console().lines().toString());
        assertEquals("web-a", second.result().getEnvironment());
        assertEquals("v1", second.result().getPreviousVersionLabel());
        assertEquals(LIVE, cname("web-a"));
        assertEquals(2, calls("SwapEnvironmentCNAMEs"));
        assertEquals(0, calls("CreateEnvironment"));
    }

    @Test
    void aCloneThatFailsIsTerminatedAndTheLiveEnvironmentIsNotTouched() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("onFailure", "rollBack").start();
        until(() -> reported(run, "Cloning"));
        String clone = run.disk().read().get("cloneName");
        bench.aws().beanstalk().simulation(clone).failing("v1", "no such port");
        untilOver(run);

        assertNotNull(run.result().getCause());
        assertFalse(run.result().isSwapped());
        assertFalse(there(clone));
        assertEquals(LIVE, cname("web-prod"));
        assertEquals("v0", bench.aws().beanstalk().environment("web-prod").versionLabel());
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertTrue(
                reported(run, "web-prod is untouched: " + LIVE),
                run.console().lines().toString());
    }

    @Test
    void aTwinThatFailsIsLeftUnlessItIsToBeBroughtBack() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle").simulation().failing("v1", "no such port");
        EnvironmentRun run = twins("v1").start();
        untilOver(run);

        assertNotNull(run.result().getCause());
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertEquals(0, calls("TerminateEnvironment"));
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals("v0", bench.aws().beanstalk().environment("web-a").versionLabel());
    }

    @Test
    void aTwinThatFailsGetsItsVersionBack() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle").simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = twins("v1")
                .with("onFailure", "rollBack")
                .with("healthTimeoutMinutes", 2)
                .start();
        untilOver(run);

        String cause = String.valueOf(run.result().getCause());
        assertTrue(cause.endsWith("; rolled back to 'v0'"), cause);
        assertEquals("v0", run.result().getRolledBackTo());
        assertEquals("v0", label("web-b"));
        assertTrue(
                reported(run, "Rolling web-b back to v0"), run.console().lines().toString());
        assertEquals(2, calls("UpdateEnvironment"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertTrue(
                run.console().lastLine().startsWith("web-a is untouched: " + LIVE),
                run.console().lastLine());
    }

    @Test
    void aTwinThatHasBecomeLiveIsNotBroughtBack() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle").simulation().healthOf("v1", HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = twins("v1")
                .with("onFailure", "rollBack")
                .with("healthTimeoutMinutes", 5)
                .start();
        bench.advance(Duration.ofMinutes(3));
        EnvironmentService.client(bench.session())
                .swapEnvironmentCNAMEs(
                        swap -> swap.sourceEnvironmentName("web-a").destinationEnvironmentName("web-b"));
        untilOver(run);

        String cause = String.valueOf(run.result().getCause());
        assertTrue(cause.endsWith("; it was not rolled back: it has become live"), cause);
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void theGateIsAskedImmediatelyBeforeTheSwap() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle");
        AtomicBoolean open = new AtomicBoolean(true);
        EnvironmentRun run = twins("v1")
                .with("bakeMinutes", 10)
                .asking((application, target, revision) -> {
                    if (!open.get()) {
                        throw new Refused("the freeze has begun");
                    }
                })
                .start();
        bench.advance(Duration.ofMinutes(5));
        open.set(false);
        untilOver(run);

        assertEquals(
                "the CNAMEs were not swapped: the freeze has begun",
                run.result().getCause());
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void whatIsPreparedBecomesLiveLater() {
        BeanstalkResult prepared = prepared();
        bench.advance(Duration.ofHours(3));
        EnvironmentRun run = goOn(prepared).with("oldEnvironment", "terminate").start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause(), run.console().lines().toString());
        assertTrue(run.result().isSwapped());
        assertEquals("v1", run.result().getVersionLabel());
        assertEquals("v0", run.result().getPreviousVersionLabel());
        assertEquals(LIVE, cname(prepared.getEnvironment()));
        assertFalse(there("web-prod"));
    }

    @Test
    void whatHasGoneBadSinceItsApprovalDoesNotBecomeLive() {
        BeanstalkResult prepared = prepared();
        bench.aws()
                .beanstalk()
                .simulation(prepared.getEnvironment())
                .health(HealthStatus.SEVERE, "100 % of requests fail");
        EnvironmentRun run = goOn(prepared).start();
        untilOver(run);

        assertTrue(
                run.failure()
                        .getMessage()
                        .startsWith("continueBlueGreen: " + prepared.getEnvironment() + " is Red (Severe) now"),
                run.failure().getMessage());
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void anotherVersionThanTheApprovedOneDoesNotBecomeLive() {
        BeanstalkResult prepared = prepared();
        untilOver(new EnvironmentRun(bench)
                .with("application", "web")
                .with("environment", prepared.getEnvironment())
                .with("version", "v2")
                .start());
        EnvironmentRun run = goOn(prepared).start();
        untilOver(run);
        assertTrue(
                run.failure().getMessage().contains("runs 'v2' now, not 'v1'"),
                run.failure().getMessage());
    }

    @Test
    void aTerminationThatFailsIsNotWaitedForWithoutEnd() {
        environment("web-prod", "web-prod");
        bench.aws().beanstalk().dialect(Dialect.TERMINATION_FAILS);
        EnvironmentRun run = green("v1").with("oldEnvironment", "terminate").start();
        untilOver(run);

        assertTrue(run.result().isSwapped());
        assertTrue(reported(run, "web-prod is not terminated: AWS started to terminate it but left it as it was"));
        assertEquals(1, calls("TerminateEnvironment"));
    }

    @Test
    void aCloneThatIsNotWantedIsTerminated() {
        BeanstalkResult prepared = prepared();
        EnvironmentRun run = discard(prepared).start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause(), run.console().lines().toString());
        assertEquals("Terminated", run.result().getStatus());
        assertFalse(run.result().isSwapped());
        assertFalse(there(prepared.getEnvironment()));
        assertEquals(LIVE, cname("web-prod"));
        assertEquals(
                prepared.getEnvironment() + " is Terminated; live is web-prod: " + LIVE,
                run.console().lastLine());

        EnvironmentRun again = discard(prepared).start();
        untilOver(again);
        assertTrue(
                again.failure().getMessage().endsWith("if it has already been terminated, there is nothing to discard"),
                again.failure().getMessage());
    }

    @Test
    void aCloneThatHasFailedCanBeDiscardedToo() {
        environment("web-prod", "web-prod");
        bench.aws().beanstalk().simulation("web-prod");
        EnvironmentRun failed = green("v1").with("swap", false).start();
        until(() -> failed.disk().read().containsKey("cloneName"));
        bench.aws()
                .beanstalk()
                .simulation(failed.disk().read().get("cloneName"))
                .failing("v1", "no such port");
        untilOver(failed);
        BeanstalkResult result = failed.result();
        assertTrue(result.getCause() != null);
        assertTrue(there(result.getEnvironment()));

        EnvironmentRun run = discard(result).start();
        untilOver(run);
        assertNull(run.result().getCause());
        assertFalse(there(result.getEnvironment()));
    }

    @Test
    void whatIsLiveOrATwinIsNotDiscarded() {
        BeanstalkResult prepared = prepared();
        untilOver(goOn(prepared).start());
        EnvironmentRun live = discard(prepared).start();
        untilOver(live);
        assertTrue(
                live.failure().getMessage().contains(" is live: it has the CNAME " + LIVE),
                live.failure().getMessage());
        EnvironmentRun twin = discard("web-prod").with("cname", "web-prod").start();
        untilOver(twin);
        assertTrue(
                twin.failure()
                        .getMessage()
                        .startsWith("discardBlueGreen: web-prod was not cloned for a blue/green deployment"),
                twin.failure().getMessage());
        assertEquals(0, calls("TerminateEnvironment"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aRestartAtAnyMomentDiscardsOnce(int seconds) {
        BeanstalkResult prepared = prepared();
        EnvironmentRun crashed = discard(prepared).start();
        bench.advance(Duration.ofMillis(seconds * 1000L + 100));
        crashed.job().abandon();
        bench.advance(2);
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed);
        if (crashed.id() == null) {
            run.start();
        } else {
            run.resume(crashed.id());
        }
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertEquals(1, calls("TerminateEnvironment"));
        assertFalse(there(prepared.getEnvironment()));
    }

    @Test
    void whatIsLiveAlreadyIsNotSwappedBack() {
        BeanstalkResult prepared = prepared();
        untilOver(goOn(prepared).start());
        EnvironmentRun again = goOn(prepared).start();
        untilOver(again);
        assertTrue(
                again.failure().getMessage().contains("is live already"),
                again.failure().getMessage());
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateConfigurationTemplate", "CreateEnvironment", "SwapEnvironmentCNAMEs"})
    void anAnswerThatIsLostChangesNothing(String operation) {
        environment("web-prod", "web-prod");
        bench.aws()
                .faults()
                .on("ElasticBeanstalk." + operation)
                .cutConnection()
                .afterExecution()
                .times(1);
        EnvironmentRun run = green("v1").start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause(), run.console().lines().toString());
        assertEquals(LIVE, cname(run.result().getEnvironment()));
        assertEquals(1, calls("CreateEnvironment"));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 12, 16, 20, 24, 28, 40, 120, 300, 330})
    void aRestartAtAnyMomentClonesAndSwapsOnce(int seconds) {
        environment("web-prod", "web-prod");
        EnvironmentRun crashed = green("v1").with("oldEnvironment", "terminate").start();
        bench.advance(Duration.ofMillis(seconds * 1000L + 300));
        crashed.job().abandon();
        bench.advance(2);
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed);
        if (crashed.isOver()) {
            return;
        }
        if (crashed.startedIds().isEmpty()) {
            run.start();
        } else {
            run.resume(crashed.id());
        }
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause(), run.console().lines().toString());
        assertEquals(LIVE, cname(run.result().getEnvironment()));
        assertEquals(1, calls("CreateEnvironment"));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
        assertEquals(1, calls("TerminateEnvironment"));
        assertFalse(there("web-prod"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 12, 16})
    void anAbortBeforeTheSwapLeavesTheLiveEnvironmentAndNoClone(int seconds) {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("bakeMinutes", 5).start();
        bench.advance(Duration.ofMillis(seconds * 1000L + 300));
        run.job().stop();
        untilOver(run);
        bench.advance(60);

        String clone = run.disk().read().get("cloneName");
        assertTrue(clone == null || !there(clone), run.console().lines().toString());
        assertEquals(LIVE, cname("web-prod"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void anAbortAfterTheSwapTakesNothingBack() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("oldEnvironment", "terminate").start();
        until(() -> reported(run, "Terminating the old environment web-prod in 5 min"));
        run.job().stop();
        untilOver(run);
        bench.advance(Duration.ofMinutes(10));

        assertEquals(LIVE, cname(run.result().getEnvironment()));
        assertTrue(there("web-prod"));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
        assertTrue(
                run.console().lastLine().endsWith("; web-prod is left as it is"),
                run.console().lastLine());
    }

    @Test
    void anAbortDuringTheSwapWaitsForIt() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").start();
        until(() -> calls("SwapEnvironmentCNAMEs") == 1);
        run.job().stop();
        untilOver(run);

        assertTrue(run.result().isSwapped());
        assertEquals(LIVE, cname(run.result().getEnvironment()));
    }

    @Test
    void anAbortedTwinIsAborted() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle").simulation().command(Duration.ofMinutes(2));
        EnvironmentRun run = twins("v1").start();
        until(() -> calls("UpdateEnvironment") == 1);
        bench.advance(10);
        run.job().stop();
        untilOver(run);

        assertEquals(1, calls("AbortEnvironmentUpdate"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertTrue(there("web-b"));
    }

    @Test
    void anAbortWhileACloneBakesTerminatesIt() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("bakeMinutes", 60).start();
        bench.advance(Duration.ofMinutes(5));
        run.job().stop();
        bench.advance(60);

        assertEquals(1, run.ends());
        assertEquals(1, calls("TerminateEnvironment"));
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertTrue(there("web-prod"));
    }

    /** AWS may take minutes to look into a bundle. */
    @Test
    void anAbortWhileTheVersionIsProcessedClonesNothing() throws IOException {
        environment("web-prod", "web-prod");
        bench.aws().s3().createBucket("artifacts", false);
        bench.aws().s3().put("artifacts", "9.zip", new byte[] {1});
        EnvironmentRun run = green("v1")
                .with("version", null)
                .with("versionLabel", "v9")
                .with("bundle", "s3://artifacts/9.zip")
                .with("process", true)
                .start();
        until(() -> calls("CreateApplicationVersion") == 1);
        run.job().stop();
        bench.advance(Duration.ofMillis(100));

        assertEquals(1, run.ends());
        assertEquals(0, calls("CreateEnvironment"));
    }

    @Test
    void anAbortWhileATwinBakesEndsThat() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle");
        EnvironmentRun run = twins("v1").with("bakeMinutes", 60).start();
        bench.advance(Duration.ofMinutes(5));
        run.job().stop();
        bench.advance(30);

        assertEquals(1, run.ends());
        assertEquals(0, calls("AbortEnvironmentUpdate") + calls("SwapEnvironmentCNAMEs"));
        assertEquals("v1", run.last().versionLabel());
        assertTrue(
                run.console().lastLine().startsWith("web-a is untouched: "),
                run.console().lastLine());
    }

    @Test
    void settingsOfATwinThatAreLeftGoOn() {
        environment("web-a", "web-prod");
        environment("web-b", "web-idle").simulation().command(Duration.ofMinutes(2));
        EnvironmentRun run = twins("v1").with("optionSettings", List.of(COLOUR)).start();
        until(() -> calls("UpdateEnvironment") == 1);
        bench.advance(10);
        run.job().abandon();
        bench.advance(Duration.ofMinutes(10));

        assertEquals(0, calls("AbortEnvironmentUpdate"));
        assertEquals("blue", colour("web-b"));
    }

    @Test
    void aCloneGetsTheSettingsThatAreAskedFor() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("optionSettings", List.of(COLOUR)).start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals("blue", colour(run.result().getEnvironment()));
        assertNull(colour("web-prod"));
    }

    private String colour(String environment) {
        return EnvironmentService.client(bench.session())
                .describeConfigurationSettings(all -> all.applicationName("web").environmentName(environment))
                .configurationSettings()
                .get(0)
                .optionSettings()
                .stream()
                .filter(option -> option.optionName().equals("COLOUR"))
                .map(ConfigurationOptionSetting::value)
                .findFirst()
                .orElse(null);
    }

    /** AWS shows an environment that was terminated for an hour. */
    @Test
    void anOldEnvironmentThatIsLongGoneIsNotWaitedFor() {
        environment("web-prod", "web-prod");
        EnvironmentRun crashed = green("v1").with("oldEnvironment", "terminate").start();
        until(() -> calls("TerminateEnvironment") == 1);
        crashed.job().abandon();
        bench.advance(Duration.ofHours(2));
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).resume(crashed.id());
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertTrue(run.result().isSwapped());
    }

    @Test
    void aLiveEnvironmentThatWasUpdatedMeanwhileIsNotReplaced() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("bakeMinutes", 10).start();
        bench.advance(Duration.ofMinutes(2));
        EnvironmentService.client(bench.session()) // somebody who does not take turns with us
                .updateEnvironment(update -> update.environmentName("web-prod").versionLabel("v2"));
        untilOver(run);

        String cause = run.result().getCause();
        assertTrue(cause != null && cause.contains("web-prod got version 'v2' in the meantime"), cause);
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void whatCannotWorkIsRefusedBeforeAnythingIsDone() {
        environment("web-a", "web-prod");
        refused(green("v1").with("cname", "www"), "cname: no environment of application 'web' in eu-west-1 has the");
        refused(twins("v1"), "twin: there is no environment 'web-b' of application 'web'");
        environment("web-b", "web-idle");
        refused(twins("v1").with("cname", "www"), "cname: neither web-a (web-prod.");
        bench.aws()
                .beanstalk()
                .environment(EnvironmentSpec.simulated("web", "web-py")
                        .solutionStack("64bit Amazon Linux 2023 v4.5.1 running Python 3.12")
                        .version("v0"));
        refused(twins("v1").with("twin", "web-py"), "twin: web-py is on '64bit Amazon Linux 2023 v4");
    }

    @Test
    void aWorkerHasNoCnameToSwap() {
        environment("web-a", "web-prod");
        EnvironmentService.client(bench.session())
                .createEnvironment(create -> create.applicationName("web")
                        .environmentName("web-b")
                        .solutionStackName("64bit Amazon Linux 2023 v6.5.1 running Node.js 22")
                        .tier(tier -> tier.name("Worker").type("SQS/HTTP")));
        bench.advance(Duration.ofMinutes(1));
        EnvironmentRun run = twins("v1").start();
        untilOver(run);
        assertTrue(run.failure().getMessage().startsWith("twin: web-b is a worker environment"));
        assertEquals(0, calls("UpdateEnvironment"));
    }

    private void refused(EnvironmentRun run, String message) {
        run.start();
        untilOver(run);
        assertTrue(run.failure().getMessage().startsWith(message), run.failure().getMessage());
        assertEquals(0, calls("UpdateEnvironment") + calls("CreateEnvironment"));
    }
}
