package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds are started exactly once, whatever becomes of answers, room and the controller. */
class BuildStartTest extends SteppedBuilds {

    @Test
    void anAnswerThatIsLostStartsNoSecondBuild() {
        bench.simulatedProject("web");
        bench.aws()
                .faults()
                .on("CodeBuild.StartBuild")
                .cutConnection()
                .afterExecution()
                .times(2);
        BuildRun run = run("web");
        untilOver(run);

        assertEquals(3, calls("StartBuild"));
        assertEquals(run.id(), onlyBuild().id());
        assertTrue(run.last().succeeded());
        assertEquals(
                1,
                run.console().lines().stream()
                        .filter(line -> line.startsWith("Not started yet"))
                        .count());
    }

    @Test
    void aRestartWithinFiveMinutesGetsTheSameBuildByItsToken() {
        bench.simulatedProject("web");
        BuildRun crashed = run("web");
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon(); // its id was never written
        bench.advance(100);
        BuildRun run = new BuildRun(bench).after(crashed).start("web");
        untilOver(run);

        assertEquals(run.id(), onlyBuild().id());
        assertTrue(run.last().succeeded());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRestartGetsTheSameBuildByItsTokenWhereBuildsAreNotListed(boolean denied) {
        bench.simulatedProject("web");
        BuildRun crashed = run("web");
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon();
        bench.advance(20);
        var list = bench.aws().faults().on("CodeBuild.ListBuildsForProject");
        if (denied) {
            list.accessDenied();
        } else {
            list.error(503);
        }
        BuildRun run = new BuildRun(bench).after(crashed).start("web");
        untilOver(run);

        assertEquals(run.id(), onlyBuild().id());
    }

    /** How old a token is only this machine's clock says. */
    @Test
    void aClockThatWasSetBackInARestartMakesNoSecondBuild() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 1200));
        BuildRun crashed = run("web");
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon();
        bench.advance(600);
        bench.setClock(Duration.ofMinutes(-8));
        BuildRun run = new BuildRun(bench).after(crashed).start("web");
        bench.advanceUntil(run::isOver, Duration.ofMinutes(30));

        assertEquals(run.id(), onlyBuild().id());
        assertEquals(1, calls("StartBuild"));
    }

    @Test
    void aRestartAfterMoreThanFiveMinutesFindsTheBuildByItsMark() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 1200));
        BuildRun crashed = run("web");
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon();
        BuildRun newer = run("web");
        bench.advance(600);
        BuildRun run = new BuildRun(bench).after(crashed).start("web");
        bench.advanceUntil(run::isOver, Duration.ofMinutes(30));

        assertEquals(List.of(crashed.id()), run.startedIds());
        assertEquals(2, bench.aws().codeBuild().builds().size());
        assertTrue(newer.isOver());
        assertEquals(2, calls("StartBuild"));
    }

    /** What AWS has tried again meanwhile has the same mark. */
    @Test
    void ofABuildThatAwsHasTriedAgainTheFirstIsFound() {
        bench.simulatedProject("web", it -> it.autoRetryLimit(1).variable("SIMULATED_STATUS", "FAILED"));
        BuildRun crashed = run("web");
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon();
        bench.advance(600);
        assertEquals(2, bench.aws().codeBuild().builds().size());
        BuildRun run = new BuildRun(bench).after(crashed).start("web");
        untilOver(run);

        assertEquals(List.of(crashed.id()), run.startedIds());
        assertEquals(
                bench.aws().codeBuild().builds().stream().map(Build::id).toList(),
                run.jobs().stream().map(BuildSnapshot::id).toList());
        assertEquals(1, calls("StartBuild"));
    }

    @Test
    void aBuildIsFoundAmongHundredsOfNewerOnes() {
        try (Bench wide = Bench.stepped(it -> it.accountConcurrency(1000))) {
            wide.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 3600));
            BuildRun crashed = new BuildRun(wide).start("web");
            wide.advance(Duration.ofMillis(100));
            crashed.job().abandon();
            for (int i = 0; i < 150; i++) {
                CodeBuildService.client(wide.session()).startBuild(it -> it.projectName("web"));
            }
            wide.advance(400);
            BuildRun run = new BuildRun(wide).after(crashed).start("web");
            wide.advance(2);

            assertEquals(List.of(crashed.id()), run.startedIds());
            assertEquals(151, wide.aws().codeBuild().builds().size());
            assertEquals(2, wide.aws().calls().count("CodeBuild.ListBuildsForProject"));
        }
    }

    @Test
    void aRestartBeforeTheFirstCallStartsTheBuild() {
        bench.simulatedProject("web");
        BuildRun neverCalled = new BuildRun(bench);
        bench.advance(600);
        BuildRun run = new BuildRun(bench).after(neverCalled).start("web");
        untilOver(run);

        assertEquals(run.id(), onlyBuild().id());
        assertEquals(1, calls("ListBuildsForProject"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSourceThatWasBundledAnewAfterARestartIsTheSameBuild(boolean namesNoToken) {
        if (namesNoToken) {
            bench.aws().codeBuild().dialect(Dialect.MISMATCH_WITHOUT_TOKEN);
        }
        bench.simulatedProject("web");
        BuildRun crashed = new BuildRun(bench)
                .start(new BuildRequest(Map.of("project", "web", "buildspec", "version: 0.2 # of the first bundle")));
        bench.advance(Duration.ofMillis(100));
        crashed.job().abandon();
        bench.advance(10);
        BuildRun run = new BuildRun(bench)
                .after(crashed)
                .start(new BuildRequest(Map.of("project", "web", "buildspec", "version: 0.2 # of the second bundle")));
        untilOver(run);

        assertEquals(run.id(), onlyBuild().id());
        assertTrue(run.last().succeeded());
    }

    @Test
    void aPermissionThatIsMissingToFindABuildIsNamed() {
        bench.simulatedProject("web");
        BuildRun neverCalled = new BuildRun(bench);
        bench.advance(600);
        bench.aws().faults().on("CodeBuild.ListBuildsForProject").accessDenied();
        BuildRun run = new BuildRun(bench).after(neverCalled).start("web");
        untilOver(run);

        assertTrue(
                run.failure().getMessage().contains("codebuild:ListBuildsForProject"),
                run.failure().getMessage());
        assertEquals(0, bench.aws().codeBuild().builds().size());
    }

    @Test
    void aFullAccountMakesBuildsWaitAndHoldsNoOtherProjectUp() {
        bench.simulatedProject("web", it -> it.concurrentBuildLimit(1));
        bench.simulatedProject("other");
        BuildRun first = run("web");
        BuildRun second = run("web");
        BuildRun other = run("other");
        bench.advance(2);
        assertEquals(1, other.startedIds().size(), "Another project waits for web's room");
        untilOver(second);

        assertTrue(first.last().succeeded());
        assertTrue(second.last().succeeded());
        assertTrue(
                second.console()
                        .lines()
                        .get(0)
                        .startsWith("Not started yet, retrying: Cannot have more than 1 active builds"),
                second.console().lines().get(0));
        assertEquals(
                1,
                second.console().lines().stream()
                        .filter(line -> line.startsWith("Not started yet, retrying"))
                        .count());
        Duration wait = Duration.between(
                bench.aws().codeBuild().build(first.id()).endTime(),
                bench.aws().codeBuild().build(second.id()).startTime());
        assertTrue(wait.compareTo(Duration.ofSeconds(6)) <= 0, "Room was taken after " + wait);
    }

    @Test
    void anAccountThatMayHaveNoBuildsIsNotWaitedForLong() {
        try (Bench none = Bench.stepped(it -> it.accountConcurrency(0))) {
            none.simulatedProject("web");
            BuildRun run = new BuildRun(none).start("web");
            none.advanceUntil(run::isOver, Duration.ofMinutes(4));

            assertEquals(
                    "codebuild:StartBuild failed for project 'web' in eu-west-1: AWS had no free capacity for the build within 3 min 0 s: "
                            + "Cannot have more than 0 builds in queue for the account. The account's quota for builds of"
                            + " this compute type is 0: request a higher one in Service Quotas (AWS CodeBuild,"
                            + " Concurrently running builds), or set computeType to another.",
                    run.failure().getMessage());
            assertEquals(
                    "Not started yet, retrying: Cannot have more than 0 builds in queue for the account. Given up after 3 min 0 s.",
                    run.console().lines().get(0));
        }
    }

    @Test
    void aWaitForRoomHasALimitThatIsSaid() {
        bench.simulatedProject("web", it -> it.concurrentBuildLimit(1).variable("SIMULATED_SECONDS", 7200));
        run("web");
        BuildRun patient = run("web");
        BuildRun second =
                new BuildRun(bench).start(new BuildRequest(Map.of("project", "web", "roomTimeoutMinutes", 10)));
        bench.advance(590);
        assertFalse(second.isOver());
        bench.advanceUntil(second::isOver, Duration.ofSeconds(20));

        assertEquals(
                "codebuild:StartBuild failed for project 'web' in eu-west-1: AWS had no free capacity for the build within 10 min 0 s: "
                        + "Cannot have more than 1 active builds for the project web. roomTimeoutMinutes sets how long to wait.",
                second.failure().getMessage());
        assertTrue(
                second.console().lines().get(0).endsWith("Given up after 10 min 0 s."),
                second.console().lines().get(0));
        assertTrue(
                patient.console().lines().get(0).endsWith("Given up after 8 h 0 min."),
                patient.console().lines().get(0));
        assertFalse(patient.isOver());
    }

    @Test
    void aRestartDoesNotProlongTheWaitForRoom() {
        bench.simulatedProject("web", it -> it.concurrentBuildLimit(1).variable("SIMULATED_SECONDS", 7200));
        run("web");
        BuildRequest request = new BuildRequest(Map.of("project", "web", "roomTimeoutMinutes", 10));
        BuildRun before = new BuildRun(bench).start(request);
        bench.advance(500);
        before.job().abandon();
        BuildRun after = new BuildRun(bench).after(before).start(request);
        bench.advanceUntil(after::isOver, Duration.ofSeconds(120));
        assertTrue(after.failure().getMessage().contains("roomTimeoutMinutes"));
    }

    @Test
    void anUnknownProjectIsSaidAtOnceWithWhatToDo() {
        BuildRun run = run("wep");
        bench.advance(1);
        assertEquals(1, run.ends());
        AwsCallException failure = assertInstanceOf(AwsCallException.class, run.failure());
        assertEquals(AwsFault.NOT_FOUND, failure.fault());
        assertEquals(
                "codebuild:StartBuild failed for project 'wep' in eu-west-1: Project cannot be found: "
                        + "arn:aws:codebuild:eu-west-1:123456789012:project/wep. Check its name, the region and the account.",
                failure.getMessage());
    }

    @Test
    void aMissingPermissionIsSaidAtOnceWithItsName() {
        bench.simulatedProject("web");
        bench.aws().faults().on("CodeBuild.StartBuild").accessDenied();
        BuildRun run = run("web");
        bench.advance(1);
        AwsCallException failure = assertInstanceOf(AwsCallException.class, run.failure());
        assertEquals(AwsFault.DENIED, failure.fault());
        assertTrue(
                failure.getMessage().startsWith("codebuild:StartBuild failed for project 'web' in eu-west-1: User: "));
        assertTrue(
                failure.getMessage().endsWith("that they allow the IAM action codebuild:StartBuild on this resource."));
        assertEquals(1, calls("StartBuild"));
    }

    @Test
    void fiftyStartsAreAllPacedThroughWhatAwsAllows() {
        bench.simulatedProject("web");
        var limit = bench.aws().faults().on("CodeBuild.StartBuild").throttle().ratePerSecond(5);
        List<BuildRun> runs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            runs.add(new BuildRun(bench).log(LogMode.NONE).start("web"));
        }
        bench.advanceUntil(() -> runs.stream().allMatch(BuildRun::isOver), LONG);

        assertTrue(
                runs.stream().allMatch(run -> run.last() != null && run.last().succeeded()));
        List<Build> builds = bench.aws().codeBuild().builds();
        assertEquals(50, builds.size());
        Duration span =
                Duration.between(builds.get(0).startTime(), builds.get(49).startTime());
        System.out.println("50 starts at 5 a second: last " + span.toMillis() / 1000.0 + " s after first, "
                + limit.hits() + " calls refused");
        assertTrue(span.compareTo(Duration.ofSeconds(15)) <= 0, "Last start " + span + " after the first");
        assertTrue(limit.hits() <= 12, limit.hits() + " calls were refused");
        assertTrue(runs.stream().allMatch(run -> run.console().lines().get(0).startsWith("Started ")));
        for (int i = 0; i < 50; i++) {
            assertEquals(i + 1, runs.get(i).last().number(), "Order of starts");
        }
    }

    /** 300 starts that are asked for in the same moment: how long after the first the last is accepted. */
    private static Duration burst(Bench wide) {
        wide.simulatedProject("web");
        List<BuildRun> runs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            runs.add(new BuildRun(wide).log(LogMode.NONE).start("web"));
        }
        wide.advanceUntil(() -> runs.stream().allMatch(BuildRun::isOver), LONG);
        assertTrue(
                runs.stream().allMatch(run -> run.last() != null && run.last().succeeded()), "A start is lost");
        List<Build> builds = wide.aws().codeBuild().builds();
        assertEquals(300, builds.size());
        return Duration.between(builds.get(0).startTime(), builds.get(299).startTime());
    }

    @Test
    void aBurstGoesOnAsLongAsAwsTakesIt() {
        try (Bench wide = Bench.stepped(it -> it.accountConcurrency(1000))) {
            Duration span = burst(wide);
            System.out.println("300 starts: last " + span.toMillis() / 1000.0 + " s after first");
            assertTrue(span.compareTo(Duration.ofSeconds(10)) < 0, "Last start " + span + " after the first");
            assertEquals(300, wide.aws().calls().count("CodeBuild.StartBuild"));
        }
    }

    @Test
    void theFirstRefusalEndsTheBurst() {
        try (Bench wide = Bench.stepped(it -> it.accountConcurrency(1000))) {
            var limit =
                    wide.aws().faults().on("CodeBuild.StartBuild").throttle().ratePerSecond(10);
            Duration span = burst(wide);
            System.out.println("300 starts at 10 a second: last " + span.toMillis() / 1000.0 + " s after first, "
                    + limit.hits() + " calls refused");
            assertTrue(span.compareTo(Duration.ofSeconds(40)) <= 0, "Last start " + span + " after the first");
            assertTrue(limit.hits() >= 1 && limit.hits() <= 12, limit.hits() + " calls were refused");
        }
    }
}
