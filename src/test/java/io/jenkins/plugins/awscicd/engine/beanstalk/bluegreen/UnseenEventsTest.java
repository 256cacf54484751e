package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Dialect;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Steps to which AWS does not show what was done to an environment: to those who may not see its events it tells none, or refuses
 * them. What cannot be known is said; and what would change what is live is not done on that ground.
 */
class UnseenEventsTest extends SteppedBlueGreen {

    private static final String ACTION = "elasticbeanstalk:DescribeEvents";

    /** How events are kept from the step, and the dialect of AWS; null for none. */
    record Way(boolean denied, Dialect dialect) {}

    static Stream<Way> ways() {
        return Stream.concat(
                Stream.of(new Way(false, null), new Way(true, null)),
                Arrays.stream(Dialect.values()).map(it -> new Way(false, it)));
    }

    private void speak(Way way) {
        if (way.dialect() != null) {
            bench.aws().beanstalk().dialect(way.dialect());
        }
    }

    private void hide(Way way) {
        if (way.denied()) {
            bench.aws().faults().on("ElasticBeanstalk.DescribeEvents").accessDenied();
        } else {
            bench.aws().beanstalk().hideEvents();
        }
    }

    private void begunByHand(String label) {
        EnvironmentService.client(bench.session())
                .updateEnvironment(update -> update.environmentName("web-prod").versionLabel(label));
    }

    private static void names(String text, EnvironmentRun run) {
        assertTrue(
                text != null && text.contains(ACTION),
                text + " in " + run.console().lines());
    }

    private static void says(String part, EnvironmentRun run) {
        List<String> lines = run.console().lines().stream()
                .filter(line -> line.contains(part) && line.contains(ACTION))
                .toList();
        assertEquals(1, lines.size(), run.console().lines().toString());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anAbortTriesWhatItCan(Way way) {
        speak(way);
        environment("web-prod", "web-prod").simulation().command(Duration.ofMinutes(4));
        EnvironmentRun run = inPlace("web-prod", "v1").start();
        until(() -> calls("UpdateEnvironment") == 1);
        bench.advance(30);
        hide(way);
        run.job().stop();
        untilOver(run);

        assertEquals(1, calls("AbortEnvironmentUpdate"), run.console().lines().toString());
        says("Aborting what is being done to web-prod", run);
    }

    /** What was at work, and is Ready again, is over: what is at work then is another's. */
    @ParameterizedTest
    @MethodSource("ways")
    void anAbortLeavesWhatIsBegunAfterItsOwnUpdate(Way way) {
        speak(way);
        var spec = environment("web-prod", "web-prod");
        EnvironmentRun run = inPlace("web-prod", "v1").with("healthMinutes", 30).start();
        until(() -> label("web-prod").equals("v1"));
        bench.advance(Duration.ofMinutes(3));
        hide(way);
        spec.simulation().command(Duration.ofMinutes(10));
        begunByHand("v2");
        bench.advance(Duration.ofMinutes(1));
        run.job().stop();
        bench.advance(Duration.ofMinutes(1));

        assertEquals(0, calls("AbortEnvironmentUpdate"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatWasPreparedIsNotSwapped(Way way) {
        BeanstalkResult prepared = prepared();
        speak(way);
        hide(way);
        EnvironmentRun run = goOn(prepared).start();
        untilOver(run);

        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertNotNull(run.failure(), run.console().lines().toString());
        names(run.failure().getMessage(), run);
    }

    /** Named by hand, nobody knows what prepared it. */
    @ParameterizedTest
    @MethodSource("ways")
    void whatIsNamedByHandIsNotSwappedEither(Way way) {
        BeanstalkResult prepared = prepared();
        speak(way);
        hide(way);
        EnvironmentRun run = new EnvironmentRun(bench)
                .with("application", "web")
                .with("cname", "web-prod")
                .with("continueBlueGreen", prepared.getEnvironment())
                .start();
        untilOver(run);

        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        names(run.failure() == null ? run.result().getCause() : run.failure().getMessage(), run);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatBecomesUnseenBeforeTheSwapIsNotSwapped(Way way) {
        speak(way);
        pair();
        EnvironmentRun run = twins("v1").with("bakeMinutes", 20).start();
        until(() -> label("web-b").equals("v1"));
        bench.advance(Duration.ofMinutes(5));
        hide(way);
        untilOver(run);

        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        names(run.result().getCause(), run);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatWasPreparedIsNotEnded(Way way) {
        BeanstalkResult prepared = prepared();
        speak(way);
        hide(way);
        EnvironmentRun run = discard(prepared).start();
        untilOver(run);

        assertEquals(0, calls("TerminateEnvironment"));
        assertNotNull(run.failure(), run.console().lines().toString());
        names(run.failure().getMessage(), run);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anotherVersionThereIsNotSaidToBeAwssDoing(Way way) {
        speak(way);
        environment("web-prod", "web-prod");
        EnvironmentRun run = inPlace("web-prod", "v1").with("healthMinutes", 10).start();
        until(() -> label("web-prod").equals("v1"));
        bench.advance(Duration.ofMinutes(4));
        hide(way);
        begunByHand("v0");
        untilOver(run);

        String cause = String.valueOf(run.result().getCause());
        assertFalse(cause.contains("AWS reverted the update"), cause);
        names(cause, run);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void thatNobodyNewerIsFoundIsSaid(Way way) {
        speak(way);
        environment("web-prod", "web-prod");
        hide(way);
        EnvironmentRun run =
                inPlace("web-prod", "v1").with("whenBusy", "newestWins").start();
        untilOver(run);

        if (run.failure() == null) {
            says("newer run", run);
        } else {
            names(run.failure().getMessage(), run);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whyAnOlderRunIsNotAbortedIsSaid(Way way) {
        speak(way);
        environment("web-prod", "web-prod").simulation().command(Duration.ofMinutes(4));
        EnvironmentRun first = inPlace("web-prod", "v1").of("shop #1", 1).start();
        until(() -> calls("UpdateEnvironment") == 1);
        bench.advance(20);
        hide(way);
        EnvironmentRun second = inPlace("web-prod", "v2")
                .of("shop #2", 2)
                .with("whenBusy", "abortOwn")
                .start();
        bench.advanceUntil(() -> first.isOver() && second.isOver(), LONG);

        assertEquals(0, calls("AbortEnvironmentUpdate"));
        says("Waiting for it instead of aborting", second);
    }
}
