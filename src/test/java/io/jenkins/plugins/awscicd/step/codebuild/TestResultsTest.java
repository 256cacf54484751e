package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.junit.CaseResult;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** The tests of a build are test results of the run. */
@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TestResultsTest {

    private static final int CASES = 2000;

    /** What AWS keeps of a report. */
    private static final int MOST_CASES = 500;

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        local.configure();
    }

    /** A project with {@link #CASES} tests in reports that have them all; one fails. */
    private void project(String exit) {
        StringBuilder reports = new StringBuilder();
        for (int i = 0; i < CASES / MOST_CASES; i++) {
            reports.append("  unit%d:\n    files: [part%<d.xml]\n".formatted(i));
        }
        project(exit, MOST_CASES, reports.toString());
    }

    /** @param most test cases of a file, which are part0.xml and so on */
    private void project(String exit, int most, String reports) {
        local.aws().codeBuild().project(ProjectSpec.named("web").buildspec("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - for i in $(seq 2 %d); do echo "<testcase classname='shop.CartTest' name='adds$i' time='0.01'/>"; done > cases
                      - printf "<testcase classname='shop.PriceTest' name='roundsHalfUp'>" >> cases
                      - printf "<failure message='expected 10.01 but was 10.00'>at PriceTest</failure></testcase>\\n" >> cases
                      - split -d -a 1 -l %d --additional-suffix .cases cases part
                      - for part in part*.cases; do (printf "<testsuites><testsuite name='shop'>"; cat $part; printf "</testsuite></testsuites>") > ${part%%.cases}.xml; done
                      - %s
                reports:
                """.formatted(CASES, most, exit) + reports));
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    @Test
    void thousandsOfCasesAreRecordedAndAFailedOneIsRead() throws Exception {
        project("true");
        WorkflowRun run = run(Result.UNSTABLE, """
                stage('Unit tests') {
                    def build = codeBuild project: 'web', testResults: 'unstable'
                    echo "failed ${build.tests.failed} of ${build.tests.total}"
                }
                """);
        jenkins.assertLogContains("failed 1 of " + CASES, run);
        TestResultAction results = run.getAction(TestResultAction.class);
        assertEquals(CASES, results.getTotalCount());
        List<CaseResult> failed = results.getFailedTests();
        assertEquals(1, failed.size());
        assertEquals("roundsHalfUp", failed.get(0).getName());
        assertEquals("shop.PriceTest", failed.get(0).getClassName());
        assertEquals("shop", failed.get(0).getSuiteResult().getName());
        assertEquals(List.of("Unit tests"), failed.get(0).getSuiteResult().getEnclosingBlockNames());
        String page = jenkins.createWebClient()
                .getPage(run, "testReport/shop/PriceTest/roundsHalfUp/")
                .asNormalizedText();
        assertTrue(page.contains("expected 10.01 but was 10.00"), page);
    }

    @Test
    void aFailedTestFailsTheStepWhereThatIsWanted() throws Exception {
        project("true", CASES, "  unit:\n    files: [part0.xml]\n");
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', testResults: 'fail'");
        jenkins.assertLogContains("web #1 succeeded, but its tests did not: 1 of " + CASES + " tests failed", run);
        TestResultAction results = run.getAction(TestResultAction.class);
        assertEquals(1, results.getFailCount());
        assertEquals(MOST_CASES, results.getTotalCount(), "AWS keeps no more of one report");
        String page = jenkins.createWebClient()
                .getPage(run, "testReport/shop/PriceTest/roundsHalfUp/")
                .asNormalizedText();
        assertTrue(page.contains("web-unit shows 500 of 2,000 cases, as AWS keeps no more"), page);
    }

    @Test
    void twoBuildsOfARunAddUp() throws Exception {
        project("true");
        WorkflowRun run = run(Result.SUCCESS, """
                parallel one: { codeBuild project: 'web', testResults: 'record' },
                    two: { codeBuild project: 'web', testResults: 'record' }
                """);
        assertEquals(2 * CASES, run.getAction(TestResultAction.class).getTotalCount());
    }

    @Test
    void nothingIsRecordedUnlessThatIsWanted() throws Exception {
        project("true");
        assertNull(run(Result.SUCCESS, "codeBuild 'web'").getAction(TestResultAction.class));
    }

    @Test
    void aWordThatIsNotKnownIsNamed() throws Exception {
        project("true");
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', testResults: 'green'");
        jenkins.assertLogContains("testResults: 'green' is not known; use one of record, unstable, fail", run);
        assertEquals(List.of(), local.aws().codeBuild().builds());
    }

    @Test
    void freestyleBuildsRecordThemToo() throws Exception {
        project("exit 3");
        FreeStyleProject project = jenkins.createFreeStyleProject();
        CodeBuildStep step = new CodeBuildStep("web");
        step.setTestResults("record");
        project.getBuildersList().add(new CodeBuildBuilder(step));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, project);
        TestResultAction results = build.getAction(TestResultAction.class);
        assertNotNull(results, "Also of a build that failed");
        assertEquals(CASES, results.getTotalCount());
    }
}
