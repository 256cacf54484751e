package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds and deployments that actions start are reported as by their own steps, each line once, and decide nothing. */
class FollowedActionsTest extends SteppedPipelines {

    private static final int LINES = 20;
    /** As whom pipelines of local AWS call its other services. */
    private static final String PIPELINES = "AKIACODEPIPELINE0000";

    private final GroupSpec group =
            GroupSpec.simulated("web", "prod").instances("i-1", "i-2").autoRollback("DEPLOYMENT_FAILURE");

    private void build(UnaryOperator<ProjectSpec> as) {
        bench.aws().codeBuild().project(as.apply(ProjectSpec.simulated("compile")));
    }

    private void buildOfAMinute() {
        build(it -> it.variable("SIMULATED_SECONDS", 60).variable("SIMULATED_LOG_LINES", LINES));
    }

    /** Pipelines of local AWS ask too. */
    private long askedByUs(String operation) {
        return bench.aws().calls().of(operation).stream()
                .filter(call -> !PIPELINES.equals(call.accessKeyId()))
                .count();
    }

    @BeforeEach
    void declare() {
        bench.aws().faults().spare(PIPELINES);
        bench.aws().codeDeploy().group(group);
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .mode("PARALLEL")
                        .source("acme/web")
                        .stage("Build")
                        .action("Compile", "Build", "CodeBuild")
                        .set("ProjectName", "compile")
                        .in("Source")
                        .out("Built")
                        .stage("Deploy")
                        .action("Ship", "Deploy", "CodeDeploy")
                        .set("ApplicationName", "web")
                        .set("DeploymentGroupName", "prod")
                        .in("Built"));
    }

    private Step following() {
        return step().with("follow", "actions");
    }

    private static List<String> log(Step step) {
        return step.kept.console.raw().stream()
                .filter(line -> line.startsWith("Build/Compile | line "))
                .toList();
    }

    private static long count(Step step, String part) {
        return step.lines().stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void whatActionsStartIsReportedWithTheirNames() {
        buildOfAMinute();
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        assertEquals(LINES, log(step).size(), step.kept.console.raw()::toString);
        assertEquals(1, count(step, "Build/Compile | Started compile"), step.lines()::toString);
        assertEquals(1, count(step, "Build/Compile | compile #1 succeeded"), step.lines()::toString);
        assertEquals(1, count(step, "Deploy/Ship | Watching web to prod"), step.lines()::toString);
        assertTrue(count(step, "Deploy/Ship | ") > 3, step.lines()::toString);
        String last = step.lines().get(step.lines().size() - 1);
        assertTrue(last.startsWith("web ") && last.contains(" succeeded"), last);
        assertEquals(1, bench.aws().codeBuild().builds().size());
    }

    /** Each of its builds is told with the action's name and its own. */
    @ParameterizedTest
    @CsvSource({"false, ", "true, ", "false, BATCH_ID_ALONE", "true, BATCH_ID_ALONE", "false, BATCH_BY_ARN"})
    void aBatchOfBuildsIsReportedAsOne(boolean restarted, Dialect dialect) {
        if (dialect != null) {
            bench.aws().codePipeline().speak(dialect);
        }
        build(it -> it.batches()
                .variable("SIMULATED_SECONDS", 60)
                .variable("SIMULATED_LOG_LINES", LINES)
                .buildspec("""
                        version: 0.2
                        batch:
                          build-list:
                            - identifier: one
                            - identifier: two
                        """));
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("batches")
                        .source("acme/web")
                        .stage("Build")
                        .action("Compile", "Build", "CodeBuild")
                        .set("ProjectName", "compile")
                        .set("BatchEnabled", "true")
                        .in("Source"));
        Step step = following().with("pipeline", "batches").begin();
        List<String> lines = new ArrayList<>();
        List<String> raw = new ArrayList<>();
        if (restarted) {
            bench.advance(45);
            lines.addAll(step.lines());
            raw.addAll(step.kept.console.raw());
            step.restart(10);
        }
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        lines.addAll(step.lines());
        raw.addAll(step.kept.console.raw());
        for (String line : List.of(
                "Build/Compile | Started compile batch #1",
                "Build/Compile | Builds of the batch:",
                "Build/Compile | compile batch #1 succeeded")) {
            assertEquals(1, lines.stream().filter(it -> it.startsWith(line)).count(), () -> line + " in " + lines);
        }
        for (String build : List.of("one", "two")) {
            assertEquals(
                    LINES,
                    raw.stream()
                            .filter(line -> line.startsWith("Build/Compile | " + build + " | line "))
                            .count(),
                    raw::toString);
        }
        assertEquals(1, bench.aws().codeBuild().batches().all().size());
    }

    @Test
    void nothingOfThemIsAskedUnlessTheStepSaysSo() {
        buildOfAMinute();
        Step step = step().begin();
        step.untilOver();
        assertEquals(List.of(), step.kept.console.raw());
        assertEquals(0, askedByUs("CodeBuild.BatchGetBuilds"));
        assertEquals(0, askedByUs("CodeDeploy.BatchGetDeployments"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 20, 30, 45, 60, 70, 80, 100, 120})
    void aRestartReportsEachLineOnce(int seconds) {
        buildOfAMinute();
        Step step = following().begin();
        bench.advance(seconds);
        List<String> lines = new ArrayList<>(step.lines());
        List<String> logged = new ArrayList<>(log(step));
        if (!step.kept.isOver()) {
            step.restart(20);
            step.untilOver();
            lines.addAll(step.lines());
            logged.addAll(log(step));
        }
        assertEquals(Verdict.End.SUCCEEDED, step.end(), lines::toString);
        assertEquals(LINES, logged.size(), logged::toString);
        assertEquals(LINES, new HashSet<>(logged).size(), logged::toString);
        for (String once : List.of("Build/Compile | Started compile", "Deploy/Ship | Watching web to prod")) {
            assertEquals(1, lines.stream().filter(line -> line.startsWith(once)).count(), lines::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CodeBuild.BatchGetBuilds", "CodeDeploy.BatchGetDeployments"})
    void whatMayNotBeSeenIsOneLineAndNoFailure(String operation) {
        buildOfAMinute();
        bench.aws().faults().on(operation).accessDenied();
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        String path = operation.startsWith("CodeBuild") ? "Build/Compile" : "Deploy/Ship";
        assertEquals(1, count(step, path + " is not followed any further: "), step.lines()::toString);
        assertEquals(1, count(step, "codebuild:BatchGetBuilds") + count(step, "codedeploy:BatchGetDeployments"));
    }

    @Test
    void aLogThatMayNotBeReadIsNoFailure() {
        buildOfAMinute();
        bench.aws().faults().on("Logs.GetLogEvents").accessDenied();
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        assertEquals(List.of(), log(step));
        assertEquals(1, count(step, "Build/Compile | compile #1 succeeded"), step.lines()::toString);
    }

    @Test
    void aFailureHasItsCauseLast() {
        build(it -> it.variable("SIMULATED_SECONDS", 10).variable("SIMULATED_STATUS", "FAILED"));
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        String last = step.lines().get(step.lines().size() - 1);
        assertTrue(last.startsWith("Build/Compile (CodeBuild) failed"), last);
        assertEquals(1, count(step, "ended with status FAILED"), step.lines()::toString);
    }

    /** AWS rolls the deployment back when the pipeline has failed already, and takes longer than a log takes to be read. */
    @Test
    void rollbackOfADeploymentIsReportedToItsEnd() {
        buildOfAMinute();
        group.simulation().events(Duration.ofSeconds(30));
        step().begin().untilOver();
        group.simulation().failOnce("Install", Diagnostics.unknownError("disk full"));
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.FAILED, step.end(), step.lines()::toString);
        assertEquals(
                List.of(),
                bench.aws().codeDeploy().deployments().stream()
                        .filter(one -> !one.complete())
                        .toList());
        List<String> own = step.lines().stream()
                .filter(line -> line.startsWith("Deploy/Ship | "))
                .toList();
        assertTrue(own.get(own.size() - 1).contains("succeeded"), own::toString);
        String last = step.lines().get(step.lines().size() - 1);
        assertTrue(last.startsWith("Deploy/Ship (CodeDeploy) failed"), last);
    }

    /** All jobs of a step are one story: that nothing was said for a minute is said once. */
    @Test
    void aSilenceIsBrokenOnce() {
        build(it -> it.variable("SIMULATED_SECONDS", 600).variable("SIMULATED_LOG_LINES", 0));
        Step step = following().begin();
        bench.advanceUntil(() -> count(step, "Build/Compile | ") > 2, LONG);
        bench.advance(60);
        for (int minute = 0; minute < 5; minute++) {
            int before = step.lines().size();
            bench.advance(60);
            int said = step.lines().size() - before;
            assertEquals(1, said, step.lines()::toString);
        }
    }

    @Test
    void whatIsAbandonedIsLeft() {
        build(it -> it.variable("SIMULATED_SECONDS", 3000));
        Step step = following().abandoning().begin();
        bench.advance(60);
        step.kept.execution().stop(new RuntimeException("aborted"), null);
        step.untilOver();
        assertEquals(Verdict.End.STOPPED, step.end());
        assertEquals(1, count(step, "Build/Compile | Left running in AWS: compile:"), step.lines()::toString);
        assertEquals(
                "IN_PROGRESS",
                String.valueOf(bench.aws().codeBuild().builds().get(0).status()));
    }

    @Test
    void whoComesLateIsNotToldOfWhatHasEndedBefore() {
        buildOfAMinute();
        Step first = step().begin();
        bench.advanceUntil(() -> bench.aws().calls().count("CodeDeploy.CreateDeployment") == 1, LONG);
        Step late = step().with("operation", "watch")
                .with("execution", executions().get(0).id())
                .with("follow", "actions")
                .begin();
        late.untilOver();
        first.untilOver();
        assertEquals(List.of(), log(late), late.lines()::toString);
        assertEquals(0, count(late, "Build/Compile | "), late.lines()::toString);
        assertEquals(1, count(late, "Deploy/Ship | Watching web to prod"), late.lines()::toString);
    }

    /** Twenty executions' builds are asked for in one call. */
    @Test
    void buildsOfAllStepsAreAskedForTogether() {
        buildOfAMinute();
        List<Step> steps =
                IntStream.range(0, 20).mapToObj(one -> following().begin()).toList();
        steps.forEach(Step::untilOver);
        long calls = askedByUs("CodeBuild.BatchGetBuilds");
        assertTrue(calls < 60, () -> calls + " calls for 20 builds of a minute");
        steps.forEach(step -> assertEquals(LINES, log(step).size()));
        assertEquals(20, executions().size());
        assertFalse(steps.get(0).lines().isEmpty());
    }
}
