package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.FileCoverage;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests of a build are summed up when it is over, and those that failed are named. */
class BuildReportsTest extends SteppedBuilds {

    private static final TestCase PASSED = new TestCase("SumTest", "adds", "SUCCEEDED", 1_200_000_000, null);
    private static final TestCase SKIPPED = new TestCase("SumTest", "onWindows", "SKIPPED", 0, null);
    private static final TestCase FAILED = new TestCase(
            "SumTest", "overflows", "FAILED", 300_000_000, "\nexpected: <4> but was: <5>\n\tat SumTest:12");
    private static final TestCase ERROR = new TestCase("", "starts", "ERROR", 0, null);

    @BeforeEach
    void project() {
        bench.simulatedProject("web");
    }

    private BuildRun started() {
        BuildRun run = run("web");
        bench.advanceUntil(() -> !bench.aws().codeBuild().builds().isEmpty(), LONG);
        return run;
    }

    private void report(String group, TestCase... cases) {
        bench.aws().codeBuild().report(onlyBuild().id(), group, List.of(cases));
    }

    private List<String> linesOf(BuildRun run) {
        untilOver(run);
        List<String> lines = run.console().lines();
        List<String> ours = new ArrayList<>(lines);
        ours.removeIf(line -> !line.matches("(Tests|Coverage|Report|The reports|  ).*"));
        assertTrue(run.console().lastLine().startsWith("web #1 succeeded"), lines.toString());
        return ours;
    }

    @Test
    void areSummedUpBeforeTheBuildsEnd() {
        BuildRun run = started();
        report("web-unit", PASSED, PASSED);
        report("web-browser", PASSED, SKIPPED, FAILED, ERROR);
        assertEquals(
                List.of(
                        "Tests web-unit: 2 tests, all passed, in 2.4 s",
                        "Tests web-browser: 4 tests, 2 failed, 1 skipped, in 1.5 s",
                        "  FAILED  SumTest.overflows: expected: <4> but was: <5>",
                        "  ERROR  starts"),
                linesOf(run));
        assertEquals(1, calls("BatchGetReports"));
        assertEquals(2, calls("DescribeTestCases"), "of what failed and what ended with an error, alone");
    }

    @Test
    void aNameThatHasItsPrefixInItIsNotDoubled() {
        BuildRun run = started();
        report("web-unit", new TestCase("Shop.SumTest", "Shop.SumTest.Adds", "FAILED", 0, "4, not 5"));
        assertEquals("  FAILED  Shop.SumTest.Adds: 4, not 5", linesOf(run).get(1));
    }

    @Test
    void manyThatFailAreCounted() {
        BuildRun run = started();
        report("web-unit", IntStream.rangeClosed(1, 500).mapToObj(i -> FAILED).toArray(TestCase[]::new));
        List<String> lines = linesOf(run);
        assertEquals("Tests web-unit: 500 tests, 500 failed, in 2 min 30 s", lines.get(0));
        assertEquals(12, lines.size());
        assertEquals("  and 490 more", lines.get(11));
        assertEquals(1, calls("DescribeTestCases"));
    }

    private static TestCase[] passedAnd(int passed, TestCase... last) {
        return Stream.concat(IntStream.range(0, passed).mapToObj(i -> PASSED), Stream.of(last))
                .toArray(TestCase[]::new);
    }

    @Test
    void aReportOfWhichAwsKeepsOnlySomeCasesSaysSo() {
        BuildRun run = started();
        report("web-unit", passedAnd(1_998, SKIPPED, FAILED));
        assertEquals(
                List.of(
                        "Tests web-unit: 2000 tests, 1 failed, 1 skipped, in 39 min 58 s",
                        "  web-unit shows 500 of 2,000 cases, as AWS keeps no more; failed ones come first, and all are counted",
                        "  FAILED  SumTest.overflows: expected: <4> but was: <5>"),
                linesOf(run));
    }

    @Test
    void testsThatFailedCountAlsoIfAwsListsNoneOfThem() {
        BuildRun run = started();
        report("web-unit", passedAnd(600, ERROR, ERROR));
        assertEquals(
                List.of(
                        "Tests web-unit: 602 tests, 2 failed, in 12 min 0 s",
                        "  web-unit shows 500 of 602 cases, as AWS keeps no more; failed ones come first, and all are counted",
                        "  2 failed, and AWS lists none of them"),
                linesOf(run));
    }

    @Test
    void whatIsNotCountedIsNotCalledPassed() {
        bench.aws().codeBuild().dialect(Dialect.STATUS_COUNTS_OF_KEPT_CASES);
        BuildRun run = started();
        report("web-unit", passedAnd(600, ERROR));
        assertEquals(
                List.of(
                        "Tests web-unit: 601 tests, 500 passed, in 12 min 0 s",
                        "  web-unit shows 500 of 601 cases, as AWS keeps no more; how the other 101 ended, AWS does not say",
                        "Report web-unit failed, and AWS does not say which of its tests did"),
                linesOf(run));
    }

    @Test
    void reportsThatAreNotReadyAreWaitedFor() {
        bench.aws().codeBuild().reports().generating(Duration.ofSeconds(75));
        BuildRun run = started();
        report("web-unit", PASSED);
        assertEquals(List.of("Tests web-unit: 1 test, all passed, in 1.2 s"), linesOf(run));
    }

    @Test
    void forAMinuteAtTheMost() {
        bench.aws().codeBuild().reports().generating(Duration.ofHours(1));
        BuildRun run = started();
        report("web-unit", PASSED);
        assertEquals(List.of("Report web-unit is not ready yet"), linesOf(run));
        Duration late = Duration.between(onlyBuild().endTime(), run.overAt());
        assertTrue(late.compareTo(Duration.ofSeconds(75)) < 0, late.toString());
    }

    @Test
    void theFilesThatAreCoveredLeastAreNamed() {
        BuildRun run = started();
        List<FileCoverage> files = new ArrayList<>();
        files.add(new FileCoverage("src/Whole.java", 40, 0, 4, 0));
        files.add(new FileCoverage("src/Price.java", 1, 24, 0, 8));
        files.add(new FileCoverage("src/Cart.java", 15, 5, 0, 0));
        bench.aws().codeBuild().coverage(onlyBuild().id(), "web-coverage", files);
        assertEquals(
                List.of(
                        "Coverage web-coverage: 65.9 % of lines, 33.3 % of branches",
                        "     lines  branches  least covered files",
                        "     4.0 %     0.0 %  src/Price.java",
                        "    75.0 %         –  src/Cart.java"),
                linesOf(run));
        assertEquals(1, calls("DescribeCodeCoverages"));
        Progress shown = run.observed().progress(bench.session());
        assertEquals(
                List.of("65.9 % of lines, 33.3 % of branches"),
                shown.facts().stream()
                        .filter(fact -> fact.what() == Progress.What.COVERAGE)
                        .map(Progress.Fact::value)
                        .toList());
    }

    @Test
    void butNoMoreThanTen() {
        BuildRun run = started();
        bench.aws()
                .codeBuild()
                .coverage(
                        onlyBuild().id(),
                        "web-coverage",
                        IntStream.range(0, 500)
                                .mapToObj(i -> new FileCoverage("src/F" + i + ".java", i, 1, 0, 0))
                                .toList());
        List<String> lines = linesOf(run);
        assertEquals(13, lines.size(), lines.toString());
        assertEquals("     0.0 %         –  src/F0.java", lines.get(2));
        assertEquals("  and more files", lines.get(12));
        assertEquals(1, calls("DescribeCodeCoverages"));
    }

    @Test
    void theSumOfTheCoverageIsThereAlsoIfItsFilesMayNotBeRead() {
        bench.aws().faults().on("CodeBuild.DescribeCodeCoverages").accessDenied();
        BuildRun run = started();
        bench.aws()
                .codeBuild()
                .coverage(onlyBuild().id(), "web-coverage", List.of(new FileCoverage("src/F.java", 1, 1, 0, 0)));
        List<String> lines = linesOf(run);
        assertEquals("Coverage web-coverage: 50.0 % of lines", lines.get(0));
        assertTrue(lines.get(1).startsWith("  The files could not be read: "), lines.get(1));
        assertTrue(lines.get(1).contains("codebuild:DescribeCodeCoverages"), lines.get(1));
    }

    @Test
    void aReportThatAwsCouldNotMakeIsCalledIncomplete() {
        BuildRun run = started();
        bench.aws().codeBuild().incompleteReport(onlyBuild().id(), "web-unit");
        assertEquals(
                List.of("Report web-unit is incomplete: AWS could not make it of the files that the buildspec names"),
                linesOf(run));
    }

    @Test
    void whatMayNotBeReadFailsNothing() {
        bench.aws().faults().on("CodeBuild.BatchGetReports").accessDenied();
        BuildRun run = started();
        report("web-unit", PASSED);
        List<String> lines = linesOf(run);
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).startsWith("The reports could not be read: "), lines.get(0));
        assertTrue(lines.get(0).contains("codebuild:BatchGetReports"), lines.get(0));
    }

    @Test
    void aBuildWithoutReportsCostsNoCall() {
        assertEquals(List.of(), linesOf(started()));
        assertEquals(0, calls("BatchGetReports"));
    }

    @Test
    void nobodyWaitsForTheTestsOfABuildThatWasStopped() {
        bench.aws().codeBuild().reports().generating(Duration.ofHours(1));
        BuildRun run = started();
        report("web-unit", PASSED);
        run.job().stop();
        untilOver(run);
        assertEquals(0, calls("BatchGetReports"));
    }
}
