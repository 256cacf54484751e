package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.util.Locale;
import software.amazon.awssdk.services.codebuild.model.CodeCoverageReportSummary;

/**
 * How much of the code a build's tests have covered, summed up over its coverage reports
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CodeCoverageReportSummary.html">CodeCoverageReportSummary</a>).
 */
public final class CoverageCounts implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    static final CoverageCounts NONE = new CoverageCounts(0, 0, 0, 0);

    private final int linesCovered;
    private final int linesMissed;
    private final int branchesCovered;
    private final int branchesMissed;

    private CoverageCounts(int linesCovered, int linesMissed, int branchesCovered, int branchesMissed) {
        this.linesCovered = linesCovered;
        this.linesMissed = linesMissed;
        this.branchesCovered = branchesCovered;
        this.branchesMissed = branchesMissed;
    }

    static CoverageCounts of(@NonNull CodeCoverageReportSummary summary) {
        return new CoverageCounts(
                orZero(summary.linesCovered()),
                orZero(summary.linesMissed()),
                orZero(summary.branchesCovered()),
                orZero(summary.branchesMissed()));
    }

    private static int orZero(@CheckForNull Integer count) {
        return count == null ? 0 : count;
    }

    CoverageCounts plus(@NonNull CoverageCounts other) {
        return new CoverageCounts(
                linesCovered + other.linesCovered,
                linesMissed + other.linesMissed,
                branchesCovered + other.branchesCovered,
                branchesMissed + other.branchesMissed);
    }

    public int getLinesCovered() {
        return linesCovered;
    }

    public int getLinesMissed() {
        return linesMissed;
    }

    public int getBranchesCovered() {
        return branchesCovered;
    }

    public int getBranchesMissed() {
        return branchesMissed;
    }

    /** From 0 to 100; null if the reports count no lines. */
    @CheckForNull
    public Double getLinePercentage() {
        return percentage(linesCovered, linesMissed);
    }

    /** From 0 to 100; null if the reports count no branches. */
    @CheckForNull
    public Double getBranchPercentage() {
        return percentage(branchesCovered, branchesMissed);
    }

    @CheckForNull
    private static Double percentage(int covered, int missed) {
        return covered + missed == 0 ? null : 100.0 * covered / (covered + missed);
    }

    /** For {@link #parse}. */
    String marks() {
        return linesCovered + " " + linesMissed + " " + branchesCovered + " " + branchesMissed;
    }

    static CoverageCounts parse(@NonNull String marks) {
        String[] parts = marks.split(" ");
        return new CoverageCounts(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    /** Such as {@code 83.2 %}. */
    static String inWords(@NonNull Double percentage) {
        return String.format(Locale.ROOT, "%.1f %%", percentage);
    }

    /** Such as {@code 83.2 % of lines, 71.0 % of branches}. */
    @NonNull
    public String inWords() {
        Double lines = getLinePercentage();
        Double branches = getBranchPercentage();
        return (lines == null ? "an unknown part" : inWords(lines))
                + " of lines"
                + (branches == null ? "" : ", " + inWords(branches) + " of branches");
    }

    @Override
    public String toString() {
        return inWords();
    }
}
