package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A report of test cases, or of code coverage.
 *
 * @param build the ARN of the build that has made it
 * @param ready from when on it is no longer GENERATING
 * @param cases all, also those that are not kept; null for a report of code coverage, and for one that is incomplete
 * @param export where its group puts the files that it was made of; null if nowhere
 * @param files null for a report of test cases, and for one that is incomplete
 */
record Report(
        String arn,
        String group,
        String build,
        Instant created,
        Instant ready,
        RawExport export,
        List<TestCase> cases,
        List<FileCoverage> files) {

    /** "A test report can have a maximum of 500 test case results" (user guide, Test report statuses). */
    private static final int MOST_CASES = 500;

    /** Those that DescribeTestCases knows: if there are too many, those that are FAILED first, as the guide says, and not those with an ERROR. */
    List<TestCase> kept() {
        return truncated()
                ? Stream.of(true, false)
                        .flatMap(failed ->
                                cases.stream().filter(it -> it.status().equals("FAILED") == failed))
                        .limit(MOST_CASES)
                        .toList()
                : cases;
    }

    private boolean truncated() {
        return cases != null && cases.size() > MOST_CASES;
    }

    ObjectNode toJson(Instant now, boolean countsKeptAlone) {
        boolean generating = now.isBefore(ready);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("arn", arn)
                .put("type", files == null ? "TEST" : "CODE_COVERAGE")
                .put("name", arn.substring(arn.lastIndexOf(':') + 1))
                .put("reportGroupArn", group)
                .put("executionId", build)
                .put("status", generating ? "GENERATING" : status())
                .put("created", created.toEpochMilli() / 1000.0)
                .put("truncated", !generating && truncated());
        node.set(
                "exportConfig",
                export == null
                        ? JsonNodeFactory.instance.objectNode().put("exportConfigType", "NO_EXPORT")
                        : export.toJson(arn));
        if (!generating && cases != null) {
            summary(node.putObject("testSummary"), countsKeptAlone ? kept() : cases);
        }
        if (!generating && files != null) {
            files.stream()
                    .reduce(new FileCoverage("", 0, 0, 0, 0), FileCoverage::plus)
                    .putInto(node.putObject("codeCoverageSummary"));
        }
        return node;
    }

    private void summary(ObjectNode summary, List<TestCase> counted) {
        summary.put("total", cases.size()); // "The total includes truncated test cases" (TestReportSummary)
        ObjectNode counts = summary.putObject("statusCounts");
        for (String status : List.of("SUCCEEDED", "FAILED", "ERROR", "SKIPPED", "UNKNOWN")) {
            counts.put(
                    status,
                    counted.stream().filter(it -> it.status().equals(status)).count());
        }
        summary.put(
                "durationInNanoSeconds",
                cases.stream().mapToLong(TestCase::nanos).sum());
    }

    private String status() {
        if (cases == null && files == null) {
            return "INCOMPLETE";
        }
        return cases == null || cases.stream().allMatch(it -> it.status().matches("SUCCEEDED|SKIPPED"))
                ? "SUCCEEDED"
                : "FAILED";
    }

    ObjectNode toJson(TestCase one) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("reportArn", arn)
                .put("prefix", one.prefix())
                .put("name", one.name())
                .put("status", one.status())
                .put("durationInNanoSeconds", one.nanos());
        if (!one.suiteName().isEmpty()) {
            node.put("testSuiteName", one.suiteName());
        }
        if (one.message() != null) {
            node.put("message", one.message());
        }
        return node;
    }

    ObjectNode toJson(FileCoverage one) {
        return one.putInto(JsonNodeFactory.instance
                .objectNode()
                .put("id", arn.substring(arn.lastIndexOf(':') + 1) + ":" + one.path())
                .put("reportARN", arn)
                .put("filePath", one.path())
                .put("expired", created.plusSeconds(30L * 24 * 3600).toEpochMilli() / 1000.0));
    }
}
