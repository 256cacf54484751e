package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;

/** What comes of the test cases in a build's reports, besides the lines on the console. */
public enum TestResults {
    /** They are recorded. */
    RECORD,
    /** They are recorded; if some failed, or none can be had, the run is unstable. */
    UNSTABLE,
    /** They are recorded; if some failed, or none can be had, the step fails, also where the build succeeded. */
    FAIL;

    /**
     * @param word as in a Jenkinsfile; null if nothing is to come of them
     * @throws IllegalArgumentException naming the words that are known
     */
    @CheckForNull
    public static TestResults of(@CheckForNull String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        try {
            return valueOf(word.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "testResults: '" + word + "' is not known; use one of record, unstable, fail", e);
        }
    }
}
