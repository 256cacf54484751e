package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.option.Words;

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
        return Words.read(TestResults.class, "testResults", word);
    }
}
