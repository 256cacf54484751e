package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;
import software.amazon.awssdk.services.codebuild.model.Report;
import software.amazon.awssdk.services.codebuild.model.ReportStatusType;

/**
 * Of the test cases of a long report, AWS keeps some alone. Its summary's total is of all
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_TestReportSummary.html">TestReportSummary</a>);
 * whether its status counts are too is not published.
 */
final class Truncation {

    /** Of test cases in a report, failed ones first (user guide, Test report statuses). */
    private static final int MOST_CASES = 500;

    private Truncation() {}

    /** That a report lists only some of its test cases, in words; null if it lists all. */
    @CheckForNull
    static String inWords(@NonNull Report report) {
        if (!Boolean.TRUE.equals(report.truncated()) || report.testSummary() == null) {
            return null;
        }
        TestCounts counts = TestCounts.of(report.testSummary());
        int others = uncounted(report);
        return String.format(
                        Locale.ROOT,
                        counts.getTotal() > MOST_CASES
                                ? "%s shows %d of %,d cases, as AWS keeps no more; "
                                : "%1$s does not show all of its %3$,d cases, as AWS keeps no more; ",
                        BuildReports.group(report),
                        MOST_CASES,
                        counts.getTotal())
                + (others == 0
                        ? "failed ones come first, and all are counted"
                        : String.format(Locale.ROOT, "how the other %,d ended, AWS does not say", others));
    }

    /** Whether a test failed of which AWS knows nothing any more. */
    static boolean hidesFailure(@NonNull Report report) {
        return report.status() == ReportStatusType.FAILED
                && inWords(report) != null
                && uncounted(report) > 0
                && TestCounts.of(report.testSummary()).getFailed() == 0;
    }

    private static int uncounted(Report report) {
        int counted = report.testSummary().statusCounts().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return Math.max(0, TestCounts.of(report.testSummary()).getTotal() - counted);
    }
}
