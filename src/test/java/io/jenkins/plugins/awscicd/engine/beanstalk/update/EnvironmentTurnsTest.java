package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs that want the same environment, and what they do when it is busy. */
class EnvironmentTurnsTest extends SteppedUpdates {

    private EnvironmentRun run(int number, String whenBusy) {
        return deploy(number % 2 == 0 ? "2.zip" : "1.zip")
                .with("versionLabel", "v" + number)
                .with("whenBusy", whenBusy)
                .of("shop #" + number, number);
    }

    private void slowEnvironment() {
        environment(it -> it).simulation().command(Duration.ofMinutes(2));
    }

    /** Begins an update by hand. */
    private void somebodyElse() {
        bench.aws().beanstalk().version("web", "theirs", "artifacts", "2.zip");
        EnvironmentService.client(bench.session())
                .updateEnvironment(update -> update.environmentName("web-prod").versionLabel("theirs"));
    }

    @Test
    void runsComeOneAfterTheOtherInTheirOrder() {
        slowEnvironment();
        EnvironmentRun first = run(1, "wait").start();
        bench.advance(10);
        EnvironmentRun second = run(2, "wait").start();
        bench.advance(10);
        EnvironmentRun third = run(3, "wait").start();
        bench.advanceUntil(third::isOver, LONG);

        Stream.of(first, second, third).forEach(it -> assertNull(it.result().getCause()));
        assertTrue(first.overAt().isBefore(second.overAt()));
        assertTrue(second.overAt().isBefore(third.overAt()));
        assertTrue(
                third.console().lines().contains("Waiting behind shop #2, whose turn it is in 'web-prod'"),
                third.console().lines().toString());
        assertEquals(3, begun());
    }

    /** Which of them a controller goes on with first after a restart is chance, and what was in their way may be over. */
    @Test
    void thoseThatWaitedKeepTheirOrderOverARestart() {
        slowEnvironment();
        EnvironmentRun before = run(1, "wait").start();
        bench.advance(10);
        EnvironmentRun older = run(2, "wait").start();
        EnvironmentRun newer = run(3, "wait").start();
        bench.advance(10);
        older.job().abandon();
        newer.job().abandon();
        untilOver(before);
        EnvironmentRun second = new EnvironmentRun(bench).after(newer).start();
        bench.advance(10);
        EnvironmentRun first = new EnvironmentRun(bench).after(older).start();
        untilOver(first);
        untilOver(second);
        Stream.of(first, second).forEach(it -> assertNull(it.result().getCause()));
        assertEquals(3, begun());
        assertTrue(
                first.overAt().isBefore(second.overAt()),
                "the older one was deployed last, and stays" + first.console().lines()
                        + second.console().lines());
    }

    @Test
    void otherCredentialsOfTheAccountTakeTheirTurnsInTheSameQueue() {
        slowEnvironment();
        EnvironmentRun first = run(1, "wait").start();
        bench.advance(10);
        EnvironmentRun third = run(3, "wait").start();
        bench.advance(10);
        EnvironmentRun second = deploy(bench.session(Bench.BOB, Bench.REGION), "2.zip")
                .with("versionLabel", "v2")
                .of("shop #2", 2)
                .start();
        bench.advanceUntil(third::isOver, LONG);

        Stream.of(first, second, third).forEach(it -> assertNull(it.result().getCause()));
        assertTrue(second.overAt().isBefore(third.overAt()), "an older version came last, and stayed");
    }

    @Test
    void theNewestWins() {
        slowEnvironment();
        EnvironmentRun first = run(1, "newestWins").start();
        bench.advance(10);
        EnvironmentRun second = run(2, "newestWins").start();
        bench.advance(10);
        EnvironmentRun third = run(3, "newestWins").start();
        bench.advanceUntil(third::isOver, LONG);

        assertNull(first.result().getCause());
        assertNull(third.result().getCause());
        assertTrue(second.failure() instanceof Superseded, String.valueOf(second.failure()));
        assertEquals(
                "Stepped aside for shop #3, which is newer and waits as well",
                second.failure().getMessage());
    }

    /** It has found the environment busy when it was its turn, and the newer one has come meanwhile. */
    @Test
    void whatComesBackIntoTheQueueStepsAsideForANewerOne() {
        slowEnvironment();
        somebodyElse();
        bench.advance(5);
        bench.aws()
                .faults()
                .on("ElasticBeanstalk.DescribeEnvironments")
                .error(503)
                .times(4);
        EnvironmentRun first = run(1, "newestWins").start();
        bench.advanceUntil(() -> calls("DescribeEnvironments") > 0, LONG);
        EnvironmentRun second = run(2, "newestWins").start();
        bench.advanceUntil(() -> first.isOver() && second.isOver(), LONG);

        assertTrue(
                first.failure() instanceof Superseded, first.console().lines().toString());
        assertNull(second.result().getCause());
        assertEquals(2, begun(), "theirs, and the newest");
    }

    @Test
    void anOlderRunDoesNotUndoANewerOne() {
        environment(it -> it);
        EnvironmentRun newer = run(2, "newestWins").start();
        untilOver(newer);
        EnvironmentRun older = run(1, "newestWins").start();
        untilOver(older);

        assertEquals(
                "Stepped aside for shop #2, which is newer and was deployed first",
                older.failure().getMessage());
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void theUpdateOfAnOlderRunOfTheJobIsAborted() {
        slowEnvironment();
        EnvironmentRun first = run(1, "wait").start();
        bench.advance(20);
        EnvironmentRun second = run(2, "abortOwn").start();
        bench.advanceUntil(second::isOver, LONG);

        assertTrue(first.result().getCause() != null);
        assertNull(second.result().getCause());
        assertTrue(
                second.console().lines().contains("Aborting the update of shop #1"),
                second.console().lines().toString());
        assertEquals(1, calls("AbortEnvironmentUpdate"));
    }

    @Test
    void anUpdateThatWasPickedUpAfterARestartIsOwnToo() {
        slowEnvironment();
        EnvironmentRun crashed = run(1, "wait").start();
        bench.advance(20);
        crashed.job().abandon();
        EnvironmentRun first = new EnvironmentRun(bench).after(crashed).resume(crashed.id());
        bench.advance(5);
        EnvironmentRun second = run(2, "abortOwn").start();
        bench.advanceUntil(() -> first.isOver() && second.isOver(), LONG);

        assertEquals(1, calls("AbortEnvironmentUpdate"));
        assertNull(second.result().getCause());
    }

    @Test
    void nobodyElsesUpdateIsAborted() {
        slowEnvironment();
        somebodyElse();
        bench.advance(5);
        EnvironmentRun run = run(1, "abortOwn").start();
        untilOver(run);
        EnvironmentRun otherJob = run(3, "wait").of("other #1", 1).start();
        bench.advance(20);
        EnvironmentRun again = run(4, "abortOwn").start();
        bench.advanceUntil(() -> otherJob.isOver() && again.isOver(), LONG);

        Stream.of(run, otherJob, again).forEach(it -> assertNull(it.result().getCause()));
        assertEquals(0, calls("AbortEnvironmentUpdate"));
    }

    @Test
    void anAbortLeavesTheUpdateOfTheNextOneAlone() {
        EnvironmentSpec spec = environment(it -> it);
        EnvironmentRun first = run(1, "wait").with("healthMinutes", 30).start();
        bench.advanceUntil(() -> environmentRuns("v1"), LONG);
        spec.simulation().command(Duration.ofMinutes(10));
        EnvironmentRun second = run(2, "wait").start();
        bench.advanceUntil(() -> calls("UpdateEnvironment") == 2, LONG);
        bench.advance(30);
        first.job().stop();
        bench.advance(30);

        assertEquals(1, first.ends(), "nothing is left to be waited for");
        assertEquals(0, calls("AbortEnvironmentUpdate"));
        untilOver(second);
        assertNull(second.result().getCause());
    }

    private boolean environmentRuns(String label) {
        return bench.aws().beanstalk().environment("web-prod").versionLabel().equals(label);
    }

    /** Its turn lasts as long as its health is watched. */
    @Test
    void theVersionBeforeIsNotBroughtBackWhileTheHealthIsWatched() {
        environment(it -> it);
        EnvironmentRun first = run(1, "wait").with("healthMinutes", 5).start();
        bench.advance(Duration.ofMinutes(3));
        EnvironmentRun back = run(2, "wait")
                .with("versionLabel", null)
                .with("bundle", null)
                .with("version", "v0")
                .start();
        bench.advanceUntil(() -> first.isOver() && back.isOver(), LONG);

        assertNull(first.result().getCause(), first.console().lines().toString());
        assertNull(back.result().getCause());
        assertTrue(first.overAt().isBefore(back.overAt()));
        assertEquals("v0", back.last().versionLabel());
        assertTrue(back.console().lines().contains("Waiting behind shop #1, whose turn it is in 'web-prod'"));
    }

    @Test
    void aNewerUpdateBySomebodyElseIsToldAsSuch() {
        environment(it -> it);
        EnvironmentRun run = run(1, "wait").with("healthMinutes", 10).start();
        bench.advance(Duration.ofMinutes(4));
        EnvironmentService.client(bench.session())
                .updateEnvironment(update -> update.environmentName("web-prod").versionLabel("v0"));
        untilOver(run);

        assertNull(run.result().getCause(), run.console().lines().toString());
        assertTrue(
                run.console().lastLine().startsWith("Deployed; by another update since, web-prod runs v0"),
                run.console().lastLine());
    }

    /** Whose health is being watched has nothing left that could be aborted. */
    @Test
    void abortOwnWaitsForTheHealthWatch() {
        environment(it -> it);
        EnvironmentRun first = run(1, "wait").with("healthMinutes", 5).start();
        bench.advance(Duration.ofMinutes(3));
        EnvironmentRun second = run(2, "abortOwn").start();
        bench.advanceUntil(() -> first.isOver() && second.isOver(), LONG);

        assertNull(first.result().getCause());
        assertNull(second.result().getCause());
        assertEquals(0, calls("AbortEnvironmentUpdate"));
    }

    @Test
    void aVersionThatIsDeletedBeforeItsTurnIsNamed() {
        slowEnvironment();
        untilOver(run(1, "wait").start());
        EnvironmentRun busy = run(3, "wait").start();
        bench.advance(10);
        EnvironmentRun run = run(2, "wait").start();
        bench.advance(10);
        EnvironmentService.client(bench.session())
                .deleteApplicationVersion(
                        version -> version.applicationName("web").versionLabel("v2"));
        bench.advanceUntil(() -> busy.isOver() && run.isOver(), LONG);

        String message = run.failure().getMessage();
        assertTrue(message.startsWith("version: version 'v2' no longer exists: somebody has deleted it"), message);
    }

    @Test
    void aRunThatIsNotToWaitFails() {
        slowEnvironment();
        somebodyElse();
        bench.advance(5);
        EnvironmentRun run = run(1, "fail").start();
        untilOver(run);

        assertTrue(
                run.failure().getMessage().startsWith("whenBusy: web-prod is Updating; wait for it"),
                run.failure().getMessage());
    }

    @Test
    void anAbortWhileWaitingLetsTheNextOneThrough() {
        slowEnvironment();
        somebodyElse();
        bench.advance(5);
        EnvironmentRun first = run(1, "wait").start();
        EnvironmentRun second = run(2, "wait").start();
        bench.advance(10);
        first.job().stop();
        bench.advanceUntil(second::isOver, LONG);

        assertTrue(first.failure() != null);
        assertNull(second.result().getCause());
    }

    @Test
    void withoutAJournalAVersionIsNotDeployedTwice() {
        environment(it -> it);
        EnvironmentRun crashed = run(1, "wait").start();
        bench.advanceUntil(() -> calls("UpdateEnvironment") == 1, LONG);
        crashed.job().abandon();
        EnvironmentRun run =
                new EnvironmentRun(bench).after(crashed, new Disk()).start();
        untilOver(run);

        assertNull(run.failure());
        assertNull(run.result().getCause());
        assertEquals(1, calls("CreateApplicationVersion"));
        assertEquals(1, begun());
    }

    @Test
    void aCrashAfterTheVersionIsMadeMakesNoOther() {
        environment(it -> it);
        EnvironmentRun crashed = run(1, "wait").with("process", true).start();
        bench.advanceUntil(() -> calls("CreateApplicationVersion") == 1, LONG);
        crashed.job().abandon();
        EnvironmentRun run =
                new EnvironmentRun(bench).after(crashed, new Disk()).start();
        untilOver(run);

        assertNull(run.result().getCause());
        assertEquals(1, calls("CreateApplicationVersion"));
        assertEquals(1, begun());
    }

    @Test
    void aNewVersionWhoseAnswerWasLostIsNoOtherOne() {
        environment(it -> it);
        bench.loseAnswerTo("ElasticBeanstalk.CreateApplicationVersion");
        EnvironmentRun crashed = run(1, "wait").with("reuseVersion", "false").start();
        bench.advanceUntil(() -> calls("CreateApplicationVersion") == 1, LONG);
        crashed.job().abandon();
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).start();
        untilOver(run);
        assertNull(run.failure());
        assertNull(run.result().getCause());

        bench.advance(Duration.ofMinutes(10));
        EnvironmentRun other = run(1, "wait").with("reuseVersion", "false").start();
        untilOver(other);
        assertTrue(
                other.failure().getMessage().startsWith("reuseVersion: version 'v1' already exists"),
                other.failure().getMessage());
    }

    @Test
    void whatSomebodyElseBeginsAtTheSameTimeIsNotOurs() {
        slowEnvironment();
        AtomicBoolean faster = new AtomicBoolean();
        EnvironmentRun run = run(1, "wait")
                .asking((application, environment, version) -> {
                    if (faster.compareAndSet(false, true)) {
                        EnvironmentService.client(bench.session())
                                .updateEnvironment(update -> update.environmentName("web-prod")
                                        .optionSettings(option -> option.namespace(
                                                        "aws:elasticbeanstalk:application:environment")
                                                .optionName("THEIRS")
                                                .value("1")));
                    }
                })
                .start();
        untilOver(run);

        assertTrue(faster.get());
        assertNull(run.failure());
        assertNull(run.result().getCause(), run.console().lines().toString());
        assertEquals("v1", run.last().versionLabel());
        assertEquals(2, begun());
    }

    @Test
    void theVersionThatRanBeforeIsDeployedAgain() {
        environment(it -> it);
        untilOver(run(1, "wait").start());
        EnvironmentRun back = run(2, "wait")
                .with("versionLabel", null)
                .with("bundle", null)
                .with("version", "v0")
                .start();
        untilOver(back);

        assertNull(back.result().getCause());
        assertEquals("v0", back.last().versionLabel());
        assertEquals("v1", back.result().getPreviousVersionLabel());
        assertEquals(1, calls("CreateApplicationVersion"));
    }

    @Test
    void anAccountThatIsFullOfVersionsStillDeploysThoseThatAreThere() {
        environment(it -> it);
        untilOver(run(1, "wait").start());
        bench.aws().beanstalk().versionQuota(2);
        EnvironmentRun full = run(2, "wait").start();
        untilOver(full);
        String message = full.failure().getMessage();
        assertTrue(message.startsWith("bundle: no version can be created from it"), message);
        assertTrue(message.contains("Delete versions that are no longer deployed"), message);

        EnvironmentRun reused = run(1, "wait").start();
        untilOver(reused);
        assertNull(reused.result().getCause());

        bench.aws().beanstalk().versionQuota(3);
        EnvironmentRun fits = run(4, "wait").start();
        untilOver(fits);
        assertNull(fits.result().getCause());
    }
}
