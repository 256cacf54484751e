package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployments by a clock that shows any other time than AWS's. */
class DeploymentClockTest extends SteppedDeployments {

    private void clock(long minutesAheadOfAws) {
        bench.setClock(Duration.ofMinutes(minutesAheadOfAws));
    }

    @ParameterizedTest
    @ValueSource(longs = {-100_000, -10, 10, 2000, 100_000})
    void aRestartBeforeTheIdWasKeptFindsTheDeployment(long minutesAheadOfAws) {
        group(it -> it);
        clock(minutesAheadOfAws);
        DeploymentRun crashed = deploy("1.zip").start();
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon(); // its id was never written
        bench.advance(Duration.ofMinutes(30)); // and it has ended long ago
        DeploymentRun run = new DeploymentRun(bench).after(crashed).start();
        untilOver(run);

        assertEquals(List.of(crashed.id()), run.startedIds());
        assertEquals(1, calls("CreateDeployment"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-200, -10, 10, 200})
    void aRunNeverOvertakesANewerOneThatWasDeployedAlready(long minutesAheadOfAws) {
        group(it -> it);
        clock(minutesAheadOfAws);
        long queued = bench.now().toEpochMilli();
        bench.advance(5);
        DeploymentRun newer =
                deploy("2.zip").turn("web #5", bench.now().toEpochMilli()).start();
        untilOver(newer);
        DeploymentRun older = deploy("1.zip")
                .turn("web #4", queued)
                .with("whenBusy", "newestWins")
                .start();
        untilOver(older);

        assertInstanceOf(Superseded.class, older.failure());
        assertEquals(1, deployments().size());
    }

    /** With credentials for which AWS has not answered yet, so that the step begins by this machine's clock. */
    @ParameterizedTest
    @ValueSource(longs = {-200, 0, 200})
    void whatAStepContinuesIsToldFromThenOn(long minutesAheadOfAws) {
        group(it -> it.blueGreen().stopUnlessContinued(60).terminateAfter(10));
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        bench.advance(Duration.ofMinutes(5));
        clock(minutesAheadOfAws);
        DeploymentRun going = new DeploymentRun(bench, bench.session(Bench.BOB, Bench.REGION))
                .with("continueAfterReady", deploying.result())
                .start();
        bench.advanceUntil(going::isOver, Duration.ofHours(1));

        List<String> told = going.console().lines().stream()
                .filter(line -> line.startsWith("i-"))
                .toList();
        assertTrue(told.stream().anyMatch(line -> line.contains("AllowTraffic")), "what was done: " + told);
        assertTrue(told.stream().noneMatch(line -> line.contains("ApplicationStart")), "what was done before: " + told);
    }

    @ParameterizedTest
    @ValueSource(longs = {-200, 0, 200})
    void howLongItGoesOnIsToldByOneClock(long minutesAheadOfAws) {
        group(it -> it).simulation().events(Duration.ofMinutes(3));
        clock(minutesAheadOfAws);
        DeploymentRun run = deploy("1.zip").start();
        untilOver(run);

        List<String> told = run.console().lines().stream()
                .filter(line -> line.contains(" after "))
                .toList();
        assertTrue(!told.isEmpty(), run.console().lines().toString());
        for (String line : told) {
            assertTrue(line.matches(".* after (?:\\d{1,2} min)?[ \\d.]*s?(?:;.*)?"), line);
        }
    }
}
