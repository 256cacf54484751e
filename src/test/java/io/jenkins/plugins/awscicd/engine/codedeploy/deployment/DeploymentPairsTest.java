package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Dialect;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two steps against each other, the second of which begins at each boundary in the first one's life. What AWS has done is judged by
 * what local AWS has kept, not by what the steps say.
 */
class DeploymentPairsTest extends SteppedDeployments {

    private static final String HOME = "123456789012";
    private static final String OTHER = "210987654321";

    /** Asked for, created, queued, in progress, failed, its rollback created, that in progress, all over; in milliseconds. */
    private static final List<Integer> BOUNDARIES =
            List.of(0, 1, 499, 501, 999, 1001, 4000, 4990, 5010, 9000, 14_990, 15_010, 16_010, 22_900, 23_100, 30_000);

    enum Partner {
        SAME_CREDENTIALS,
        OTHER_CREDENTIALS,
        ROLE
    }

    enum Incident {
        NONE,
        RESTART_OF_FIRST,
        RESTART_OF_SECOND,
        ABORT_OF_FIRST,
        ABORT_OF_SECOND
    }

    private final long begin = bench.now().toEpochMilli();

    static Stream<Arguments> cases() {
        return BOUNDARIES.stream()
                .flatMap(at -> Stream.of(Partner.values())
                        .flatMap(partner -> Stream.of(Incident.values())
                                .filter(incident -> partner != Partner.ROLE || incident == Incident.NONE)
                                .map(incident -> Arguments.of(at, partner, incident))));
    }

    /** A deployment that goes well is over after 8 s. */
    static Stream<Arguments> casesOfASuccess() {
        return cases().filter(it -> (int) it.get()[0] <= 9000);
    }

    private AwsSession session(Partner partner) {
        return switch (partner) {
            case SAME_CREDENTIALS -> bench.session();
            case OTHER_CREDENTIALS -> bench.session(Bench.BOB, Bench.REGION);
            case ROLE -> inRole(HOME);
        };
    }

    private AwsSession inRole(String account) {
        return bench.clients()
                .open(
                        new AwsAccess(
                                Bench.REGION,
                                null,
                                "arn:aws:iam::" + account + ":role/deployer",
                                null,
                                "tests",
                                bench.aws().endpoint().toString()),
                        Bench.ALICE);
    }

    private DeploymentRun run(AwsSession session, String revision, int number) {
        return deploy(session, revision).turn("web #" + number, begin + number);
    }

    /** As after a restart of the controller: from the id if it was kept, else from the token. */
    private DeploymentRun restarted(AwsSession session, DeploymentRun run) {
        run.job().abandon();
        DeploymentRun again = new DeploymentRun(bench, session).after(run);
        return run.startedIds().isEmpty() ? again.start() : again.resume(run.id());
    }

    /** What steps have created, oldest first. */
    private List<Deployment> created() {
        List<Deployment> all = new ArrayList<>(deployments());
        Set<String> rollbacks = all.stream()
                .map(Deployment::rollbackDeploymentId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        all.removeIf(it -> rollbacks.contains(it.id()));
        Collections.reverse(all);
        return all;
    }

    @ParameterizedTest
    @MethodSource("casesOfASuccess")
    void eachIsDeployedOnceInItsTurn(int at, Partner partner, Incident incident) {
        play(at, partner, incident, group(it -> it.instances("i-1")), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachIsDeployedOnceInItsTurnThoughTheFirstIsRolledBack(int at, Partner partner, Incident incident) {
        bench.aws().codeDeploy().speak(Set.of(Dialect.ROLLBACK_NAMED_LATE));
        play(at, partner, incident, group(it -> it.instances("i-1").autoRollback("DEPLOYMENT_FAILURE")), true);
    }

    /** Which of them a controller goes on with first after a restart is chance, and what was in their way may be over. */
    @Test
    void thoseThatWaitedKeepTheirOrderOverARestart() {
        group(it -> it.instances("i-1"));
        DeploymentRun before = run(bench.session(), "3.zip", 0).start();
        bench.advance(2);
        DeploymentRun older = run(bench.session(), "1.zip", 1).start();
        DeploymentRun newer = run(bench.session(), "2.zip", 2).start();
        bench.advance(2);
        older.job().abandon();
        newer.job().abandon();
        untilOver(before);
        bench.advance(60);
        DeploymentRun first = restarted(bench.session(), newer);
        bench.advance(10);
        DeploymentRun second = restarted(bench.session(), older);
        untilOver(first);
        untilOver(second);
        assertEquals(
                List.of("3.zip", "1.zip", "2.zip"),
                created().stream()
                        .map(it -> it.request().at("/revision/s3Location/key").asText())
                        .toList());
    }

    private void play(int at, Partner partner, Incident incident, GroupSpec group, boolean firstFails) {
        deployed("3.zip");
        if (firstFails) {
            group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));
        }
        DeploymentRun first = run(bench.session(), "1.zip", 1).start();
        bench.advance(Duration.ofMillis(at));
        boolean wasOver = first.isOver();
        DeploymentRun second = run(session(partner), "2.zip", 2).start();
        bench.advance(Duration.ofMillis(1));
        switch (incident) {
            case RESTART_OF_FIRST -> first = wasOver ? first : restarted(bench.session(), first);
            case RESTART_OF_SECOND -> second = restarted(session(partner), second);
            case ABORT_OF_FIRST -> first.job().stop();
            case ABORT_OF_SECOND -> second.job().stop();
            case NONE -> {}
        }
        DeploymentRun one = first;
        DeploymentRun two = second;
        bench.advanceUntil(() -> one.isOver() && two.isOver(), LONG);
        bench.advance(Duration.ofMinutes(5));

        assertEquals(1, one.ends());
        assertEquals(1, two.ends());
        List<Deployment> steps = created().subList(1, created().size());
        boolean firstUntouched = incident != Incident.ABORT_OF_FIRST || wasOver;
        boolean firstWasFirst = steps.size() == 2 || incident != Incident.ABORT_OF_FIRST;
        if (firstUntouched && incident != Incident.ABORT_OF_SECOND) {
            assertEquals(2, steps.size(), "one deployment each");
        }
        assertTrue(steps.size() <= 2, "one deployment each");
        if (firstUntouched) {
            assertEquals(
                    firstFails ? DeploymentStatus.FAILED : DeploymentStatus.SUCCEEDED,
                    steps.get(0).status());
            assertEquals(firstFails ? "Succeeded" : null, one.result().getRollbackStatus());
        }
        if (incident != Incident.ABORT_OF_SECOND && firstWasFirst) {
            Deployment last = steps.get(steps.size() - 1);
            assertEquals(DeploymentStatus.SUCCEEDED, last.status());
            assertEquals(last.id(), deployments().get(0).id(), "the newer one is what stays");
        }
        assertNoneOverlap();
    }

    /** AWS sees to that; whoever waits has to get along with it. */
    private void assertNoneOverlap() {
        List<Deployment> newestFirst = deployments();
        for (int i = 1; i < newestFirst.size(); i++) {
            assertFalse(newestFirst
                    .get(i)
                    .completeTime()
                    .isAfter(newestFirst.get(i - 1).createTime()));
        }
    }

    @ParameterizedTest
    @EnumSource(Incident.class)
    void anotherAccountWithTheSameNamesIsAnotherWorld(Incident incident) {
        group(it -> it.instances("i-1"));
        bench.aws()
                .codeDeploy(new Place(OTHER, Bench.REGION))
                .group(GroupSpec.simulated("web", "dev").instances("i-9"));
        DeploymentRun first = run(bench.session(), "1.zip", 1).start();
        bench.advance(2);
        DeploymentRun second =
                run(inRole(OTHER), "2.zip", 2).with("whenBusy", "newestWins").start();
        bench.advance(1);
        assertEquals(1, second.startedIds().size(), "it waits for nobody");
        switch (incident) {
            case RESTART_OF_FIRST -> first = restarted(bench.session(), first);
            case RESTART_OF_SECOND -> second = restarted(inRole(OTHER), second);
            case ABORT_OF_FIRST -> first.job().stop();
            case ABORT_OF_SECOND -> second.job().stop();
            case NONE -> {}
        }
        untilOver(first);
        untilOver(second);
        assertEquals(
                incident == Incident.ABORT_OF_FIRST ? "Stopped" : "Succeeded",
                first.last().status());
        assertEquals(
                incident == Incident.ABORT_OF_SECOND ? "Stopped" : "Succeeded",
                second.last().status());
    }

    private DeploymentRun ready() {
        group(it -> it.instances("i-1").blueGreen().stopUnlessContinued(60).terminateAfter(30));
        DeploymentRun deploying = deploy("1.zip").with("wait", "ready").start();
        untilOver(deploying);
        return deploying;
    }

    private DeploymentRun to(String argument, DeploymentRun run) {
        return new DeploymentRun(bench, bench.session(Bench.BOB, Bench.REGION)).with(argument, run.id());
    }

    @Test
    void twoThatContinueEndOneWait() {
        DeploymentRun deploying = ready();
        DeploymentRun one = new DeploymentRun(bench)
                .with("continueAfterReady", deploying.id())
                .start();
        DeploymentRun two = to("continueAfterReady", deploying).start();
        bench.advance(Duration.ofMinutes(20));
        assertFalse(one.isOver() || two.isOver(), "the way back was ended");
        bench.advanceUntil(() -> one.isOver() && two.isOver(), LONG);
        assertEquals("Succeeded", one.last().status());
        assertEquals("Succeeded", two.last().status());
    }

    @Test
    void ofOneThatStopsAndOneThatContinuesBothTellWhatCameOfIt() {
        DeploymentRun deploying = ready();
        DeploymentRun going = new DeploymentRun(bench)
                .with("continueAfterReady", deploying.id())
                .start();
        DeploymentRun stopping = to("stop", deploying).start();
        bench.advanceUntil(() -> going.isOver() && stopping.isOver(), LONG);
        assertEquals("Stopped", going.result().getStatus());
        assertTrue(going.result().stoppedByHand());
        assertEquals("Stopped", stopping.result().getStatus());
    }

    @Test
    void aWatcherThatIsLeftOrRestartedTouchesNothing() {
        DeploymentRun deploying = ready();
        DeploymentRun watching = to("watch", deploying).start();
        bench.advance(5);
        DeploymentRun again = restarted(bench.session(Bench.BOB, Bench.REGION), watching);
        bench.advance(5);
        again.job().abandon();
        assertEquals(0, calls("StopDeployment") + calls("ContinueDeployment"));
        assertEquals(DeploymentStatus.READY, deployments().get(0).status());
    }
}
