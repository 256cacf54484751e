package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A group is one of its account, whichever credentials, roles or endpoints it is reached with. */
class AccountTurnsTest extends SteppedDeployments {

    private static final String HOME = "123456789012";
    private static final String OTHER = "210987654321";

    private final long begin = bench.now().toEpochMilli();

    private void slow() {
        group(it -> it.instances("i-1")).simulation().events(Duration.ofSeconds(10));
    }

    private AwsSession bob() {
        return bench.session(Bench.BOB, Bench.REGION);
    }

    private AwsSession inRole(String account) {
        AwsAccess access = new AwsAccess(
                Bench.REGION,
                null,
                "arn:aws:iam::" + account + ":role/deployer",
                null,
                "tests",
                bench.aws().endpoint().toString());
        return bench.clients().open(access, Bench.ALICE);
    }

    private DeploymentRun run(AwsSession session, int number) {
        return deploy(session, "1.zip").turn("web #" + number, begin + number);
    }

    private List<String> inOrder() {
        List<String> ids =
                new ArrayList<>(deployments().stream().map(Deployment::id).toList());
        Collections.reverse(ids);
        return ids;
    }

    private long asked() {
        return bench.aws().calls().count("STS.GetCallerIdentity");
    }

    /** Starts 1 and 3 with one session, then 2 with another, and says in which order they came to be. */
    private List<Integer> orderOf(AwsSession one, AwsSession other) {
        slow();
        DeploymentRun first = run(one, 1).start();
        bench.advance(5);
        DeploymentRun third = run(one, 3).start();
        bench.advance(5);
        DeploymentRun second = run(other, 2).start();
        bench.advanceUntil(() -> second.isOver() && third.isOver(), LONG);
        List<String> numbered = List.of("", first.id(), second.id(), third.id());
        return inOrder().stream().map(numbered::indexOf).toList();
    }

    @Test
    void anOlderRunWithOtherCredentialsIsNotDeployedLast() {
        assertEquals(List.of(1, 2, 3), orderOf(bench.session(), bob()));
        assertEquals(2, asked());
    }

    @Test
    void anOlderRunWithARoleOfTheAccountIsNotDeployedLast() {
        assertEquals(List.of(1, 2, 3), orderOf(bench.session(), inRole(HOME)));
        assertEquals(1, asked(), "a role's ARN says whose it is");
    }

    @Test
    void theNewestWinsOverOtherCredentialsToo() {
        slow();
        DeploymentRun first = run(bench.session(), 1).start();
        bench.advance(5);
        DeploymentRun second =
                run(inRole(HOME), 2).with("whenBusy", "newestWins").start();
        bench.advance(5);
        DeploymentRun third = run(bob(), 3).start();
        bench.advanceUntil(third::isOver, LONG);

        assertInstanceOf(Superseded.class, second.failure());
        assertEquals(List.of(first.id(), third.id()), inOrder());
    }

    /** Anybody may write down a role of another account: that says nothing of whose they are. */
    @Test
    void aRoleThatCannotBeAssumedIsInNobodysWay() {
        slow();
        DeploymentRun first = run(bench.session(), 1).start();
        bench.advance(5);
        DeploymentRun second =
                run(bench.session(), 2).with("whenBusy", "newestWins").start();
        bench.advance(5);
        bench.aws().faults().on("STS.AssumeRole").accessDenied();
        DeploymentRun strange = run(inRole(HOME), 3).start();
        bench.advanceUntil(() -> second.isOver() && strange.isOver(), LONG);

        assertEquals(List.of(first.id(), second.id()), inOrder());
        assertTrue(
                second.console().lines().stream().noneMatch(line -> line.contains("web #3")),
                second.console().lines().toString());
        assertTrue(
                strange.console().lines().stream().noneMatch(line -> line.contains("web #2")),
                strange.console().lines().toString());
    }

    @Test
    void anotherAccountsGroupOfTheSameNameIsNotWaitedFor() {
        slow();
        GroupSpec theirs = GroupSpec.simulated("web", "dev").instances("i-9");
        bench.aws().codeDeploy(new Place(OTHER, Bench.REGION)).group(theirs);
        run(bench.session(), 1).start();
        bench.advance(5);
        DeploymentRun third = run(bench.session(), 3).start();
        bench.advance(5);
        DeploymentRun other = run(inRole(OTHER), 4).start();
        bench.advance(5);

        assertEquals(1, other.startedIds().size());
        assertEquals(0, third.startedIds().size());
    }

    @Test
    void whereAwsDoesNotSayTheAccountTheStepSaysWhatThatCosts() {
        bench.aws().faults().on("STS.GetCallerIdentity").accessDenied();
        assertEquals(List.of(1, 3, 2), orderOf(bench.session(), bob()));
    }

    @Test
    void whereAwsDoesNotSayTheAccountThoseOfOneIdentityKeepTheirOrder() {
        bench.aws().faults().on("STS.GetCallerIdentity").accessDenied();
        assertEquals(List.of(1, 2, 3), orderOf(bench.session(), bench.session()));
        DeploymentRun next = run(bench.session(), 4).start();
        untilOver(next);
        List<String> reported = next.console().lines().stream()
                .filter(
                        line -> line.startsWith(
                                "Runs with other credentials may deploy to 'dev' out of turn, because AWS does not say which account this is: sts:GetCallerIdentity failed"))
                .toList();
        assertEquals(1, reported.size(), next.console().lines().toString());
    }

    /** Those that came before the account was known are not overtaken by those that came after. */
    @Test
    void onceAwsSaysTheAccountThoseThatWaitAlreadyKeepTheirPlace() {
        slow();
        var blocked = bench.aws().faults().on("STS.GetCallerIdentity").accessDenied();
        DeploymentRun first = run(bench.session(), 1).start();
        bench.advance(5);
        DeploymentRun third = run(bench.session(), 3).start();
        bench.advance(5);
        bench.aws().faults().clear();
        bench.advance(56); // the failure is no longer kept, and the first one still runs
        DeploymentRun second = run(bench.session(), 2).start();
        bench.advanceUntil(() -> second.isOver() && third.isOver(), LONG);

        assertEquals(List.of(first.id(), second.id(), third.id()), inOrder());
        assertTrue(asked() >= 2, blocked.toString());
        assertEquals(List.of(), reported(second));
        DeploymentRun fourth = run(bob(), 4).start();
        untilOver(fourth);
        assertEquals(List.of(), reported(fourth));
    }

    private static List<String> reported(DeploymentRun run) {
        return run.console().lines().stream()
                .filter(line -> line.contains("out of turn"))
                .toList();
    }

    @Test
    void aTroubledStsIsAskedAgainForAWhile() {
        bench.aws().faults().on("STS.GetCallerIdentity").error(503).times(2);
        assertEquals(List.of(1, 2, 3), orderOf(bench.session(), bob()));
    }

    /** Throttling never fails a call: the limit does. */
    @Test
    void anAccountThatIsNotSaidSoonIsNotWaitedFor() {
        slow();
        bench.aws().faults().on("STS.GetCallerIdentity").throttle();
        DeploymentRun run = run(bench.session(), 1).start();
        bench.advance(10);
        assertEquals(0, deployments().size());
        bench.advance(10);
        assertEquals(1, deployments().size());
        assertTrue(
                run.console().lines().get(0).contains("no answer in time"),
                run.console().lines().toString());
    }

    @Test
    void oneThatIsAbortedWhileTheAccountIsAskedForIsInNobodysWay() {
        slow();
        bench.aws().faults().on("STS.GetCallerIdentity").throttle().times(3);
        DeploymentRun first = run(bench.session(), 1).start();
        bench.advance(Duration.ofMillis(100));
        first.job().stop();
        bench.advance(Duration.ofMillis(100));
        assertInstanceOf(CancellationException.class, first.failure());
        DeploymentRun second = run(bench.session(), 2).start();
        untilOver(second);

        assertEquals(List.of(second.id()), inOrder());
    }
}
