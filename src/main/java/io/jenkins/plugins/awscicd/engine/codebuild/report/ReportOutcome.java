package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the reports of a build say, once it is over.
 *
 * @param counts of its tests; null if there were none, or they could not be read
 * @param coverage of its code; null if there is no coverage report, or none could be read
 * @param trouble why not all tests could be read or recorded, in a sentence; null if all were
 */
public record ReportOutcome(
        @CheckForNull TestCounts counts,
        @CheckForNull CoverageCounts coverage,
        @CheckForNull String trouble) {

    /** There are none. */
    public static final ReportOutcome NONE = new ReportOutcome(null, null, null);

    private static final String COUNTS = "tests";
    private static final String COVERAGE = "coverage";
    private static final String TROUBLE = "testTrouble";

    /** From a journal. */
    @NonNull
    public static ReportOutcome in(@NonNull Map<String, String> marks) {
        String counts = marks.getOrDefault(COUNTS, "");
        String coverage = marks.getOrDefault(COVERAGE, "");
        String trouble = marks.getOrDefault(TROUBLE, "");
        return new ReportOutcome(
                counts.isEmpty() ? null : TestCounts.parse(counts),
                coverage.isEmpty() ? null : CoverageCounts.parse(coverage),
                trouble.isEmpty() ? null : trouble);
    }

    /**
     * For a journal: after a restart, the step decides as it would have before. What there is not is empty there, as an earlier try may have
     * left something.
     */
    public void addTo(@NonNull Map<String, String> marks) {
        marks.put(COUNTS, counts == null ? "" : counts.marks());
        marks.put(COVERAGE, coverage == null ? "" : coverage.marks());
        marks.put(TROUBLE, trouble == null ? "" : trouble);
    }

    /** These and those of another build. */
    @NonNull
    public ReportOutcome plus(@NonNull ReportOutcome other) {
        return new ReportOutcome(
                counts == null || other.counts == null
                        ? counts == null ? other.counts : counts
                        : counts.plus(other.counts),
                coverage == null || other.coverage == null
                        ? coverage == null ? other.coverage : coverage
                        : coverage.plus(other.coverage),
                trouble == null ? other.trouble : trouble);
    }

    /** The same, where builds are told apart by their names. */
    @NonNull
    public ReportOutcome of(@NonNull String name) {
        return trouble == null ? this : new ReportOutcome(counts, coverage, name + ": " + trouble);
    }

    /** The same, where it is no trouble that there are no tests. */
    @NonNull
    public ReportOutcome withoutMissingTests() {
        return BuildReports.NO_TESTS.equals(trouble) ? new ReportOutcome(counts, coverage, null) : this;
    }

    /** For the page of the run. */
    @NonNull
    public List<Progress.Fact> facts() {
        List<Progress.Fact> facts = new ArrayList<>();
        if (counts != null) {
            facts.add(new Progress.Fact(Progress.What.TESTS, counts.inWords()));
        }
        if (coverage != null) {
            facts.add(new Progress.Fact(Progress.What.COVERAGE, coverage.inWords()));
        }
        return facts;
    }

    /** What is wrong with the tests; null if they all passed. */
    @CheckForNull
    public String problem() {
        if (counts != null && counts.getFailed() > 0) {
            return counts.getFailed() + " of " + counts.getTotal() + (counts.getTotal() == 1 ? " test" : " tests")
                    + " failed";
        }
        return trouble;
    }
}
