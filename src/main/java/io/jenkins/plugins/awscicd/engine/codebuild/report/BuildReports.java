package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.DescribeTestCasesResponse;
import software.amazon.awssdk.services.codebuild.model.Report;
import software.amazon.awssdk.services.codebuild.model.ReportCodeCoverageSortByType;
import software.amazon.awssdk.services.codebuild.model.ReportStatusType;
import software.amazon.awssdk.services.codebuild.model.ReportType;
import software.amazon.awssdk.services.codebuild.model.SortOrderType;
import software.amazon.awssdk.services.codebuild.model.TestCase;

/**
 * Reads the reports of a build that has ended: how many tests there were, which of them failed, and how
 * much of the code they have covered. Tests are recorded where a step wants that. That they cannot be read is no fault of the build.
 */
public final class BuildReports {

    /** What BatchGetReports takes at once. */
    private static final int MOST_REPORTS = 100;
    /** How many failed tests of a report are named. */
    private static final int MOST_NAMED = 10;

    static final String NO_TESTS = "The build has no test reports";
    private static final int LONGEST_MESSAGE = 300;

    /** AWS makes reports after the build's end: seconds, as people say; the API gives no limit. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** The same for reports that are to be recorded: something depends on them. */
    private static final Duration LONGEST_TO_RECORD = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final TestRecorder recorder;
    private final BooleanSupplier wanted;
    private volatile TestCounts counts;
    private volatile CoverageCounts coverage;
    private volatile String trouble;
    private volatile boolean awaited = true;

    /**
     * @param before what was read before a restart
     * @param wanted whether somebody still waits for them; not to wait for anything
     */
    public BuildReports(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull TestRecorder recorder,
            @NonNull ReportOutcome before,
            @NonNull BooleanSupplier wanted) {
        this.session = session;
        this.scheduler = scheduler;
        this.recorder = recorder;
        counts = before.counts();
        coverage = before.coverage();
        trouble = before.trouble();
        this.wanted = wanted;
    }

    /** Of all reports that were read last. */
    @NonNull
    public ReportOutcome outcome() {
        return new ReportOutcome(counts, coverage, trouble);
    }

    /**
     * Reads them, and has them recorded.
     *
     * @param build its id
     * @param isLast false if AWS tries the build again: its tests are summed up, but those of the last try are recorded
     * @return lines for the console; never fails
     */
    @NonNull
    public CompletableFuture<List<String>> read(@NonNull String build, @NonNull List<String> arns, boolean isLast) {
        forget();
        boolean records = isLast && awaited && recorder.mode() != null;
        if (arns.isEmpty()) {
            return CompletableFuture.completedFuture(records ? List.of(troubled(NO_TESTS)) : List.of());
        }
        List<String> some = arns.subList(0, Math.min(arns.size(), MOST_REPORTS));
        return complete(some, records ? LONGEST_TO_RECORD : LONGEST)
                .thenCompose(reports -> lines(reports)
                        .thenCompose(lines ->
                                records ? recorded(build, reports, lines) : CompletableFuture.completedFuture(lines)))
                .exceptionally(failure -> List.of(troubled("The reports could not be read: "
                        + AwsCallException.unwrap(failure).getMessage())));
    }

    /** What was read is of an earlier try, and nothing is read of the last one. */
    public void forget() {
        counts = null;
        coverage = null;
        trouble = null;
    }

    /** Somebody waits for the end, and nobody for the tests: what is not there yet is not waited for. */
    public void stopWaiting() {
        awaited = false;
    }

    private String troubled(String line) {
        trouble = line;
        return line;
    }

    private CompletableFuture<List<String>> recorded(String build, List<Report> all, List<String> lines) {
        List<Report> tests =
                all.stream().filter(report -> report.testSummary() != null).toList();
        if (tests.isEmpty()) {
            if (trouble == null) {
                lines.add(troubled(NO_TESTS));
            }
            return CompletableFuture.completedFuture(lines);
        }
        RawFiles raw = new RawFiles(session, () -> awaited && wanted.getAsBoolean());
        return new RecordedTests(recorder, this::page, raw, lines)
                .record(build, tests)
                .handle((done, failure) -> {
                    if (failure != null) {
                        lines.add(troubled("The test results could not be recorded: "
                                + AwsCallException.unwrap(failure).getMessage()));
                    }
                    return lines;
                });
    }

    private CompletableFuture<DescribeTestCasesResponse> page(Report report, @CheckForNull String token) {
        return call(
                "codebuild:DescribeTestCases",
                () -> client().describeTestCases(
                                request -> request.reportArn(report.arn()).nextToken(token)));
    }

    /** The reports, once AWS has made them all, or for as long as that may take. */
    private CompletableFuture<List<Report>> complete(List<String> arns, Duration left) {
        return call(
                        "codebuild:BatchGetReports",
                        () -> client().batchGetReports(request -> request.reportArns(arns))
                                .reports())
                .thenCompose(reports -> {
                    boolean made = reports.stream().noneMatch(it -> it.status() == ReportStatusType.GENERATING);
                    if (made || left.isNegative() || left.isZero() || !awaited) {
                        return CompletableFuture.completedFuture(reports);
                    }
                    CompletableFuture<List<Report>> later = new CompletableFuture<>();
                    scheduler.schedule(
                            LOOK_AGAIN,
                            () -> complete(arns, left.minus(LOOK_AGAIN)).whenComplete((done, failure) -> {
                                if (failure == null) {
                                    later.complete(done);
                                } else {
                                    later.completeExceptionally(failure);
                                }
                            }));
                    return later;
                });
    }

    private CompletableFuture<List<String>> lines(List<Report> reports) {
        CompletableFuture<List<String>> lines = CompletableFuture.completedFuture(new ArrayList<>());
        for (Report report : reports) {
            lines = lines.thenCompose(before -> of(report).thenApply(more -> {
                before.addAll(more);
                return before;
            }));
        }
        return lines;
    }

    private CompletableFuture<List<String>> of(Report report) {
        List<String> lines = new ArrayList<>();
        String group = group(report);
        if (report.status() == ReportStatusType.GENERATING) {
            lines.add(troubled("Report " + group + " is not ready yet"));
        } else if (report.type() == ReportType.CODE_COVERAGE && report.codeCoverageSummary() != null) {
            CoverageCounts its = CoverageCounts.of(report.codeCoverageSummary());
            coverage = (coverage == null ? CoverageCounts.NONE : coverage).plus(its);
            lines.add("Coverage " + group + ": " + its.inWords());
            return leastCovered(report, lines);
        } else if (report.status() == ReportStatusType.INCOMPLETE) {
            lines.add(troubled(
                    "Report " + group + " is incomplete: AWS could not make it of the files that the buildspec names"));
        } else if (report.testSummary() != null) {
            TestCounts tests = TestCounts.of(report.testSummary());
            counts = (counts == null ? TestCounts.NONE : counts).plus(tests);
            lines.add("Tests " + group + ": " + tests.inWords());
            String truncation = Truncation.inWords(report);
            if (truncation != null) {
                lines.add("  " + truncation);
            }
            if (Truncation.hidesFailure(report)) {
                lines.add(troubled("Report " + group + " failed, and AWS does not say which of its tests did"));
            }
            if (tests.getFailed() > 0) {
                return failed(report, "FAILED").thenCombine(failed(report, "ERROR"), (failed, errors) -> {
                    List<TestCase> all = new ArrayList<>(failed);
                    all.addAll(errors);
                    all.stream().limit(MOST_NAMED).map(BuildReports::line).forEach(lines::add);
                    int more = tests.getFailed() - Math.min(MOST_NAMED, all.size());
                    if (more > 0) {
                        lines.add(
                                all.isEmpty()
                                        ? "  " + more + " failed, and AWS lists none of them"
                                        : "  and " + more + " more");
                    }
                    return lines;
                });
            }
        }
        return CompletableFuture.completedFuture(lines);
    }

    private CompletableFuture<List<TestCase>> failed(Report report, String status) {
        Integer count = report.testSummary().statusCounts().get(status);
        if (count == null || count == 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        return call(
                "codebuild:DescribeTestCases",
                () -> client().describeTestCases(request -> request.reportArn(report.arn())
                                .maxResults(MOST_NAMED)
                                .filter(filter -> filter.status(status)))
                        .testCases());
    }

    private static String line(TestCase test) {
        String prefix = test.prefix() == null || test.prefix().isBlank() ? "" : test.prefix() + ".";
        String name = test.name().startsWith(prefix) ? test.name() : prefix + test.name(); // NUnit's have it in them
        String message = test.message() == null
                ? ""
                : test.message().strip().lines().findFirst().orElse("");
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE) + "…";
        }
        return "  " + test.status() + "  " + name + (message.isEmpty() ? "" : ": " + message);
    }

    private CompletableFuture<List<String>> leastCovered(Report report, List<String> lines) {
        return new CoverageTable(token -> call(
                        "codebuild:DescribeCodeCoverages",
                        () -> client().describeCodeCoverages(request -> request.reportArn(report.arn())
                                .sortBy(ReportCodeCoverageSortByType.LINE_COVERAGE_PERCENTAGE)
                                .sortOrder(SortOrderType.ASCENDING)
                                .maxResults(CoverageTable.MOST_FILES + 1)
                                .nextToken(token))))
                .lines()
                .exceptionally(failure -> List.of("  The files could not be read: "
                        + AwsCallException.unwrap(failure).getMessage()))
                .thenApply(files -> {
                    lines.addAll(files);
                    return lines;
                });
    }

    /** The name of its group: the report's own is a UUID. */
    static String group(Report report) {
        String arn = report.reportGroupArn() == null ? report.arn() : report.reportGroupArn();
        return arn.substring(arn.indexOf('/') + 1);
    }

    private <T> CompletableFuture<T> call(String action, Supplier<T> call) {
        return session.callWhile(wanted, action, PATIENCE, RetryListener.NONE, call)
                .exceptionally(failure -> {
                    throw AwsCallException.of(action, "the build's reports in " + session.region(), failure);
                });
    }

    private CodeBuildClient client() {
        return session.client(CodeBuildClient.class, CodeBuildClient::builder);
    }
}
