package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the report files of each format that CodeBuild reads. */
class ReportFilesTest {

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("report"), content);
    }

    private List<String> cases(String format, String content) throws IOException {
        return TestFiles.FORMATS.read(format, file(content)).stream()
                .map(test -> String.join(
                        "|",
                        test.suiteName(),
                        test.prefix(),
                        test.name(),
                        test.status(),
                        String.valueOf(test.nanos()),
                        String.valueOf(test.message())))
                .toList();
    }

    @Test
    void jUnit() throws IOException {
        assertEquals(
                List.of("sum|SumTest|adds|SUCCEEDED|1250000000|null", "sum|SumTest|overflows|FAILED|0|4, not 5"),
                cases("JUNITXML", """
                        <testsuite name="sum">
                          <testcase classname="SumTest" name="adds" time="1.25"/>
                          <testcase classname="SumTest" name="overflows"><failure message="4, not 5"/></testcase>
                        </testsuite>"""));
    }

    @Test
    void cucumber() throws IOException {
        assertEquals(
                List.of(
                        "Sums|Sums|adds|SUCCEEDED|3|null",
                        "Sums|Sums|overflows|FAILED|1|4, not 5",
                        "Sums|Sums|new|ERROR|0|null"),
                cases("CUCUMBERJSON", """
                        [{"name": "Sums", "elements": [
                          {"type": "background", "name": "always"},
                          {"type": "scenario", "name": "adds", "steps": [
                            {"result": {"status": "passed", "duration": 1}}, {"result": {"status": "passed", "duration": 2}}]},
                          {"type": "scenario", "name": "overflows", "steps": [
                            {"result": {"status": "failed", "duration": 1, "error_message": "4, not 5"}},
                            {"result": {"status": "skipped"}}]},
                          {"type": "scenario", "name": "new", "steps": [{"result": {"status": "undefined"}}]}]}]"""));
    }

    @Test
    void nUnit() throws IOException {
        assertEquals(
                List.of(
                        "SumTest|Shop.SumTest|Shop.SumTest.Adds(1.5)|SUCCEEDED|500000000|null",
                        "SumTest|Shop.SumTest|Shop.SumTest.Old|SKIPPED|0|later"),
                cases("NUNITXML", """
                        <test-results><test-suite name="SumTest"><results>
                          <test-case name="Shop.SumTest.Adds(1.5)" executed="True" result="Success" time="0.5"/>
                          <test-case name="Shop.SumTest.Old" executed="False" result="Ignored">
                            <reason><message>later</message></reason></test-case>
                        </results></test-suite></test-results>"""));
    }

    @Test
    void nUnit3() throws IOException {
        assertEquals(
                List.of(
                        "Shop.SumTest|Shop.SumTest|Adds|SUCCEEDED|500000000|null",
                        "Shop.SumTest|Shop.SumTest|Starts|ERROR|0|no port"),
                cases("NUNIT3XML", """
                        <test-run><test-suite name="SumTest">
                          <test-case name="Adds" classname="Shop.SumTest" result="Passed" duration="0.5"/>
                          <test-case name="Starts" classname="Shop.SumTest" result="Failed" label="Error">
                            <failure><message>no port</message></failure></test-case>
                        </test-suite></test-run>"""));
    }

    @Test
    void testNg() throws IOException {
        assertEquals(
                List.of("shop|SumTest|adds|SUCCEEDED|12000000|null", "shop|SumTest|overflows|FAILED|0|4, not 5"),
                cases("TESTNGXML", """
                        <testng-results><suite name="shop"><test name="all"><class name="SumTest">
                          <test-method name="before" is-config="true" status="PASS"/>
                          <test-method name="adds" status="PASS" duration-ms="12"/>
                          <test-method name="overflows" status="FAIL"><exception><message>4, not 5</message></exception></test-method>
                        </class></test></suite></testng-results>"""));
    }

    @Test
    void trx() throws IOException {
        assertEquals(
                List.of("Shop.SumTest|Shop.SumTest|Adds|SUCCEEDED|1250000000|null", "||Other|FAILED|0|4, not 5"),
                cases("VISUALSTUDIOTRX", """
                        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
                          <Results>
                            <UnitTestResult testId="1" testName="Adds" outcome="Passed" duration="00:00:01.2500000"/>
                            <UnitTestResult testId="2" testName="Other" outcome="Failed">
                              <Output><ErrorInfo><Message>4, not 5</Message></ErrorInfo></Output></UnitTestResult>
                          </Results>
                          <TestDefinitions><UnitTest id="1" name="Adds"><TestMethod className="Shop.SumTest" name="Adds"/></UnitTest>
                          </TestDefinitions>
                        </TestRun>"""));
    }

    private List<FileCoverage> coverage(String format, String content) throws IOException {
        return CoverageFiles.FORMATS.read(format, file(content));
    }

    @Test
    void jaCoCo() throws IOException {
        assertEquals(List.of(new FileCoverage("shop/Sum.java", 8, 2, 3, 1)), coverage("JACOCOXML", """
                <?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
                <report name="shop"><package name="shop">
                  <class name="shop/Sum"><counter type="LINE" missed="2" covered="8"/></class>
                  <sourcefile name="Sum.java"><line nr="1" mi="0" ci="3"/>
                    <counter type="LINE" missed="2" covered="8"/><counter type="BRANCH" missed="1" covered="3"/></sourcefile>
                  <counter type="LINE" missed="2" covered="8"/></package></report>"""));
    }

    @Test
    void cobertura() throws IOException {
        assertEquals(List.of(new FileCoverage("src/sum.py", 2, 1, 1, 1)), coverage("COBERTURAXML", """
                <!DOCTYPE coverage SYSTEM "http://cobertura.example.invalid/coverage-04.dtd">
                <coverage><packages><package name="src"><classes>
                  <class name="Sum" filename="src/sum.py"><methods><method name="m"><lines><line number="1" hits="1"/></lines></method></methods>
                    <lines><line number="1" hits="1"/><line number="2" hits="3" branch="true" condition-coverage="50% (1/2)"/></lines></class>
                  <class name="Other" filename="src/sum.py"><lines><line number="9" hits="0"/></lines></class>
                </classes></package></packages></coverage>"""));
    }

    @Test
    void clover() throws IOException {
        assertEquals(List.of(new FileCoverage("/src/sum.js", 8, 2, 1, 3)), coverage("CLOVERXML", """
                <coverage><project><metrics statements="10"/><file name="sum.js" path="/src/sum.js">
                  <metrics statements="10" coveredstatements="8" conditionals="4" coveredconditionals="1"/></file></project></coverage>"""));
    }

    @Test
    void simpleCov() throws IOException {
        assertEquals(
                List.of(new FileCoverage("/src/sum.rb", 2, 1, 0, 0), new FileCoverage("/src/old.rb", 1, 0, 0, 0)),
                coverage("SIMPLECOV", """
                        {"RSpec": {"coverage": {"/src/sum.rb": {"lines": [1, null, 0, 7]}, "/src/old.rb": [2]}}}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JUNITXML", "NUNITXML", "NUNIT3XML", "TESTNGXML", "VISUALSTUDIOTRX", "CUCUMBERJSON"})
    void whatIsOfAnotherFormatIsRefused(String format) throws IOException {
        Path other = file(format.endsWith("JSON") ? "{}" : "<coverage/>");
        IOException refused = assertThrows(IOException.class, () -> TestFiles.FORMATS.read(format, other));
        assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JACOCOXML", "COBERTURAXML", "CLOVERXML", "SIMPLECOV"})
    void soIsWhatIsNoCoverage(String format) throws IOException {
        Path other = file(format.equals("SIMPLECOV") ? "{}" : "<testsuite/>");
        assertThrows(IOException.class, () -> CoverageFiles.FORMATS.read(format, other));
    }

    @Test
    void nothingThatAFileNamesIsRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hidden");
        List<String> cases = cases(
                "JUNITXML",
                "<!DOCTYPE testsuite [<!ENTITY s SYSTEM \"" + secret.toUri()
                        + "\">]><testsuite name='sum'><testcase name='a'><failure>&s;</failure></testcase></testsuite>");
        assertEquals(List.of("sum||a|FAILED|0|"), cases);
    }
}
