package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two steps do to each other that build one project, whatever becomes of one of them, at each boundary of its phases. */
class BuildPairsTest extends SteppedBuilds {

    /** Before the call, QUEUED, PROVISIONING, BUILD, and when the build has ended and its log is read. */
    private static final long[] MOMENTS = {0, 500, 2_500, 30_000, 65_200};

    private static List<String> lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj("line %06d\n"::formatted)
                .toList();
    }

    private void project() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_LOG_LINES", 60));
    }

    private static void assertWholeSuccess(BuildRun run) {
        assertTrue(run.last().succeeded());
        assertEquals(lines(60), run.console().output());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void anAbortOfOneLeavesTheOtherAlone(int moment) {
        project();
        BuildRun stays = run("web");
        BuildRun goes = run("web");
        bench.advance(Duration.ofMillis(MOMENTS[moment]));
        goes.job().stop();
        untilOver(stays);
        untilOver(goes);

        assertWholeSuccess(stays);
        if (moment == 0) {
            assertInstanceOf(CancellationException.class, goes.failure());
            assertEquals(stays.id(), onlyBuild().id());
        } else if (moment < 4) {
            assertEquals("STOPPED", goes.last().status());
            assertEquals(2, bench.aws().codeBuild().builds().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aRestartOfOneStartsNothingTwiceAndTakesNothingFromTheOther(int moment) {
        project();
        BuildRun stays = run("web");
        BuildRun before = run("web");
        bench.advance(Duration.ofMillis(MOMENTS[moment]));
        before.job().abandon();
        bench.advance(1);
        BuildRun after = new BuildRun(bench).after(before);
        if (before.startedIds().isEmpty()) {
            after.start("web");
        } else {
            after.resume(before.id());
        }
        untilOver(stays);
        if (!after.isOver()) {
            untilOver(after);
        }

        assertWholeSuccess(stays);
        assertTrue(after.last().succeeded());
        assertFalse(stays.last().id().equals(after.last().id()));
        assertEquals(2, bench.aws().codeBuild().builds().size());
        List<String> reported = new ArrayList<>(before.console().output());
        reported.addAll(after.console().output());
        assertEquals(lines(60), reported);
    }

    @Test
    void whereOneMayRunTheOtherFollowsAndAnAbortMakesRoom() {
        bench.simulatedProject("web", it -> it.concurrentBuildLimit(1).variable("SIMULATED_SECONDS", 3600));
        BuildRun first = run("web");
        BuildRun second = run("web");
        bench.advance(30);
        assertEquals(List.of(), second.startedIds());
        first.job().stop();
        untilOver(first);
        bench.advance(10);
        assertEquals(1, second.startedIds().size());
        assertNull(second.failure());
    }

    @Test
    void whereOneMayRunARestartOfTheOneThatWaitsStartsItOnce() {
        bench.simulatedProject("web", it -> it.concurrentBuildLimit(1).variable("SIMULATED_SECONDS", 600));
        BuildRun first = run("web");
        BuildRun before = run("web");
        bench.advance(400); // longer than AWS remembers a token
        before.job().abandon();
        BuildRun after = new BuildRun(bench).after(before).start("web");
        bench.advanceUntil(after::isOver, Duration.ofMinutes(40));

        assertTrue(first.last().succeeded());
        assertTrue(after.last().succeeded());
        assertEquals(2, bench.aws().codeBuild().builds().size());
    }

    @Test
    void aRetryByAwsOfOneIsNotTakenForTheOther() {
        bench.aws().codeBuild().dialect(Dialect.RETRY_NAMED_LATE);
        bench.simulatedProject("web", it -> it.autoRetryLimit(1).variable("SIMULATED_STATUS", "FAILED"));
        BuildRun one = run("web");
        BuildRun other = run("web");
        untilOver(one);
        untilOver(other);

        List<Build> builds = bench.aws().codeBuild().builds();
        assertEquals(4, builds.size());
        assertEquals(2, one.jobs().size());
        assertEquals(2, other.jobs().size());
        assertFalse(one.last().id().equals(other.last().id()));
    }

    /** As when a controller's home was copied: the same run, with the same token, goes on twice. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void twoControllersWithOneTokenHaveOneBuild(int moment) {
        project();
        BuildRun original = run("web");
        bench.advance(Duration.ofMillis(MOMENTS[moment]));
        CodeBuild copied = new CodeBuild(bench.scheduler(), new Watcher(bench.scheduler(), () -> 1));
        BuildRun copy =
                new BuildRun(bench, bench.session(), copied).sharing(original).start("web");
        untilOver(original);
        if (!copy.isOver()) {
            untilOver(copy);
        }

        assertEquals(original.id(), onlyBuild().id());
        assertEquals(original.id(), copy.id());
        assertWholeSuccess(original);
        assertWholeSuccess(copy);
    }

    @Test
    void anAbortOnOneOfTwoControllersEndsTheStepOnBoth() {
        project();
        BuildRun original = run("web");
        bench.advance(5);
        CodeBuild copied = new CodeBuild(bench.scheduler(), new Watcher(bench.scheduler(), () -> 1));
        BuildRun copy =
                new BuildRun(bench, bench.session(), copied).sharing(original).start("web");
        bench.advance(10);
        copy.job().stop();
        untilOver(copy);
        untilOver(original);
        assertEquals(Status.STOPPED, onlyBuild().status());
        assertEquals("STOPPED", original.last().status());
        assertEquals("BUILD was stopped", original.console().lastLine());
    }

    @Test
    void otherCredentialsLookAtTheirOwnBuildAlone() {
        project();
        BuildRun alice = run("web");
        BuildRun bob = new BuildRun(bench, bench.session(Bench.BOB, Bench.REGION)).start("web");
        bench.advance(20);
        bob.job().stop();
        untilOver(bob);
        untilOver(alice);

        assertWholeSuccess(alice);
        assertEquals("STOPPED", bob.last().status());
        assertEquals(2, bench.aws().codeBuild().builds().size());
        for (BuildRun run : List.of(alice, bob)) {
            String key = run == alice ? "AKIAALICE00000000000" : "AKIABOB0000000000000";
            assertTrue(bench.aws().calls().all().stream()
                    .filter(call -> call.operation().equals("CodeBuild.BatchGetBuilds"))
                    .filter(call -> key.equals(call.accessKeyId()))
                    .allMatch(call -> call.resource().contains(run.id())));
        }
    }

    @Test
    void projectsOfOneNameInTwoRegionsAreTwo() {
        project();
        Place there = new Place(bench.aws().home().account(), "us-west-2");
        bench.aws().codeBuild(there).project(ProjectSpec.simulated("web").variable("SIMULATED_STATUS", "FAILED"));
        BuildRun here = run("web");
        BuildRun far = new BuildRun(bench, bench.session(Bench.ALICE, "us-west-2"))
                .start(new BuildRequest(Map.of("project", "web")));
        untilOver(here);
        untilOver(far);
        assertWholeSuccess(here);
        assertEquals("FAILED", far.last().status());
    }
}
