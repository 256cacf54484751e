package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;

/**
 * What is known of a build's tests when it is over.
 *
 * @param counts null if there were none, or they could not be read
 * @param trouble why not all tests could be read or recorded, in a sentence; null if all were
 */
public record TestOutcome(
        @CheckForNull TestCounts counts, @CheckForNull String trouble) {

    private static final String COUNTS = "tests";
    private static final String TROUBLE = "testTrouble";

    /** From a journal. */
    @NonNull
    public static TestOutcome in(@NonNull Map<String, String> marks) {
        String counts = marks.get(COUNTS);
        return new TestOutcome(counts == null ? null : TestCounts.parse(counts), marks.get(TROUBLE));
    }

    /** For a journal: after a restart, the step decides as it would have before. */
    public void addTo(@NonNull Map<String, String> marks) {
        if (counts != null) {
            marks.put(COUNTS, counts.marks());
        }
        if (trouble != null) {
            marks.put(TROUBLE, trouble);
        }
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
