package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codebuild.model.TestReportSummary;

/**
 * How many test cases of a build's reports ended how
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_TestReportSummary.html">TestReportSummary</a>).
 */
public final class TestCounts implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    static final TestCounts NONE = new TestCounts(0, 0, 0, 0, 0);

    private final int total;
    private final int succeeded;
    private final int failed;
    private final int skipped;
    private final double seconds;

    private TestCounts(int total, int succeeded, int failed, int skipped, double seconds) {
        this.total = total;
        this.succeeded = succeeded;
        this.failed = failed;
        this.skipped = skipped;
        this.seconds = seconds;
    }

    static TestCounts of(@NonNull TestReportSummary summary) {
        Map<String, Integer> counts = summary.statusCounts();
        return new TestCounts(
                summary.total() == null ? 0 : summary.total(),
                count(counts, "SUCCEEDED"),
                count(counts, "FAILED") + count(counts, "ERROR"),
                count(counts, "SKIPPED"),
                summary.durationInNanoSeconds() == null ? 0 : summary.durationInNanoSeconds() / 1e9);
    }

    private static int count(Map<String, Integer> counts, String status) {
        Integer count = counts.get(status);
        return count == null ? 0 : count;
    }

    TestCounts plus(@NonNull TestCounts other) {
        return new TestCounts(
                total + other.total,
                succeeded + other.succeeded,
                failed + other.failed,
                skipped + other.skipped,
                seconds + other.seconds);
    }

    /** All of them. */
    public int getTotal() {
        return total;
    }

    public int getSucceeded() {
        return succeeded;
    }

    /** Those that failed, or ended with an error. */
    public int getFailed() {
        return failed;
    }

    public int getSkipped() {
        return skipped;
    }

    /** How long they took, one after the other. */
    public double getSeconds() {
        return seconds;
    }

    /** For {@link #parse}. */
    String marks() {
        return total + " " + succeeded + " " + failed + " " + skipped + " " + seconds;
    }

    static TestCounts parse(@NonNull String marks) {
        String[] parts = marks.split(" ");
        return new TestCounts(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Double.parseDouble(parts[4]));
    }

    String inWords() {
        List<String> parts = new ArrayList<>();
        parts.add(total + (total == 1 ? " test" : " tests"));
        if (failed > 0) {
            parts.add(failed + " failed");
        }
        if (skipped > 0) {
            parts.add(skipped + " skipped");
        }
        if (failed == 0 && skipped == 0) {
            parts.add(succeeded == total ? "all passed" : succeeded + " passed");
        }
        return String.join(", ", parts) + ", in " + Durations.inWords(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    @Override
    public String toString() {
        return inWords();
    }
}
