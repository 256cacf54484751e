package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Builds that go on: with another one in their place, after a restart, after an outage. */
class BuildResumeTest extends SteppedBuilds {

    @Test
    void aBuildThatIsPickedUpAgainIsToldOnFromWhereItWas() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 60));
        BuildRun before = run("web");
        bench.advance(40);
        before.job().abandon();
        bench.advance(15);
        BuildRun after = new BuildRun(bench).after(before).resume(before.id());
        untilOver(after);

        List<String> output = new ArrayList<>(before.console().output());
        output.addAll(after.console().output());
        assertEquals(
                IntStream.rangeClosed(1, 60).mapToObj("line %06d\n"::formatted).toList(), output);
        List<String> both = new ArrayList<>(before.console().lines());
        both.addAll(after.console().lines());
        assertEquals(1, both.stream().filter("Started web #1"::equals).count());
        for (String phase : List.of("QUEUED", "PROVISIONING", "BUILD", "POST_BUILD", "FINALIZING")) {
            assertEquals(
                    1,
                    both.stream().filter(line -> line.startsWith(phase + " ")).count(),
                    phase);
        }
        assertEquals("web #1 succeeded in 1 min 5 s", after.console().lastLine());
    }

    @Test
    void aBuildThatEndedWhileTheControllerWasDownIsToldToItsEnd() {
        bench.simulatedProject(
                "web", it -> it.variable("SIMULATED_LOG_LINES", 60).variable("SIMULATED_STATUS", "FAILED"));
        BuildRun before = run("web");
        bench.advance(30);
        before.job().abandon();
        bench.advance(600);
        BuildRun after = new BuildRun(bench).after(before).resume(before.id());
        untilOver(after);

        assertEquals(
                60, before.console().output().size() + after.console().output().size());
        assertEquals("FAILED", after.last().status());
        assertTrue(after.console().lastLine().startsWith("BUILD failed: "));
    }

    @Test
    void anEndThatWasToldIsNotToldAgain() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 5));
        BuildRun before = run("web");
        untilOver(before);
        // The controller went down before it could keep the result.
        BuildRun after = new BuildRun(bench).after(before).resume(before.id());
        untilOver(after);
        assertEquals(List.of(), after.console().lines());
        assertEquals(List.of(), after.console().raw());
        assertTrue(after.last().succeeded());
    }

    @Test
    void aBuildThatIsGoneAfterARestartIsSaidToBeGone() {
        bench.simulatedProject("web");
        BuildRun run = new BuildRun(bench).resume("web:00000000-0000-0000-0000-000000000000");
        untilOver(run);
        assertTrue(
                run.failure().getMessage().contains("AWS no longer knows it, or never did"),
                run.failure().getMessage());
    }

    @Test
    void anOutageIsToldOnceAndOutlived() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 60));
        BuildRun run = run("web");
        bench.advance(20);
        var outage = bench.aws().faults().on("*").error(503);
        bench.advance(120);
        outage.times(0);
        untilOver(run);

        assertTrue(run.last().succeeded());
        assertEquals(60, run.console().output().size());
        assertEquals(
                1,
                run.console().lines().stream()
                        .filter(line -> line.startsWith("AWS does not answer"))
                        .count());
        assertEquals(
                1,
                run.console().lines().stream()
                        .filter("AWS answers again"::equals)
                        .count());
    }

    @Test
    void anOutageWithoutEndIsGivenUpInTime() {
        bench.simulatedProject("web");
        BuildRun run = run("web");
        bench.advance(20);
        bench.aws().faults().on("*").error(503);
        bench.advanceUntil(run::isOver, Duration.ofMinutes(12));
        AwsCallException failure = assertInstanceOf(AwsCallException.class, run.failure());
        assertEquals(AwsFault.TRANSIENT, failure.fault());
        assertTrue(
                failure.getMessage().startsWith("codebuild:BatchGetBuilds failed for " + run.id()),
                failure.getMessage());
        assertEquals(0, bench.watcher().size());
    }
}
