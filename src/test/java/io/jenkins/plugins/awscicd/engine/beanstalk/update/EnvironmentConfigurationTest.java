package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationOptionSetting;

/** Environments that get settings and a platform along with a version, or are made. */
class EnvironmentConfigurationTest extends SteppedUpdates {

    private static final String VARIABLES = "aws:elasticbeanstalk:application:environment";
    private static final String CHANGING = "Changing the settings of web-prod before deploying v1";
    private static final String STACK = "64bit Amazon Linux 2023 v4.5.1 running Corretto 21";

    private EnvironmentRun configuring() {
        return deploy("1.zip")
                .with("versionLabel", "v1")
                .with("optionSettings", List.of(setting(VARIABLES, "KEY", "hush-hush")));
    }

    private static Map<String, Object> setting(String namespace, String name, String value) {
        return Map.of("namespace", namespace, "optionName", name, "value", value);
    }

    private String option(String namespace, String name) {
        return EnvironmentService.client(bench.session())
                .describeConfigurationSettings(all -> all.applicationName("web").environmentName("web-prod"))
                .configurationSettings()
                .get(0)
                .optionSettings()
                .stream()
                .filter(it ->
                        it.namespace().equals(namespace) && it.optionName().equals(name))
                .map(ConfigurationOptionSetting::value)
                .findFirst()
                .orElse(null);
    }

    private static long times(List<String> lines, String line) {
        return lines.stream().filter(line::equals).count();
    }

    @Test
    void settingsThatTheEnvironmentHasAreNotSentAgain() {
        environment(it -> it.variable("KEY", "hush-hush"));
        EnvironmentRun run = configuring()
                .with("optionsToRemove", List.of(Map.of("namespace", VARIABLES, "optionName", "OLD")))
                .start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals("v1", run.last().versionLabel());
        assertEquals(1, calls("UpdateEnvironment"));
        assertFalse(run.console().lines().contains(CHANGING));
    }

    @Test
    void aFlagIsTheSameHoweverItIsWritten() {
        environment(it -> it);
        EnvironmentRun run = deploy("1.zip")
                .with("optionSettings", List.of(setting("aws:elasticbeanstalk:command", "IgnoreHealthCheck", "False")))
                .start();
        untilOver(run);

        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void settingsThatMayNotBeReadAreSent() {
        environment(it -> it.variable("KEY", "hush-hush"));
        bench.aws()
                .faults()
                .on("ElasticBeanstalk.DescribeConfigurationSettings")
                .accessDenied();
        EnvironmentRun run = configuring().start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(2, calls("UpdateEnvironment"));
        assertTrue(
                run.console().lines().stream()
                        .anyMatch(line -> line.contains("elasticbeanstalk:DescribeConfigurationSettings")),
                () -> run.console().lines().toString());
    }

    @Test
    void oneSettingThatDiffersIsAnUpdate() {
        environment(it -> it.variable("KEY", "hush-hush"));
        EnvironmentRun run = deploy("1.zip")
                .with(
                        "optionSettings",
                        List.of(setting(VARIABLES, "KEY", "hush-hush"), setting(VARIABLES, "OTHER", "x")))
                .start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(2, calls("UpdateEnvironment"));
    }

    @Test
    void settingsComeBeforeTheVersionAndBothAreToldAndJudged() {
        environment(it -> it.variable("OLD", "x"));
        EnvironmentRun run = configuring()
                .with("optionsToRemove", List.of(Map.of("namespace", VARIABLES, "optionName", "OLD")))
                .with("solutionStackName", STACK)
                .start();
        untilOver(run);

        List<String> lines = run.console().lines();
        assertNull(run.result().getCause());
        assertEquals("v0", run.result().getPreviousVersionLabel());
        assertEquals("v1", run.last().versionLabel());
        assertEquals("hush-hush", option(VARIABLES, "KEY"));
        assertNull(option(VARIABLES, "OLD"));
        assertEquals(2, calls("UpdateEnvironment"));
        assertTrue(
                lines.indexOf(CHANGING) < lines.indexOf("Successfully deployed new configuration to environment."),
                lines.toString());
        assertTrue(lines.indexOf("Successfully deployed new configuration to environment.")
                < lines.indexOf("Deploying new version to instance(s)."));
        assertEquals(2, times(lines, "Environment update completed successfully."));
        assertFalse(lines.toString().contains("hush"), lines.toString());
        assertFalse(run.disk().read().toString().contains("hush"));
    }

    @Test
    void settingsThatFailKeepTheVersionBack() {
        EnvironmentSpec spec = environment(it -> it);
        spec.simulation().failingNext("no such key");
        EnvironmentRun run = configuring().start();
        untilOver(run);

        assertTrue(
                run.failure()
                        .getMessage()
                        .startsWith("web-prod did not get its new settings, and v1 was not deployed: "),
                run.failure().getMessage());
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void aSettingThatAwsRefusesIsToldWithoutItsValue() {
        environment(it -> it);
        EnvironmentRun run = deploy("1.zip")
                .with(
                        "optionSettings",
                        List.of(setting("aws:elasticbeanstalk:command", "DeploymentPolicy", "hush-hush")))
                .start();
        untilOver(run);

        String message = run.failure().getMessage();
        assertTrue(message.contains("OptionName: 'DeploymentPolicy'"), message);
        assertFalse(message.contains("hush"), message);
    }

    @Test
    void answersThatAreLostBeginNothingTwice() {
        environment(it -> it);
        bench.loseAnswerTo("ElasticBeanstalk.UpdateEnvironment");
        EnvironmentRun run = configuring().start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(2, calls("UpdateEnvironment"));
        assertEquals(1, times(run.console().lines(), "Deploying new version to instance(s)."));
    }

    @Test
    void aRestartAtAnyMomentBeginsEachOnceAndTellsItOnce() {
        environment(it -> it);
        for (int after : new int[] {1, 2, 4, 6, 8, 10, 14}) {
            String label = "v-" + after;
            long before = calls("UpdateEnvironment");
            EnvironmentRun crashed = configuring()
                    .with("versionLabel", label)
                    .with("optionSettings", List.of(setting(VARIABLES, "KEY", "value " + after)))
                    .start();
            bench.advance(after);
            if (crashed.isOver()) {
                continue;
            }
            crashed.job().abandon();
            List<String> lines = new ArrayList<>(crashed.console().lines());
            bench.advance(3);
            EnvironmentRun run = new EnvironmentRun(bench).after(crashed);
            if (crashed.startedIds().isEmpty()) {
                run.start();
            } else {
                run.resume(crashed.id());
            }
            untilOver(run);

            assertNull(run.failure(), label);
            assertNull(run.result().getCause(), label);
            assertEquals(label, run.last().versionLabel());
            assertEquals(2, calls("UpdateEnvironment") - before, label);
            lines.addAll(run.console().lines());
            assertEquals(2, times(lines, "Environment update is starting."), label + lines);
        }
    }

    @Test
    void anAbortWhileSettingsChangeAbortsThatAndDeploysNothing() {
        environment(it -> it).simulation().command(Duration.ofMinutes(2));
        EnvironmentRun run = configuring().start();
        bench.advanceUntil(() -> run.console().lines().contains(CHANGING), LONG);
        bench.advance(10);
        run.job().stop();
        untilOver(run);

        assertTrue(run.failure() instanceof CancellationException, String.valueOf(run.failure()));
        assertEquals(1, calls("AbortEnvironmentUpdate"));
        assertEquals(1, calls("UpdateEnvironment"));
        assertNull(option(VARIABLES, "KEY"));
    }

    @Test
    void settingsThatAreLeftGoOn() {
        environment(it -> it).simulation().command(Duration.ofMinutes(2));
        EnvironmentRun run = configuring().start();
        bench.advanceUntil(() -> run.console().lines().contains(CHANGING), LONG);
        bench.advance(10);
        run.job().abandon();
        bench.advance(Duration.ofMinutes(10));

        assertEquals(0, calls("AbortEnvironmentUpdate"));
        assertEquals(1, calls("UpdateEnvironment"));
        assertEquals("hush-hush", option(VARIABLES, "KEY"));
    }

    private EnvironmentRun creating() {
        return configuring()
                .with("createApplication", true)
                .with("createEnvironment", true)
                .with("solutionStackName", STACK);
    }

    @Test
    void aMissingEnvironmentIsMadeWithTheVersionAndWatchedUntilItIsWell() {
        EnvironmentRun run = creating().start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertNull(run.result().getPreviousVersionLabel());
        assertEquals("v1", run.last().versionLabel());
        assertEquals("Ready", run.last().status());
        assertEquals("hush-hush", option(VARIABLES, "KEY"));
        assertTrue(run.console().lines().contains("Successfully launched environment: web-prod"));
        assertEquals(1, calls("CreateEnvironment"));
        assertEquals(0, calls("UpdateEnvironment"));
    }

    @Test
    void aLaunchThatGoesWrongIsAFailure() {
        bench.aws().beanstalk().simulation("web-prod").failing("v1", "no such port");
        EnvironmentRun run = creating().start();
        untilOver(run);

        assertTrue(run.result().getCause() != null);
    }

    @Test
    void anEnvironmentIsMadeOnceWhateverBecomesOfTheAnswer() {
        bench.loseAnswerTo("ElasticBeanstalk.CreateEnvironment");
        EnvironmentRun crashed = creating().start();
        bench.advance(4);
        crashed.job().abandon();
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertEquals(1, calls("CreateEnvironment"));
        assertEquals(0, calls("UpdateEnvironment"));
    }

    @Test
    void nothingIsMadeUnasked() {
        EnvironmentRun noApplication = deploy("1.zip").start();
        untilOver(noApplication);
        String message = noApplication.failure().getMessage();
        assertTrue(message.endsWith("create it with createApplication: true"), message);

        EnvironmentRun noEnvironment =
                deploy("1.zip").with("createApplication", true).start();
        untilOver(noEnvironment);
        message = noEnvironment.failure().getMessage();
        assertTrue(message.startsWith("environment: there is no environment 'web-prod'"), message);
        assertTrue(message.endsWith("create it with createEnvironment: true"), message);
    }
}
