package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** All test cases of a build's reports reach whoever records them, once, and decide what the step says that they decide. */
class RecordedTestsTest extends SteppedBuilds {

    private static final TestCase PASSED = new TestCase("SumTest", "adds", "SUCCEEDED", 1_200_000_000, null);
    private static final TestCase FAILED =
            new TestCase("arithmetic", "SumTest", "overflows", "FAILED", 1, "expected: <4>\n\tat \u001b[31mSumTest:12");

    private KeptTests recorder = new KeptTests(TestResults.RECORD);
    private KeptStep<BuildSnapshot> step;

    @BeforeEach
    void project() {
        bench.simulatedProject("web");
    }

    private void begin() {
        begin("web");
    }

    private void begin(String project) {
        step = step(project, recorder, ArtifactReceiver.NONE);
        step.begin();
        bench.advanceUntil(() -> !bench.aws().codeBuild().builds().isEmpty(), LONG);
    }

    private void report(String group, List<TestCase> cases) {
        bench.aws().codeBuild().report(onlyBuild().id(), group, cases);
    }

    private void end() {
        bench.advanceUntil(step::isOver, Duration.ofMinutes(30));
    }

    private Verdict.End endsWith() {
        end();
        return step.outcome().verdict().end();
    }

    private static int failures(Document xml) {
        return xml.getElementsByTagName("failure").getLength();
    }

    @Test
    void allPagesAreRecordedUnderTheSuitesThatTheReportNames() throws Exception {
        begin();
        List<TestCase> many = new ArrayList<>();
        IntStream.range(0, 250).forEach(i -> many.add(PASSED));
        many.add(FAILED);
        many.add(new TestCase("", "starts", "ERROR", 0, null));
        many.add(new TestCase("", "onWindows", "SKIPPED", 0, "no Windows"));
        many.add(new TestCase("", "odd", "UNKNOWN", 0, null));
        report("web-unit", many);
        report("web-browser", List.of(PASSED));
        assertEquals(Verdict.End.SUCCEEDED, endsWith());
        Document xml = recorder.xml();
        assertEquals(255, xml.getElementsByTagName("testcase").getLength());
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertEquals("expected: <4>", failure.getAttribute("message"));
        assertEquals("expected: <4>\n\tat [31mSumTest:12", failure.getTextContent());
        Element failed = (Element) failure.getParentNode();
        assertEquals("SumTest", failed.getAttribute("classname"));
        assertEquals("0.000000001", failed.getAttribute("time"));
        assertEquals("arithmetic", ((Element) failed.getParentNode()).getAttribute("name"));
        assertEquals(1, xml.getElementsByTagName("error").getLength());
        assertEquals(2, xml.getElementsByTagName("skipped").getLength());
        Element first = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertEquals("web-unit", first.getAttribute("name"));
        assertEquals(onlyBuild().id(), first.getAttribute("id"));
        assertEquals(3 + 1 + 2, calls("DescribeTestCases"), "pages, and what is named on the console");
        assertFalse(Files.exists(recorder.paths.get(0)), "The files are deleted");
    }

    @ParameterizedTest
    @EnumSource(TestResults.class)
    void aTestThatFails(TestResults mode) {
        recorder = new KeptTests(mode);
        begin();
        report("web-unit", List.of(PASSED, FAILED));
        assertEquals(mode == TestResults.FAIL ? Verdict.End.FAILED : Verdict.End.SUCCEEDED, endsWith());
        assertEquals(
                mode == TestResults.UNSTABLE ? List.of("web #1: 1 of 2 tests failed") : List.of(), recorder.unstable);
        if (mode == TestResults.FAIL) {
            assertEquals(
                    "web #1 succeeded, but its tests did not: 1 of 2 tests failed",
                    step.outcome().verdict().reason());
        }
        assertEquals(1, recorder.files.size());
    }

    @Test
    void whatIsRecordedOfATruncatedReportSaysThatItIsNotAll() throws Exception {
        begin();
        List<TestCase> many = new ArrayList<>(Collections.nCopies(2_000, PASSED));
        many.add(FAILED);
        report("web-unit", many);
        report("web-browser", List.of(PASSED));
        assertEquals(Verdict.End.SUCCEEDED, endsWith());
        Document xml = recorder.xml();
        assertEquals(500 + 1, xml.getElementsByTagName("testcase").getLength());
        assertEquals(1, failures(xml));
        List<String> suites = new ArrayList<>();
        for (int i = 0; i < xml.getElementsByTagName("testsuite").getLength(); i++) {
            Element suite = (Element) xml.getElementsByTagName("testsuite").item(i);
            Node said = suite.getElementsByTagName("system-out").item(0);
            suites.add(suite.getAttribute("name") + ": " + (said == null ? "" : said.getTextContent()));
        }
        String not =
                "web-unit shows 500 of 2,001 cases, as AWS keeps no more; failed ones come first, and all are counted";
        assertEquals(List.of("arithmetic: " + not, "web-unit: " + not, "web-browser: "), suites);
    }

    /** Whatever is counted: one of the tests that AWS does not list has failed. */
    @ParameterizedTest
    @CsvSource({
        "UNSTABLE, false, 1 of 601 tests failed",
        "FAIL, false, 1 of 601 tests failed",
        "UNSTABLE, true, 'Report web-unit failed, and AWS does not say which of its tests did'",
        "FAIL, true, 'Report web-unit failed, and AWS does not say which of its tests did'"
    })
    void aTestThatFailsDecidesAlsoIfItIsNotListed(TestResults mode, boolean countsKeptAlone, String why)
            throws Exception {
        if (countsKeptAlone) {
            bench.aws().codeBuild().dialect(Dialect.STATUS_COUNTS_OF_KEPT_CASES);
        }
        recorder = new KeptTests(mode);
        begin();
        List<TestCase> many = new ArrayList<>(Collections.nCopies(600, PASSED));
        many.add(new TestCase("", "starts", "ERROR", 0, null));
        report("web-unit", many);
        assertEquals(mode == TestResults.FAIL ? Verdict.End.FAILED : Verdict.End.SUCCEEDED, endsWith());
        assertEquals(mode == TestResults.FAIL ? List.of() : List.of("web #1: " + why), recorder.unstable);
        if (mode == TestResults.FAIL) {
            assertEquals(
                    "web #1 succeeded, but its tests did not: " + why,
                    step.outcome().verdict().reason());
        }
        assertEquals(500, recorder.xml().getElementsByTagName("testcase").getLength());
    }

    @ParameterizedTest
    @EnumSource(TestResults.class)
    void noReport(TestResults mode) {
        recorder = new KeptTests(mode);
        begin();
        assertEquals(mode == TestResults.FAIL ? Verdict.End.FAILED : Verdict.End.SUCCEEDED, endsWith());
        assertEquals(
                mode == TestResults.UNSTABLE ? List.of("web #1: The build has no test reports") : List.of(),
                recorder.unstable);
        assertTrue(step.console.lines().contains("The build has no test reports"));
    }

    @ParameterizedTest
    @EnumSource(TestResults.class)
    void testsThatMayNotBeReadCountAsNoneThatPassed(TestResults mode) {
        bench.aws().faults().on("CodeBuild.DescribeTestCases").accessDenied();
        recorder = new KeptTests(mode);
        begin();
        report("web-unit", List.of(PASSED));
        assertEquals(mode == TestResults.FAIL ? Verdict.End.FAILED : Verdict.End.SUCCEEDED, endsWith());
        assertEquals(mode == TestResults.UNSTABLE ? 1 : 0, recorder.unstable.size());
        assertTrue(
                step.console.lines().stream()
                        .anyMatch(line -> line.startsWith("The test results could not be recorded: ")
                                && line.contains("codebuild:DescribeTestCases")),
                step.console.lines().toString());
        assertEquals(List.of(), recorder.files);
    }

    @Test
    void whatCannotBeRecordedIsSaid() {
        recorder = new KeptTests(TestResults.FAIL);
        recorder.failure = new IOException("No space left on device");
        begin();
        report("web-unit", List.of(PASSED));
        assertEquals(Verdict.End.FAILED, endsWith());
        assertTrue(step.console.lines().contains("The test results could not be recorded: No space left on device"));
    }

    @Test
    void reportsThatDecideAreWaitedForLonger() throws Exception {
        bench.aws().codeBuild().reports().generating(Duration.ofMinutes(8));
        begin();
        report("web-unit", List.of(FAILED));
        end();
        assertEquals(1, failures(recorder.xml()));
    }

    @Test
    void afterARestartTheVerdictIsTheSame() {
        recorder = new KeptTests(TestResults.FAIL);
        begin();
        report("web-unit", List.of(FAILED));
        assertEquals(Verdict.End.FAILED, endsWith());
        step.forgetEnd();
        step.resume(bench.scheduler(), null, null);
        assertEquals(Verdict.End.FAILED, endsWith());
        assertEquals(1, recorder.files.size());
    }

    @Test
    void onlyTheLastTryCounts() throws Exception {
        bench.simulatedProject("shaky", it -> it.autoRetryLimit(1).variable("SIMULATED_STATUS", "FAILED"));
        begin("shaky");
        String first = onlyBuild().id();
        report("web-unit", List.of(FAILED, FAILED));
        bench.advanceUntil(() -> bench.aws().codeBuild().builds().size() == 2, Duration.ofMinutes(30));
        String second = bench.aws().codeBuild().builds().stream()
                .map(Build::id)
                .filter(id -> !id.equals(first))
                .findFirst()
                .orElseThrow();
        bench.aws().codeBuild().report(second, "web-unit", List.of(FAILED));
        end();
        assertEquals(List.of(second), recorder.builds);
        assertEquals(1, failures(recorder.xml()));
    }

    @Test
    void anAbortDoesNotWaitForReports() {
        bench.aws().codeBuild().reports().generating(Duration.ofHours(1));
        begin();
        report("web-unit", List.of(FAILED));
        bench.advanceUntil(() -> onlyBuild().endTime() != null, LONG);
        bench.advance(30);
        assertFalse(step.isOver(), "It waits for the reports");
        step.execution().stop(new IllegalStateException("aborted"), null);
        bench.advanceUntil(step::isOver, Duration.ofSeconds(10));
        assertEquals("aborted", step.outcome().failure().getMessage());
    }

    @Test
    void theTestsOfABuildThatWasStoppedAreNotRecorded() {
        begin();
        report("web-unit", List.of(FAILED));
        step.execution().stop(new IllegalStateException("aborted"), null);
        end();
        assertEquals(List.of(), recorder.files);
    }
}
