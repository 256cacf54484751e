package io.jenkins.plugins.awscicd.engine.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two steps that want the same pair of environments, at each moment at which the second may come. */
class PairTurnsTest extends SteppedBlueGreen {

    private static final int[] MOMENTS = {0, 1, 2, 5, 20, 60, 130, 300, 340, 345, 350, 400};

    private void pair() {
        environment("web-a", "web-prod").simulation().command(Duration.ofSeconds(40));
        environment("web-b", "web-idle").simulation().command(Duration.ofSeconds(40));
    }

    private String label(String name) {
        return bench.aws().beanstalk().environment(name).versionLabel();
    }

    private static void good(EnvironmentRun... runs) {
        Stream.of(runs).forEach(it -> {
            assertNull(it.failure(), it.console().lines().toString());
            assertNull(it.result().getCause(), it.console().lines().toString());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 20, 60, 130, 340, 344, 348, 352, 356, 360, 370})
    void twinsTakeTurnsWheneverTheSecondComes(int seconds) {
        pair();
        EnvironmentRun first =
                twins("v1").of("shop #1", 1).with("bakeMinutes", 5).start();
        bench.advance(seconds);
        EnvironmentRun second =
                twins("v2").of("shop #2", 2).with("bakeMinutes", 5).start();
        until(() -> first.isOver() && second.isOver());

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
}
