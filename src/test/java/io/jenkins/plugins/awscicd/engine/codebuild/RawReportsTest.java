package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Faults;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.RawExport;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.RawExport.Layout;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Where a group has the files of its reports put into S3, all of their test cases are recorded; where that does not work, what AWS lists. */
class RawReportsTest extends SteppedBuilds {

    private static final int MANY = 2_000;

    private final KeptTests recorder = new KeptTests(TestResults.RECORD);
    private KeptStep<BuildSnapshot> step;

    @BeforeEach
    void project() {
        bench.simulatedProject("web");
        bench.aws().s3().createBucket("reports", false);
    }

    private void export(String path, boolean zipped, Layout layout) {
        bench.aws().codeBuild().reports().export("web-unit", new RawExport("reports", path, zipped, layout));
    }

    private static List<TestCase> cases(int count) {
        List<TestCase> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(new TestCase("sum", "SumTest", "adds" + i, i == 700 ? "FAILED" : "SUCCEEDED", 1, null));
        }
        return cases;
    }

    private static String jUnit(int from, int to) {
        StringBuilder xml = new StringBuilder("<testsuite name='sum'>");
        for (int i = from; i < to; i++) {
            xml.append("<testcase classname='SumTest' name='adds").append(i).append("'>");
            xml.append(i == 700 ? "<failure message='off by one'>at SumTest:12</failure>" : "")
                    .append("</testcase>");
        }
        return xml.append("</testsuite>").toString();
    }

    private static Map<String, String> files() {
        return Map.of("a/TEST-a.xml", jUnit(0, 1_000), "a/TEST-b.xml", jUnit(1_000, MANY));
    }

    private void run(int count, Map<String, String> files) {
        step = step("web", recorder, ArtifactReceiver.NONE);
        step.begin();
        bench.advanceUntil(() -> !bench.aws().codeBuild().builds().isEmpty(), LONG);
        bench.aws().codeBuild().report(onlyBuild().id(), "web-unit", cases(count), files);
        bench.advanceUntil(step::isOver, Duration.ofMinutes(30));
        assertEquals(Verdict.End.SUCCEEDED, step.outcome().verdict().end());
    }

    private int recorded() throws Exception {
        return recorder.xml().getElementsByTagName("testcase").getLength();
    }

    private void assertListed(String why) throws Exception {
        assertEquals(500, recorded());
        String lines = String.join("\n", step.console.lines());
        assertTrue(
                lines.contains("web-unit: what AWS lists is recorded, not its files in s3://reports/tests: "), lines);
        assertTrue(lines.contains(why), lines);
    }

    static Stream<Arguments> layouts() {
        return Stream.concat(
                Stream.of("/tests/", "").map(path -> Arguments.of(Layout.ID, path, false)),
                Stream.of(Layout.values())
                        .filter(layout -> layout != Layout.WITHOUT_ID)
                        .flatMap(
                                layout -> Stream.of(true, false).map(zipped -> Arguments.of(layout, "tests", zipped))));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void allTestCasesAreRecordedWhateverTheKeysAre(Layout layout, String path, boolean zipped) throws Exception {
        export(path, zipped, layout);
        bench.aws().s3().put("reports", "tests/4c9b3f1e-0000-4000-8000-000000000000/TEST-a.xml", new byte[] {'<'});
        run(MANY, files());
        assertEquals(MANY, recorded());
        Element failure =
                (Element) recorder.xml().getElementsByTagName("failure").item(0);
        assertEquals("off by one", failure.getAttribute("message"));
        assertEquals("at SumTest:12", failure.getTextContent());
        Element suite = (Element) failure.getParentNode().getParentNode();
        assertEquals(onlyBuild().id(), suite.getAttribute("id"));
        String lines = String.join("\n", step.console.lines());
        assertTrue(lines.contains("web-unit: 2,000 test cases are recorded, from its files in s3://reports"), lines);
        assertFalse(Files.exists(recorder.paths.get(0)));
        assertEquals(
                0,
                recorder.xml().getElementsByTagName("system-out").getLength(),
                "None says that there are more of them");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void filesWithoutTheReportsIdAreNotTaken(boolean zipped) throws Exception {
        export("tests", zipped, Layout.WITHOUT_ID);
        run(MANY, files());
        assertListed("no object there has the report's id in its key");
    }

    /** Whether one of those that were not looked at has the id, nobody knows. */
    @Test
    void whereThereAreTooManyObjectsToLookAtThatIsSaid() throws Exception {
        export("tests", false, Layout.WITHOUT_ID);
        for (int i = 0; i <= 20_000; i++) {
            bench.aws().s3().put("reports", "tests/" + i, new byte[0]);
        }
        run(MANY, files());
        String id = onlyBuild().toJson().at("/reportArns/0").asText().replaceFirst(".*:", "");
        assertListed("there are more than 20 pages of objects, among which those of the report, whose id is " + id
                + ", were not looked for any further; give its report group a path of its own");
    }

    /** Whether they are all of them, the number of their test cases says. */
    @Test
    void filesThatAreFoundBeforeTooManyObjectsAreTaken() throws Exception {
        export("tests", false, Layout.ID_AT_THE_END);
        for (int i = 0; i <= 20_000; i++) {
            bench.aws().s3().put("reports", "tests/z/" + i, new byte[0]);
        }
        run(MANY, files());
        assertEquals(MANY, recorded());
    }

    @Test
    void otherFormatsAreRecordedAsAwsListsThem() throws Exception {
        export("tests", false, Layout.ID);
        run(MANY, Map.of("TestResult.xml", "<test-results><test-case name='a'/></test-results>"));
        assertListed("it is not in JUnit's format: it begins with <test-results>");
    }

    /** Of several files one may be missing, or be of another format. */
    @Test
    void fewerTestCasesThanAwsCountsAreNotTaken() throws Exception {
        export("tests", false, Layout.ID);
        run(MANY, Map.of("TEST-a.xml", jUnit(0, 1_000)));
        assertListed("they have 1,000 test cases, and the report 2,000");
    }

    @Test
    void withoutPermissionsWhatIsListedIsRecorded() throws Exception {
        export("tests", false, Layout.ID);
        bench.aws().faults().on("S3.ListObjectsV2").accessDenied();
        run(MANY, files());
        assertListed("s3:ListBucket failed for s3://reports/tests, the report's files");
    }

    @Test
    void whatMayNotBeDecryptedNamesThePermission() throws Exception {
        String key = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
        export("tests", false, Layout.ID);
        bench.aws().s3().encryptWith("reports", key);
        bench.aws().s3().refuseDecrypt(key);
        run(MANY, files());
        assertListed("that they allow the IAM action kms:Decrypt on this resource");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatBreaksIsTriedAgain(boolean within) throws Exception {
        export("tests", true, Layout.ID);
        Faults.On fault = bench.aws().faults().on("S3.GetObject");
        (within ? fault.cutAnswer() : fault.cutConnection()).times(1);
        run(MANY, files());
        assertEquals(MANY, recorded());
    }

    @Test
    void nobodyWhoWantsNoTestResultsReadsFiles() {
        export("tests", false, Layout.ID);
        BuildRun run = run("web");
        bench.advanceUntil(() -> !bench.aws().codeBuild().builds().isEmpty(), LONG);
        bench.aws().codeBuild().report(onlyBuild().id(), "web-unit", cases(MANY), files());
        untilOver(run);
        assertEquals(0, bench.aws().calls().count("S3.ListObjectsV2"));
    }
}
