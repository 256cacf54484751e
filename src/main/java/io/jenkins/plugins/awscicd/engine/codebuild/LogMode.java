package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Words;

/** What a console shows of a build's own log. */
public enum LogMode {
    /** All of it, as it comes. */
    STREAM,
    /** All of it, when the build has ended, if it failed. */
    FAILED,
    /** Where it is. */
    LINK,
    /** Nothing. */
    NONE;

    /**
     * @param word as in a Jenkinsfile; null for {@link #STREAM}
     * @throws IllegalArgumentException naming the words that are known
     */
    @NonNull
    public static LogMode of(@CheckForNull String word) {
        LogMode mode = Words.read(LogMode.class, "log", word);
        return mode == null ? STREAM : mode;
    }
}
