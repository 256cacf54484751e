package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The reports of one place (BatchGetReports and DescribeTestCases of the CodeBuild API reference). */
public final class Reports {

    /** Of test cases, at the most. */
    private static final int PAGE = 100;

    private final SimulatedTime time;
    private final Map<String, Report> reports = new ConcurrentHashMap<>();
    private volatile Duration generating = Duration.ZERO;

    public Reports(SimulatedTime time) {
        this.time = time;
    }

    /** How long reports from now on are GENERATING when their build is over. */
    public void generating(Duration duration) {
        generating = duration;
    }

    /** Adds a report, and returns its ARN. */
    public String add(String arn, String build, List<TestCase> cases) {
        String group = arn.replaceFirst(":report/", ":report-group/");
        reports.put(
                arn,
                new Report(
                        arn,
                        group.substring(0, group.lastIndexOf(':')),
                        build,
                        time.now(),
                        time.now().plus(generating),
                        List.copyOf(cases)));
        return arn;
    }

    public ObjectNode batchGet(Input input) throws AwsError {
        List<String> arns = input.texts("reportArns");
        if (arns.isEmpty() || arns.size() > 100) {
            throw AwsError.badRequest("InvalidInputException", "Invalid number of report ARNs: 1 to 100");
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode found = output.putArray("reports");
        ArrayNode missing = output.putArray("reportsNotFound");
        for (String arn : arns) {
            Report report = reports.get(arn);
            if (report == null) {
                missing.add(arn);
            } else {
                found.add(report.toJson(time.now()));
            }
        }
        return output;
    }

    public ObjectNode testCases(Input input) throws AwsError {
        Report report = reports.get(input.text("reportArn", ""));
        if (report == null) {
            throw AwsError.badRequest(
                    "ResourceNotFoundException", "Report " + input.text("reportArn") + " does not exist");
        }
        String status = input.node().path("filter").path("status").asText(null);
        List<TestCase> cases = report.cases().stream()
                .filter(it -> status == null || it.status().equals(status))
                .toList();
        int from = Integer.parseInt(input.text("nextToken", "0"));
        int to = Math.min(cases.size(), from + Math.min(PAGE, input.integer("maxResults", PAGE)));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode page = output.putArray("testCases");
        cases.subList(Math.min(from, to), to).forEach(it -> page.add(report.toJson(it)));
        if (to < cases.size()) {
            output.put("nextToken", Integer.toString(to));
        }
        return output;
    }
}
