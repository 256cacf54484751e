package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.localaws.beanstalk.BeanstalkTiming;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Dialect;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an update is a success, and when it is none, whatever way of AWS is met. Health is told twenty seconds late. */
class UpdateVerdictTest extends SteppedUpdates {

    private static final String STACK = "64bit Amazon Linux 2023 v4.5.1 running Corretto 21";

    UpdateVerdictTest() {
        super(Bench.stepped(it -> it.beanstalkTiming(BeanstalkTiming.DEFAULT.withSettling(Duration.ofSeconds(20)))));
    }

    private EnvironmentSpec spec;

    @BeforeEach
    void environment() {
        spec = environment(it -> it);
    }

    private void denyEvents() {
        bench.aws().faults().on("ElasticBeanstalk.DescribeEvents").accessDenied();
    }

    private EnvironmentRun over(EnvironmentRun run) {
        untilOver(run);
        return run;
    }

    @Test
    void withoutItsEventsAnUpdateIsNoSuccess() {
        denyEvents();
        EnvironmentRun run = over(deploy("1.zip").start());

        String cause = run.result().getCause();
        assertTrue(cause != null && cause.startsWith("it is unknown whether '"), cause);
        assertTrue(cause.contains("the IAM action elasticbeanstalk:DescribeEvents"), cause);
    }

    @Test
    void aRedeployOfTheSameVersionWithoutEventsIsNoSuccess() {
        EnvironmentRun first = over(deploy("1.zip").start());
        assertNull(first.result().getCause());
        denyEvents();
        EnvironmentRun run = over(deploy("1.zip").start());

        assertTrue(
                run.result().getCause().contains("elasticbeanstalk:DescribeEvents"),
                run.result().getCause());
    }

    @Test
    void eventsThatAreThereAfterAFewMinutesAreWaitedFor() {
        bench.aws().faults().on("ElasticBeanstalk.DescribeEvents").error(503);
        EnvironmentRun run = deploy("1.zip").start();
        bench.advance(Duration.ofMinutes(6));
        assertFalse(run.isOver());
        bench.aws().faults().clear();
        over(run);

        assertNull(run.result().getCause());
        assertTrue(run.console().lines().contains("Environment update completed successfully."));
    }

    @Test
    void eventsThatNeverComeAreNotWaitedForForever() {
        bench.aws().faults().on("ElasticBeanstalk.DescribeEvents").notYetVisible();
        EnvironmentRun run = over(deploy("1.zip").start());

        assertTrue(run.result().getCause() != null, run.console().lines().toString());
    }

    @Test
    void healthIsHeldOnlyWhileItIsSeen() {
        EnvironmentRun run = deploy("1.zip").with("healthMinutes", 6).start();
        bench.advance(Duration.ofMinutes(2));
        bench.aws().faults().on("ElasticBeanstalk.DescribeEnvironments").error(503);
        spec.simulation().health(HealthStatus.SEVERE, "100.0 % of the requests are failing.");
        bench.advance(Duration.ofMinutes(8));
        assertFalse(run.isOver(), "judged by what was seen eight minutes before");
        assertFalse(
                run.console().lines().contains("AWS answers again"),
                run.console().lines().toString());
        bench.aws().faults().clear();
        over(run);

        assertTrue(run.console().lines().contains("AWS answers again"));
        assertTrue(
                run.result().getCause().contains("Red (Severe)"), run.result().getCause());
    }

    @Test
    void whatNobodyHasSeenIsNotCountedAsHeld() {
        EnvironmentRun run = deploy("1.zip").with("healthMinutes", 6).start();
        bench.advance(Duration.ofMinutes(2));
        bench.aws().faults().on("ElasticBeanstalk.DescribeEnvironments").error(503);
        bench.advance(Duration.ofMinutes(8));
        bench.aws().faults().clear();
        bench.advance(Duration.ofMinutes(3));
        assertFalse(run.isOver(), "five minutes were seen");
        over(run);

        assertNull(run.result().getCause());
    }

    @ParameterizedTest
    @EnumSource(names = {"HEALTH_GREY", "HEALTH_ALARMED", "LABEL_AT_ONCE", "NO_LAST_WORD", "BLANK_TIER_VERSION"})
    void aVersionThatIsWellIsASuccess(Dialect dialect) {
        bench.aws().beanstalk().dialect(dialect);
        EnvironmentRun run = over(deploy("1.zip").start());

        assertNull(run.result().getCause());
        assertEquals("Green (Ok)", run.last().healthInWords());
    }

    @ParameterizedTest
    @EnumSource(names = {"HEALTH_GREY", "HEALTH_ALARMED", "LABEL_AT_ONCE", "NO_LAST_WORD"})
    void theHealthOfBeforeIsNotTheHealthOfTheVersion(Dialect dialect) {
        bench.aws().beanstalk().dialect(dialect);
        staleHealthIsNoSuccess();
    }

    @Test
    void staleHealthIsNoSuccess() {
        String label = over(deploy("1.zip").start()).result().getVersionLabel();
        over(deploy("2.zip").start());
        spec.simulation().healthOf(label, HealthStatus.SEVERE, "100.0 % of the requests are failing.");
        EnvironmentRun run =
                over(deploy("1.zip").with("healthTimeoutMinutes", 3).start());

        assertTrue(
                String.valueOf(run.result().getCause()).contains("the environment is Red (Severe)"),
                run.result().getCause());
    }

    @Test
    void basicHealthHasNoHealthToTellAndThenTheRightOne() {
        bench.aws()
                .beanstalk()
                .environment(EnvironmentSpec.simulated("web", "web-basic")
                        .version("v0")
                        .basicHealth());
        EnvironmentRun run =
                over(deploy("1.zip").with("environment", "web-basic").start());

        assertNull(run.result().getCause());
        assertEquals("Green", run.last().healthInWords());
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "HEALTH_GREY",
                "HEALTH_ALARMED",
                "LABEL_AT_ONCE",
                "COMPLETE_WITH_ERRORS",
                "COMMAND_TIMEOUTS",
                "NO_LAST_WORD"
            })
    void aDeploymentThatFailsIsNoSuccess(Dialect dialect) {
        bench.aws().beanstalk().dialect(dialect);
        spec.simulation().failingNext("no such port");
        EnvironmentRun run = over(
                deploy("1.zip").with("versionLabel", "v1").with("health", "any").start());

        assertTrue(
                String.valueOf(run.result().getCause()).contains("no such port"),
                run.result().getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "REVERTED_LATE", "COMMAND_TIMEOUTS", "HEALTH_ALARMED"})
    void settingsThatFailKeepTheVersionFromBeingDeployed(String dialect) {
        if (!dialect.isEmpty()) {
            bench.aws().beanstalk().dialect(Dialect.valueOf(dialect));
        }
        spec.simulation().failingNext("no such port");
        EnvironmentRun run = over(deploy("1.zip")
                .with(
                        "optionSettings",
                        List.of(Map.of(
                                "namespace",
                                "aws:elasticbeanstalk:application:environment",
                                "optionName",
                                "KEY",
                                "value",
                                "x")))
                .start());

        assertNotNull(run.failure());
        assertEquals("v0", bench.aws().beanstalk().environment("web-prod").versionLabel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LAUNCH_ISSUES", "LAUNCH_TERMINATED"})
    void aLaunchThatFailsIsNoSuccess(String dialect) {
        if (!dialect.isEmpty()) {
            bench.aws().beanstalk().dialect(Dialect.valueOf(dialect));
        }
        bench.aws().beanstalk().simulation("web-new").failingNext("no such port");
        EnvironmentRun run = over(deploy("1.zip")
                .with("environment", "web-new")
                .with("createEnvironment", true)
                .with("solutionStackName", STACK)
                .with("health", "any")
                .start());

        assertTrue(
                String.valueOf(run.result().getCause()).contains("no such port"),
                run.result().getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LAUNCH_COMPLETED"})
    void aLaunchThatGoesWellIsASuccess(String dialect) {
        if (!dialect.isEmpty()) {
            bench.aws().beanstalk().dialect(Dialect.valueOf(dialect));
        }
        EnvironmentRun run = over(deploy("1.zip")
                .with("environment", "web-new")
                .with("createEnvironment", true)
                .with("solutionStackName", STACK)
                .with("health", "any")
                .start());

        assertNull(run.failure());
        assertNull(run.result().getCause());
    }

    @Test
    void aCloneIsMadeOfAnEnvironmentWhoseTierHasABlankVersion() {
        bench.aws().beanstalk().dialect(Dialect.BLANK_TIER_VERSION);
        EnvironmentRun run = over(deploy("1.zip")
                .with("strategy", "blueGreen")
                .with("cname", "web-prod")
                .start());

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertTrue(run.result().isSwapped());
    }

    /** The update ends between the look that finds it abortable and the call. */
    @Test
    void anAbortOfWhatHasJustEndedIsNoFault() {
        spec.simulation().command(Duration.ofMinutes(1));
        EnvironmentRun run = deploy("1.zip").start();
        bench.advanceUntil(
                () -> bench.aws()
                        .beanstalk()
                        .environment("web-prod")
                        .status()
                        .name()
                        .equals("UPDATING"),
                LONG);
        bench.advance(10);
        bench.aws().faults().on("ElasticBeanstalk.AbortEnvironmentUpdate").error(400);
        run.job().stop();
        bench.advance(Duration.ofMinutes(4));

        assertEquals(1, run.ends());
        assertNull(run.failure());
        assertTrue(calls("AbortEnvironmentUpdate") > 0);
    }
}
