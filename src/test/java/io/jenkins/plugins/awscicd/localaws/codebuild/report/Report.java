package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * A report of test cases.
 *
 * @param build the ARN of the build that has made it
 * @param ready from when on it is no longer GENERATING
 * @param cases null for a report of other files, of which only its ARN can be had
 */
public record Report(String arn, String group, String build, Instant created, Instant ready, List<TestCase> cases) {

    ObjectNode toJson(Instant now) {
        boolean generating = now.isBefore(ready);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("arn", arn)
                .put("type", "TEST")
                .put("name", arn.substring(arn.lastIndexOf(':') + 1))
                .put("reportGroupArn", group)
                .put("executionId", build)
                .put("status", generating ? "GENERATING" : succeeded() ? "SUCCEEDED" : "FAILED")
                .put("created", created.toEpochMilli() / 1000.0)
                .put("truncated", false);
        if (!generating) {
            ObjectNode summary = node.putObject("testSummary");
            summary.put("total", cases.size());
            ObjectNode counts = summary.putObject("statusCounts");
            for (String status : List.of("SUCCEEDED", "FAILED", "ERROR", "SKIPPED", "UNKNOWN")) {
                counts.put(
                        status,
                        cases.stream().filter(it -> it.status().equals(status)).count());
            }
            summary.put(
                    "durationInNanoSeconds",
                    cases.stream().mapToLong(TestCase::nanos).sum());
        }
        return node;
    }

    private boolean succeeded() {
        return cases.stream().allMatch(it -> it.status().matches("SUCCEEDED|SKIPPED"));
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
}
