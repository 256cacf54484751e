package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * Reads files with test results ("file-format" in the buildspec reference). Which of a format's fields AWS takes for a case's prefix and
 * suite is unproven: the engine takes them as they come.
 */
public final class TestFiles {

    public static final Formats<TestCase> FORMATS = new Formats<>(Map.of(
            "JUNITXML", TestFiles::jUnit,
            "CUCUMBERJSON", TestFiles::cucumber,
            "NUNITXML", TestFiles::nUnit,
            "NUNIT3XML", TestFiles::nUnit3,
            "TESTNGXML", TestFiles::testNg,
            "VISUALSTUDIOTRX", TestFiles::trx));

    private TestFiles() {}

    private static List<TestCase> jUnit(Path file) throws IOException {
        List<TestCase> cases = new ArrayList<>();
        for (Element test : ReportXml.all(ReportXml.root(file, "testsuite", "testsuites"), "testcase")) {
            String status = "SUCCEEDED";
            String message = null;
            for (String[] kind : new String[][] {{"error", "ERROR"}, {"failure", "FAILED"}, {"skipped", "SKIPPED"}}) {
                List<Element> found = ReportXml.all(test, kind[0]);
                if (!found.isEmpty()) {
                    status = kind[1];
                    String said = found.get(0).getAttribute("message");
                    message = said.isEmpty() ? found.get(0).getTextContent().strip() : said;
                    break;
                }
            }
            cases.add(new TestCase(
                    test.getParentNode() instanceof Element suite ? suite.getAttribute("name") : "",
                    test.getAttribute("classname"),
                    test.getAttribute("name"),
                    status,
                    nanos(ReportXml.number(test, "time")),
                    message));
        }
        return cases;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** A scenario is a test case; its steps say how it ended. */
    private static List<TestCase> cucumber(Path file) throws IOException {
        JsonNode features = new ObjectMapper().readTree(file.toFile());
        if (!features.isArray()) {
            throw new IOException(file + ": expected an array of features");
        }
        List<TestCase> cases = new ArrayList<>();
        for (JsonNode feature : features) {
            for (JsonNode scenario : feature.path("elements")) {
                if (!scenario.path("type").asText().equals("background")) {
                    cases.add(scenario(feature.path("name").asText(), scenario));
                }
            }
        }
        return cases;
    }

    private static TestCase scenario(String feature, JsonNode scenario) {
        String status = "SUCCEEDED";
        String message = null;
        long nanos = 0;
        for (JsonNode step : scenario.path("steps")) {
            JsonNode result = step.path("result");
            nanos += result.path("duration").asLong();
            String ended = result.path("status").asText();
            if (ended.equals("failed")) {
                status = "FAILED";
                message = result.path("error_message").asText(null);
            } else if (!ended.equals("passed") && status.equals("SUCCEEDED")) {
                status = ended.equals("skipped") ? "SKIPPED" : "ERROR"; // undefined, pending, ambiguous
            }
        }
        return new TestCase(feature, feature, scenario.path("name").asText(), status, nanos, message);
    }

    /** NUnit 2. The name of a case has its fixture in it. */
    private static List<TestCase> nUnit(Path file) throws IOException {
        List<TestCase> cases = new ArrayList<>();
        for (Element test : ReportXml.all(ReportXml.root(file, "test-results"), "test-case")) {
            String result = test.getAttribute("result");
            String status =
                    switch (result) {
                        case "Success" -> "SUCCEEDED";
                        case "Failure" -> "FAILED";
                        case "Error", "NotRunnable" -> "ERROR";
                        case "Ignored", "Skipped", "Inconclusive" -> "SKIPPED";
                        default -> test.getAttribute("executed").equals("True") ? "UNKNOWN" : "SKIPPED";
                    };
            Element suite = ReportXml.around(test, "test-suite");
            cases.add(new TestCase(
                    suite == null ? "" : suite.getAttribute("name"),
                    prefix(test.getAttribute("name")),
                    test.getAttribute("name"),
                    status,
                    nanos(ReportXml.number(test, "time")),
                    ReportXml.text(test, "message")));
        }
        return cases;
    }

    /** As in the example of describe-test-cases in the AWS CLI's reference: the prefix is in the name, too. */
    private static String prefix(String name) {
        int end = name.indexOf('(') < 0 ? name.length() : name.indexOf('(');
        int dot = name.lastIndexOf('.', end - 1);
        return dot < 0 ? "" : name.substring(0, dot);
    }

    private static List<TestCase> nUnit3(Path file) throws IOException {
        List<TestCase> cases = new ArrayList<>();
        for (Element test : ReportXml.all(ReportXml.root(file, "test-run"), "test-case")) {
            String status =
                    switch (test.getAttribute("result")) {
                        case "Passed" -> "SUCCEEDED";
                        case "Failed" -> test.getAttribute("label").equals("Error") ? "ERROR" : "FAILED";
                        case "Skipped", "Inconclusive" -> "SKIPPED";
                        default -> "UNKNOWN";
                    };
            cases.add(new TestCase(
                    test.getAttribute("classname"),
                    test.getAttribute("classname"),
                    test.getAttribute("name"),
                    status,
                    nanos(ReportXml.number(test, "duration")),
                    ReportXml.text(test, "message")));
        }
        return cases;
    }

    private static List<TestCase> testNg(Path file) throws IOException {
        List<TestCase> cases = new ArrayList<>();
        for (Element test : ReportXml.all(ReportXml.root(file, "testng-results"), "test-method")) {
            if (test.getAttribute("is-config").equals("true")) {
                continue;
            }
            Element type = ReportXml.around(test, "class");
            Element suite = ReportXml.around(test, "suite");
            String status =
                    switch (test.getAttribute("status")) {
                        case "PASS" -> "SUCCEEDED";
                        case "FAIL" -> "FAILED";
                        case "SKIP" -> "SKIPPED";
                        default -> "UNKNOWN";
                    };
            cases.add(new TestCase(
                    suite == null ? "" : suite.getAttribute("name"),
                    type == null ? "" : type.getAttribute("name"),
                    test.getAttribute("name"),
                    status,
                    ReportXml.count(test, "duration-ms") * 1_000_000L,
                    ReportXml.text(test, "message")));
        }
        return cases;
    }

    private static List<TestCase> trx(Path file) throws IOException {
        Element root = ReportXml.root(file, "TestRun");
        Map<String, String> classes = new HashMap<>();
        for (Element test : ReportXml.all(root, "UnitTest")) {
            ReportXml.all(test, "TestMethod")
                    .forEach(method -> classes.put(test.getAttribute("id"), method.getAttribute("className")));
        }
        List<TestCase> cases = new ArrayList<>();
        for (Element test : ReportXml.all(root, "UnitTestResult")) {
            String type = classes.getOrDefault(test.getAttribute("testId"), "");
            String status =
                    switch (test.getAttribute("outcome")) {
                        case "Passed", "PassedButRunAborted" -> "SUCCEEDED";
                        case "Failed" -> "FAILED";
                        case "Error", "Timeout", "Aborted" -> "ERROR";
                        case "NotExecuted", "Inconclusive", "NotRunnable", "Pending" -> "SKIPPED";
                        default -> "UNKNOWN";
                    };
            cases.add(new TestCase(
                    type,
                    type,
                    test.getAttribute("testName"),
                    status,
                    took(test.getAttribute("duration")),
                    ReportXml.text(test, "Message")));
        }
        return cases;
    }

    /** Such as {@code 00:00:01.2500000}. */
    private static long took(String duration) {
        try {
            return Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(duration))
                    .toNanos();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
