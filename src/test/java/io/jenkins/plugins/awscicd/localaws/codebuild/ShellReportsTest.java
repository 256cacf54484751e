package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhaseType;
import software.amazon.awssdk.services.codebuild.model.CodeCoverage;
import software.amazon.awssdk.services.codebuild.model.Report;
import software.amazon.awssdk.services.codebuild.model.ReportStatusType;
import software.amazon.awssdk.services.codebuild.model.ReportType;
import software.amazon.awssdk.services.codebuild.model.StatusType;
import software.amazon.awssdk.services.codebuild.model.TestCase;

/** The files that a buildspec names become reports, whose test cases can be read. */
@Timeout(60)
class ShellReportsTest extends ShellBuilds {

    private Build build(String file) throws Exception {
        source(Map.of("build/sum.xml", file, "buildspec.yml", """
                version: 0.2
                phases:
                  build:
                    commands: ['true']
                reports:
                  unit:
                    files: ['**/*.xml']
                    base-directory: build
                """));
        aws.codeBuild().project(web());
        return run(request -> {});
    }

    @Test
    void testCasesAreReadFromTheFiles() throws Exception {
        Build build = build("""
                <testsuites>
                  <testsuite name="sum">
                    <testcase classname="SumTest" name="adds" time="1.25"/>
                    <testcase classname="SumTest" name="overflows" time="0.5"><failure message="4, not 5">at SumTest</failure></testcase>
                    <testcase classname="SumTest" name="starts"><error>no such port</error></testcase>
                    <testcase classname="SumTest" name="onWindows"><skipped/></testcase>
                  </testsuite>
                </testsuites>
                """);
        assertEquals(StatusType.SUCCEEDED, build.buildStatus(), log(build));
        String arn = build.reportArns().get(0);
        Report report = codeBuild
                .batchGetReports(request -> request.reportArns(arn, arn + "-gone"))
                .reports()
                .get(0);
        assertEquals(ReportStatusType.FAILED, report.status());
        assertTrue(report.reportGroupArn().endsWith(":report-group/web-unit"), report.reportGroupArn());
        assertEquals(build.arn(), report.executionId());
        assertEquals(4, report.testSummary().total());
        assertEquals(1_750_000_000L, report.testSummary().durationInNanoSeconds());
        assertEquals(
                Map.of("SUCCEEDED", 1, "FAILED", 1, "ERROR", 1, "SKIPPED", 1, "UNKNOWN", 0),
                report.testSummary().statusCounts());
        List<TestCase> failed = codeBuild
                .describeTestCases(request -> request.reportArn(arn).filter(filter -> filter.status("FAILED")))
                .testCases();
        assertEquals(List.of("4, not 5"), failed.stream().map(TestCase::message).toList());
        List<TestCase> second =
                codeBuild
                        .describeTestCasesPaginator(
                                request -> request.reportArn(arn).maxResults(1))
                        .stream()
                        .flatMap(page -> page.testCases().stream())
                        .toList();
        assertEquals(
                List.of("adds", "overflows", "starts", "onWindows"),
                second.stream().map(TestCase::name).toList());
    }

    @Test
    void aFileThatIsNoReportFailsTheBuild() throws Exception {
        Build build = build("no XML");
        assertEquals(StatusType.FAILED, build.buildStatus(), log(build));
        String context = build.phases().stream()
                .filter(phase -> phase.phaseType() == BuildPhaseType.UPLOAD_ARTIFACTS)
                .map(phase -> phase.contexts().get(0).message())
                .findFirst()
                .orElseThrow();
        assertTrue(context.startsWith("Error in UPLOAD_ARTIFACTS phase: [unit: [error processing report: ["), context);
    }

    @Test
    void coverageIsReadFromItsFile() throws Exception {
        source(Map.of("build/jacoco.xml", """
                <report name="web"><package name="shop"><sourcefile name="Sum.java">
                  <counter type="LINE" missed="2" covered="8"/></sourcefile></package></report>
                """, "buildspec.yml", """
                version: 0.2
                phases:
                  build:
                    commands: ['true']
                reports:
                  coverage:
                    files: ['build/jacoco.xml']
                    file-format: JACOCOXML
                  none:
                    files: ['gone.xml']
                """));
        aws.codeBuild().project(web());
        Build build = run(request -> {});
        assertEquals(StatusType.SUCCEEDED, build.buildStatus(), log(build));
        assertEquals(1, build.reportArns().size(), "nothing is made of files that are not there");
        String arn = build.reportArns().get(0);
        Report report = codeBuild
                .batchGetReports(request -> request.reportArns(arn))
                .reports()
                .get(0);
        assertEquals(ReportType.CODE_COVERAGE, report.type());
        assertEquals(80.0, report.codeCoverageSummary().lineCoveragePercentage());
        assertEquals(
                List.of("shop/Sum.java"),
                codeBuild.describeCodeCoverages(request -> request.reportArn(arn)).codeCoverages().stream()
                        .map(CodeCoverage::filePath)
                        .toList());
    }
}
