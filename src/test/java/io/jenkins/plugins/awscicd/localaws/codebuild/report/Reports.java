package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The reports of one place (BatchGetReports, DescribeTestCases and DescribeCodeCoverages of the CodeBuild API reference). */
public final class Reports {

    /** Of test cases or files, at the most. */
    private static final int PAGE = 100;

    private final SimulatedTime time;
    private final Set<Dialect> dialects;
    private final Map<String, Report> reports = new ConcurrentHashMap<>();
    private final Map<String, RawExport> exports = new ConcurrentHashMap<>();
    private final S3 s3;
    private volatile Duration generating = Duration.ZERO;

    public Reports(SimulatedTime time, Set<Dialect> dialects, S3 s3) {
        this.time = time;
        this.dialects = dialects;
        this.s3 = s3;
    }

    /** Has a report group put the files of its reports into S3 from now on. */
    public void export(String group, RawExport export) {
        exports.put(group, export);
    }

    /** Puts the files that a report was made of where its group wants them; nowhere if it does not. */
    public void raw(String arn, Map<String, String> files) {
        RawExport export = reports.get(arn).export();
        if (export != null) {
            export.put(s3, arn, files);
        }
    }

    /** How long reports from now on are GENERATING when their build is over. */
    public void generating(Duration duration) {
        generating = duration;
    }

    /** Adds a report of test cases, and returns its ARN. */
    public String add(String arn, String build, List<TestCase> cases) {
        return add(arn, build, List.copyOf(cases), null);
    }

    /** Adds a report of code coverage, and returns its ARN. */
    public String addCoverage(String arn, String build, List<FileCoverage> files) {
        return add(arn, build, null, List.copyOf(files));
    }

    /** Adds a report that could not be made of its files, and returns its ARN. */
    public String addIncomplete(String arn, String build) {
        return add(arn, build, null, null);
    }

    private String add(String arn, String build, List<TestCase> cases, List<FileCoverage> files) {
        String group = arn.replaceFirst(":report/", ":report-group/");
        reports.put(
                arn,
                new Report(
                        arn,
                        group.substring(0, group.lastIndexOf(':')),
                        build,
                        time.now(),
                        time.now().plus(generating),
                        exports.get(group.substring(group.indexOf('/') + 1, group.lastIndexOf(':'))),
                        cases,
                        files));
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
                found.add(report.toJson(time.now(), dialects.contains(Dialect.STATUS_COUNTS_OF_KEPT_CASES)));
            }
        }
        return output;
    }

    public ObjectNode testCases(Input input) throws AwsError {
        Report report = find(input);
        String status = input.node().path("filter").path("status").asText(null);
        List<TestCase> cases = report.cases() == null
                ? List.of()
                : report.kept().stream()
                        .filter(it -> status == null || it.status().equals(status))
                        .toList();
        return page(input, cases, "testCases", report::toJson);
    }

    public ObjectNode codeCoverages(Input input) throws AwsError {
        Report report = find(input);
        double least = input.node().path("minLineCoveragePercentage").asDouble(0);
        double most = input.node().path("maxLineCoveragePercentage").asDouble(100);
        Comparator<FileCoverage> order = input.text("sortBy", "FILE_PATH").equals("FILE_PATH")
                ? Comparator.comparing(FileCoverage::path)
                : Comparator.comparing(FileCoverage::linePercentage).thenComparing(FileCoverage::path);
        List<FileCoverage> files = report.files() == null
                ? List.of()
                : report.files().stream()
                        .filter(it -> it.linePercentage() >= least && it.linePercentage() <= most)
                        .sorted(input.text("sortOrder", "ASCENDING").equals("ASCENDING") ? order : order.reversed())
                        .toList();
        return page(input, files, "codeCoverages", report::toJson);
    }

    private Report find(Input input) throws AwsError {
        Report report = reports.get(input.text("reportArn", ""));
        if (report == null) {
            throw AwsError.badRequest(
                    "ResourceNotFoundException", "Report " + input.text("reportArn") + " does not exist");
        }
        return report;
    }

    private static <T> ObjectNode page(Input input, List<T> all, String member, Function<T, ObjectNode> toJson)
            throws AwsError {
        int from = Integer.parseInt(input.text("nextToken", "0"));
        int to = Math.min(all.size(), from + Math.min(PAGE, input.integer("maxResults", PAGE)));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode page = output.putArray(member);
        all.subList(Math.min(from, to), to).forEach(it -> page.add(toJson.apply(it)));
        if (to < all.size()) {
            output.put("nextToken", Integer.toString(to));
        }
        return output;
    }
}
