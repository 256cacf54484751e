package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code whenBusy: 'fail'} where another step of ours has, or is to have, one side of the pair. */
class FailWhenBusyPairTest extends SteppedBlueGreen {

    private static String said(EnvironmentRun run) {
        return run.failure() + " " + run.console().lines();
    }

    /** The other one has its turn at the idle side, which is watched for its health: AWS has nothing against a swap. */
    @ParameterizedTest
    @CsvSource({"web-b, 120", "web-b, 10", "web-a, 120"})
    void itDoesNotWaitForOneThatHasOneSideOnly(String side, int seconds) {
        pair();
        inPlace(side, "v1").with("healthMinutes", 15).of("shop #1", 1).start();
        bench.advance(Duration.ofSeconds(seconds));
        EnvironmentRun impatient =
                twins("v2").with("whenBusy", "fail").of("shop #2", 2).start();
        bench.advance(Duration.ofMinutes(2));
        assertNotNull(impatient.failure(), () -> "it waits, and does not say so: " + said(impatient));
    }

    /** The same of one that waits: it is to say for whom. */
    @Test
    void whoWaitsForOneThatHasOneSideSaysSo() {
        pair();
        inPlace("web-b", "v1").with("healthMinutes", 15).of("shop #1", 1).start();
        bench.advance(Duration.ofSeconds(120));
        EnvironmentRun patient = twins("v2").of("shop #2", 2).start();
        bench.advance(Duration.ofMinutes(2));
        assertTrue(reported(patient, "Waiting behind shop #1"), () -> said(patient));
    }

    /** A clone: which environment is live is known only once it has its turn. */
    @ParameterizedTest
    @ValueSource(strings = {"fail", "wait", "newestWins"})
    void aCloneSaysThatItWaitsForWhoHasTheLiveEnvironment(String whenBusy) {
        environment("web-prod", "web-prod");
        inPlace("web-prod", "v1").with("healthMinutes", 15).of("shop #1", 1).start();
        bench.advance(Duration.ofSeconds(240));
        EnvironmentRun impatient =
                green("v2").with("whenBusy", whenBusy).of("shop #2", 2).start();
        bench.advance(Duration.ofMinutes(3));
        if (whenBusy.equals("fail")) {
            assertTrue(impatient.isOver(), () -> "it waits, and does not say so: " + said(impatient));
        } else {
            assertTrue(reported(impatient, "Waiting behind shop #1"), () -> said(impatient));
        }
    }

    /** The older one has other credentials of the account, whose calls AWS takes at a pace of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"fail", "wait"})
    void itFailsIfAnOlderOneWithOtherCredentialsIsFasterAtItsCall(String whenBusy) {
        pair();
        environment("web-c", "web-c");
        bench.aws().faults().on("ElasticBeanstalk.UpdateEnvironment").throttle().times(6);
        inPlace("web-c", "v3").of("other #1", 1).start();
        bench.advanceUntil(() -> calls("UpdateEnvironment") >= 4, LONG);
        EnvironmentRun impatient = inPlace("web-a", "v2")
                .with("whenBusy", whenBusy)
                .of("shop #2", 2)
                .start();
        bench.advance(Duration.ofMillis(200));
        bench.aws().faults().clear();
        new EnvironmentRun(bench, bench.session(Bench.BOB, Bench.REGION))
                .with("application", "web")
                .with("environment", "web-a")
                .with("version", "v1")
                .with("healthMinutes", 15)
                .of("shop #1", 1)
                .start();
        bench.advance(Duration.ofMinutes(5));
        if (whenBusy.equals("fail")) {
            assertTrue(impatient.isOver(), () -> "it waits, and does not say so: " + said(impatient));
        } else {
            assertTrue(reported(impatient, "Waiting behind shop #1"), () -> said(impatient));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 10, 20, 50, 100, 300, 1000, 2000})
    void atEachMomentItFailsOrDeploys(int milliseconds) {
        pair();
        EnvironmentRun impatient =
                inPlace("web-a", "v2").with("whenBusy", "fail").of("shop #2", 2).start();
        bench.advance(Duration.ofMillis(milliseconds));
        EnvironmentRun older = inPlace("web-a", "v1")
                .with("healthMinutes", 15)
                .of("shop #1", 1)
                .start();
        bench.advance(Duration.ofMinutes(5));
        assertTrue(impatient.isOver(), () -> "it waits, and does not say so: " + said(impatient));
        bench.advanceUntil(older::isOver, LONG);
        assertEquals(1, older.ends());
    }
}
