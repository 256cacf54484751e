package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationOptionSetting;

/** Updates whose answers were lost, by a clock that shows any other time than AWS's: each is asked for once, and is nobody else's. */
class UpdateClockTest extends SteppedUpdates {

    private void clock(long minutesAheadOfAws) {
        bench.setClock(Duration.ofMinutes(minutesAheadOfAws));
    }

    private void losesTheAnswerTo(String operation) {
        bench.aws()
                .faults()
                .on("ElasticBeanstalk." + operation)
                .cutConnection()
                .afterExecution()
                .times(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-100_000, -200, -3, 3, 62, 200, 100_000})
    void anUpdateIsKnownAgain(long minutesAheadOfAws) {
        environment(it -> it);
        clock(minutesAheadOfAws);
        losesTheAnswerTo("UpdateEnvironment");
        EnvironmentRun run = deploy("1.zip").start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-200, -3, 3, 200})
    void soIsOneThatWasBegunBeforeARestart(long minutesAheadOfAws) {
        environment(it -> it);
        clock(minutesAheadOfAws);
        losesTheAnswerTo("UpdateEnvironment");
        EnvironmentRun crashed = deploy("1.zip").start();
        bench.advanceUntil(() -> calls("UpdateEnvironment") > 0, LONG);
        crashed.job().abandon();
        bench.advance(Duration.ofMinutes(20));
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(1, calls("UpdateEnvironment"));
    }

    /** What was kept last is lost, and the clock is right again: only when the step was begun is left, by the wrong one. */
    @ParameterizedTest
    @ValueSource(longs = {-200, -8, 8, 200})
    void soIsOneOfWhichNothingWasKept(long minutesAheadOfAws) {
        environment(it -> it);
        clock(minutesAheadOfAws);
        losesTheAnswerTo("UpdateEnvironment");
        EnvironmentRun crashed = deploy("1.zip").start();
        bench.advanceUntil(() -> calls("UpdateEnvironment") > 0, LONG);
        crashed.job().abandon();
        bench.advance(Duration.ofMinutes(20));
        clock(0);
        EnvironmentRun run =
                new EnvironmentRun(bench).after(crashed, new Disk()).start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(1, calls("UpdateEnvironment"));
    }

    /** AWS does not say of which version it is, and it ends before ours is asked for. */
    @Test
    void whatSomebodyElseHasBegunAMomentBeforeIsNotTakenForOurs() {
        environment(it -> it).simulation().command(Duration.ofSeconds(2));
        EnvironmentService.client(bench.session())
                .updateEnvironment(update -> update.environmentName("web-prod")
                        .optionSettings(ConfigurationOptionSetting.builder()
                                .namespace("aws:elasticbeanstalk:application:environment")
                                .optionName("COLOUR")
                                .value("green")
                                .build()));
        bench.advance(30);
        bench.aws()
                .faults()
                .on("ElasticBeanstalk.UpdateEnvironment")
                .cutConnection()
                .times(1);
        EnvironmentRun run = deploy("1.zip").start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(run.result().getVersionLabel(), run.last().versionLabel());
        assertEquals(3, calls("UpdateEnvironment"), "theirs, the one that AWS has not heard, and ours");
    }

    @ParameterizedTest
    @ValueSource(longs = {-200, -3, 3, 200})
    void anOlderRunDoesNotUndoANewerOne(long minutesAheadOfAws) {
        environment(it -> it);
        clock(minutesAheadOfAws);
        long queued = bench.now().toEpochMilli();
        bench.advance(5);
        EnvironmentRun newer = deploy("1.zip")
                .with("whenBusy", "newestWins")
                .of("shop #2", bench.now().toEpochMilli())
                .start();
        untilOver(newer);
        EnvironmentRun older = deploy("2.zip")
                .with("whenBusy", "newestWins")
                .of("shop #1", queued)
                .start();
        untilOver(older);

        assertTrue(
                String.valueOf(older.failure()).contains("Stepped aside for shop #2"), String.valueOf(older.failure()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-200, -3, 3, 200})
    void aVersionThatWeHaveMadeUnheardIsOurs(long minutesAheadOfAws) {
        environment(it -> it);
        clock(minutesAheadOfAws);
        losesTheAnswerTo("CreateApplicationVersion");
        EnvironmentRun run = deploy("1.zip")
                .with("versionLabel", "rel")
                .with("reuseVersion", false)
                .start();
        untilOver(run);

        assertNull(run.failure(), String.valueOf(run.failure()));
        assertEquals("rel", run.last().versionLabel());
    }

    /** What is told of how long something took is by one clock. */
    @ParameterizedTest
    @ValueSource(longs = {-200, 0, 200})
    void howLongItTookIsToldByOneClock(long minutesAheadOfAws) {
        environment(it -> it);
        EnvironmentRun run = deploy("1.zip").start();
        bench.advanceUntil(() -> calls("UpdateEnvironment") > 0, LONG);
        clock(minutesAheadOfAws);
        untilOver(run);

        assertTrue(
                run.console()
                        .lastLine()
                        .matches("web-prod runs \\S+ and is Green \\(Ok\\) after (?:\\d min )?[\\d.]+ s"),
                run.console().lastLine());
    }
}
