package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two steps that want the same pair of environments, at each moment at which the second may come. */
class PairTurnsTest extends SteppedBlueGreen {

    private EnvironmentRun twins(int number) {
        return twins("v" + number).of("shop #" + number, number).with("bakeMinutes", 5);
    }

    private EnvironmentRun clones(int number) {
        return green("v" + number).of("shop #" + number, number).with("bakeMinutes", 5);
    }

    private void secondHasSwappedLast(EnvironmentRun first, EnvironmentRun second) {
        good(first, second);
        assertEquals("web-b", first.result().getEnvironment());
        assertEquals("web-a", second.result().getEnvironment());
        assertEquals("v1", second.result().getPreviousVersionLabel());
        assertEquals(LIVE, cname("web-a"));
        assertEquals("v2", label("web-a"));
        assertEquals("v1", label("web-b"));
        assertEquals(2, calls("SwapEnvironmentCNAMEs"));
        assertEquals(2, calls("UpdateEnvironment"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 20, 60, 130, 340, 344, 348, 352, 356, 360, 370})
    void twinsTakeTurnsWheneverTheSecondComes(int seconds) {
        pair();
        EnvironmentRun first = twins(1).start();
        bench.advance(seconds);
        EnvironmentRun second = twins(2).start();
        until(() -> first.isOver() && second.isOver());

        secondHasSwappedLast(first, second);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 60, 348})
    void otherCredentialsOfTheAccountChangeNothing(int seconds) {
        pair();
        EnvironmentRun first = twins(1).start();
        bench.advance(seconds);
        EnvironmentRun second = new EnvironmentRun(bench, bench.session(Bench.BOB, Bench.REGION))
                .with("application", "web")
                .with("strategy", "blueGreen")
                .with("cname", LIVE)
                .with("environment", "web-b")
                .with("twin", "web-a")
                .with("version", "v2")
                .of("shop #2", 2)
                .start();
        until(() -> first.isOver() && second.isOver());

        secondHasSwappedLast(first, second);
    }

    /** Which of the two is picked up first after a restart, is for nobody to say. */
    @ParameterizedTest
    @CsvSource({
        "1, true",
        "1, false",
        "3, true",
        "3, false",
        "30, true",
        "30, false",
        "200, true",
        "200, false",
        "345, true",
        "345, false",
        "348, true",
        "348, false",
        "351, true",
        "351, false"
    })
    void afterARestartTheOneThatWasAtItHasItsPlaceAgain(int seconds, boolean secondFirst) {
        pair();
        EnvironmentRun first = twins(1).start();
        bench.advance(Duration.ofMillis(seconds * 1000L / 2));
        EnvironmentRun second = twins(2).start();
        bench.advance(Duration.ofMillis(seconds * 1000L / 2));
        second.job().abandon();
        first.job().abandon();
        bench.advance(5);
        Beanstalk engine = anotherEngine();
        EnvironmentRun firstAgain = new EnvironmentRun(bench).after(first).in(engine);
        EnvironmentRun secondAgain = new EnvironmentRun(bench).after(second).in(engine);
        (secondFirst ? secondAgain : firstAgain).goOn();
        bench.advance(3);
        (secondFirst ? firstAgain : secondAgain).goOn();
        until(() -> firstAgain.isOver() && secondAgain.isOver());

        secondHasSwappedLast(firstAgain, secondAgain);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 60, 320, 400, 425, 430, 435, 440})
    void clonesTakeTurnsOnTheSameCname(int seconds) {
        environment("web-prod", "web-prod");
        EnvironmentRun first = clones(1).with("oldEnvironment", "terminate").start();
        bench.advance(seconds);
        EnvironmentRun second = clones(2).with("oldEnvironment", "terminate").start();
        until(() -> first.isOver() && second.isOver());

        good(first, second);
        assertEquals(first.result().getEnvironment(), second.result().getOldEnvironment());
        assertEquals("v1", second.result().getPreviousVersionLabel());
        assertEquals(LIVE, cname(second.result().getEnvironment()));
        assertFalse(there(first.result().getEnvironment()));
        assertFalse(there("web-prod"));
        assertEquals(2, calls("CreateEnvironment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-a", "web-b"})
    void anUpdateInPlaceOfASideWaitsForThePair(String side) {
        pair();
        EnvironmentRun swapping = twins(1).start();
        bench.advance(60);
        EnvironmentRun inPlace = inPlace(side, "v2").of("shop #2", 2).start();
        until(() -> swapping.isOver() && inPlace.isOver());

        good(swapping, inPlace);
        assertTrue(reported(inPlace, "Waiting behind shop #1, whose turn it is in '" + side + "'"));
        assertTrue(inPlace.overAt().isAfter(swapping.overAt()));
        assertEquals("v2", label(side));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-a", "web-b"})
    void aPairWaitsForAnUpdateInPlaceOfASideAndItsHealthWatch(String side) {
        pair();
        EnvironmentRun inPlace =
                inPlace(side, "v1").of("shop #1", 1).with("healthMinutes", 10).start();
        bench.advance(Duration.ofMinutes(5));
        EnvironmentRun swapping = twins(2).start();
        until(() -> swapping.isOver() && inPlace.isOver());

        good(swapping, inPlace);
        assertTrue(inPlace.overAt().isBefore(swapping.overAt()));
        assertEquals("v2", label("web-b"));
        assertEquals(LIVE, cname("web-b"));
    }

    @Test
    void aCloneIsMadeAfterAnUpdateInPlaceOfWhatIsLive() {
        environment("web-prod", "web-prod");
        EnvironmentRun inPlace = inPlace("web-prod", "v1")
                .of("shop #1", 1)
                .with("healthMinutes", 5)
                .start();
        bench.advance(60);
        EnvironmentRun swapping = clones(2).start();
        bench.advance(60);
        assertEquals(0, calls("CreateEnvironment"));
        until(() -> swapping.isOver() && inPlace.isOver());

        good(swapping, inPlace);
        assertEquals("v1", swapping.result().getPreviousVersionLabel());
    }

    /** It held the sides as well as the CNAME: whoever waits for a side goes on waiting, and hears when it is through. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void afterARestartACloneHasItsSidesAgain(int other) {
        environment("web-prod", "web-prod");
        bench.aws().faults().on("ElasticBeanstalk.CreateEnvironment").error(503);
        EnvironmentRun crashed = clones(2).start();
        until(() -> calls("CreateEnvironment") > 0);
        crashed.job().abandon();
        bench.advance(60);
        bench.aws().faults().clear();
        Beanstalk engine = anotherEngine();
        EnvironmentRun clone =
                new EnvironmentRun(bench).after(crashed).in(engine).pickUp();
        EnvironmentRun inPlace =
                inPlace("web-prod", "v1").of("shop #" + other, other).in(engine).start();
        bench.advance(10);
        assertTrue(reported(inPlace, "Waiting behind shop #2, whose turn it is in 'web-prod'"));
        clone.launch();
        until(() -> clone.isOver() && inPlace.isOver());

        good(clone, inPlace);
        assertEquals("v0", clone.result().getPreviousVersionLabel());
        assertFalse(inPlace.overAt().isBefore(clone.overAt()));
    }

    /** A call that AWS has failed is made again: that is no new turn. */
    @Test
    void anOlderRunDoesNotComeBetweenTwoAttemptsOfOneThatHasTheTurn() {
        pair();
        bench.aws().faults().on("ElasticBeanstalk.UpdateEnvironment").error(503).times(1);
        EnvironmentRun newer = inPlace("web-b", "v2").of("shop #2", 2).start();
        until(() -> calls("UpdateEnvironment") == 1);
        EnvironmentRun older = inPlace("web-b", "v1").of("shop #1", 1).start();
        until(() -> newer.isOver() && older.isOver());

        good(newer, older);
        assertTrue(reported(older, "Waiting behind shop #2, whose turn it is in 'web-b'"));
        assertFalse(reported(newer, "Waiting behind"), newer.console().lines().toString());
        assertTrue(newer.overAt().isBefore(older.overAt()));
        assertEquals("v1", label("web-b"));
    }

    @Test
    void oneThatDoesNotWaitSaysWhoseTurnItIs() {
        pair();
        EnvironmentRun first = twins(1).start();
        bench.advance(Duration.ofMinutes(3));
        List<EnvironmentRun> impatient = List.of(
                twins(2).with("whenBusy", "fail").start(),
                inPlace("web-b", "v2").of("shop #3", 3).with("whenBusy", "fail").start());
        bench.advance(10);
        impatient.forEach(run -> assertTrue(
                run.failure().getMessage().startsWith("whenBusy: it is the turn of shop #1 in 'web-b'; wait for it"),
                run.failure().getMessage()));
        untilOver(first);
        good(first);
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void theNewestOfThoseThatWaitWins() {
        environment("web-prod", "web-prod");
        EnvironmentRun first = clones(1).with("whenBusy", "newestWins").start();
        bench.advance(20);
        EnvironmentRun second = clones(2).with("whenBusy", "newestWins").start();
        bench.advance(20);
        EnvironmentRun third = clones(3).with("whenBusy", "newestWins").start();
        until(() -> first.isOver() && third.isOver());

        good(first, third);
        assertTrue(second.failure() instanceof Superseded, String.valueOf(second.failure()));
        assertEquals(2, calls("CreateEnvironment"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 60, 200})
    void anAbortOfTheOneLetsTheOtherThrough(int seconds) {
        pair();
        EnvironmentRun first = twins(1).start();
        bench.advance(seconds);
        EnvironmentRun second = twins(2).start();
        bench.advance(3);
        first.job().stop();
        until(() -> first.isOver() && second.isOver());

        good(second);
        assertEquals("web-b", second.result().getEnvironment());
        assertEquals(LIVE, cname("web-b"));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void whatAnotherRunHasPutInItsPlaceIsNotWhatWasPrepared() {
        pair();
        EnvironmentRun first = twins(1).with("swap", false).start();
        untilOver(first);
        EnvironmentRun second = twins(2).with("swap", false).start();
        bench.advance(30);
        EnvironmentRun going = goOn(first.result()).of("shop #1", 1).start();
        until(() -> going.isOver() && second.isOver());
        assertFalse(going.overAt().isBefore(second.overAt()));
        assertTrue(
                going.failure().getMessage().contains("web-b runs 'v2' now, not 'v1'"),
                going.failure().getMessage());

        untilOver(goOn(second.result()).of("shop #2", 2).start());
        assertEquals("v2", label("web-b"));
        assertEquals(LIVE, cname("web-b"));
    }

    /** The label alone would not tell. */
    @Test
    void whatWasUpdatedSinceIsNotWhatWasPreparedThoughItHasTheVersion() {
        pair();
        EnvironmentRun first = twins(1).with("swap", false).start();
        untilOver(first);
        EnvironmentRun same = inPlace("web-b", "v1").start();
        untilOver(same);
        EnvironmentRun going = goOn(first.result()).start();
        untilOver(going);

        assertEquals(
                "continueBlueGreen: web-b has been updated by something else since it was prepared; prepare it again",
                going.failure().getMessage());
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void aCloneThatIsNotWhatWasPreparedIsNotDiscarded() {
        BeanstalkResult prepared = prepared();
        untilOver(inPlace(prepared.getEnvironment(), "v2").start());
        EnvironmentRun run = discard(prepared).start();
        untilOver(run);

        assertTrue(
                run.failure()
                        .getMessage()
                        .startsWith("discardBlueGreen: " + prepared.getEnvironment()
                                + " has been updated by something else"),
                run.failure().getMessage());
        assertTrue(there(prepared.getEnvironment()));
        untilOver(discard(prepared.getEnvironment()).with("cname", "web-prod").start());
        assertFalse(there(prepared.getEnvironment()));
    }

    /** Another controller has a queue of its own: only what AWS shows protects then. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 20, 60, 90, 130, 340, 344, 346, 348, 350, 352, 356, 370})
    void twoControllersNeverTouchWhatIsLive(int seconds) {
        pair();
        EnvironmentRun first = twins(1).start();
        bench.advance(seconds);
        EnvironmentRun second = twins(2).in(anotherEngine()).start();
        until(() -> first.isOver() && second.isOver());

        // One of them may lose its green to the other, and says so; whoever says that it has swapped, has.
        List.of(first, second).forEach(run -> {
            assertNull(run.failure(), run.console().lines().toString());
            assertEquals(
                    run.result().isSwapped(),
                    run.result().getCause() == null,
                    run.console().lines().toString());
        });
        assertTrue(second.result().isSwapped(), second.console().lines().toString());
        String live = second.result().getEnvironment();
        assertEquals(LIVE, cname(live));
        assertEquals("v2", label(live));
        assertEquals(first.result().isSwapped() ? "v1" : "v0", second.result().getPreviousVersionLabel());
        assertEquals(first.result().isSwapped() ? 2 : 1, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void whatSomebodyElseHasMadeLiveIsNotCalledOurs() {
        pair();
        EnvironmentRun run = twins(1).start();
        until(() -> reported(run, "web-b runs v1") || calls("UpdateEnvironment") == 1);
        bench.advance(Duration.ofMinutes(3));
        EnvironmentService.client(bench.session())
                .swapEnvironmentCNAMEs(
                        swap -> swap.sourceEnvironmentName("web-a").destinationEnvironmentName("web-b"));
        untilOver(run);

        good(run);
        assertTrue(
                reported(run, LIVE + " is already served by web-b"),
                run.console().lines().toString());
        assertFalse(reported(run, "Swapped"));
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void swappedIsSaidOnlyIfWhatIsLiveIsOurs() {
        pair();
        EnvironmentRun run = twins(1).start();
        until(() -> calls("SwapEnvironmentCNAMEs") == 1);
        bench.aws().faults().on("ElasticBeanstalk.DescribeEnvironments").error(503);
        until(() -> cname("web-b").equals(LIVE));
        EnvironmentService.client(bench.session())
                .updateEnvironment(update -> update.environmentName("web-b").versionLabel("v3"));
        bench.advance(Duration.ofMinutes(2));
        bench.aws().faults().clear();
        untilOver(run);

        String cause = String.valueOf(run.result().getCause());
        assertTrue(cause.contains("is served by web-b, but with 'v3' instead of 'v1'"), cause);
        assertFalse(run.result().isSwapped());
        assertFalse(reported(run, "Swapped"));
    }
}
