package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a source action has brought (SourceRevision in the API). Plain data, as it is kept with the run. */
public final class SourceRevision implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    /** A connection's summary is JSON, of which one member is for people. */
    private static final Pattern MESSAGE = Pattern.compile("\"CommitMessage\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int SHORT_COMMIT = 8;

    private final String action;
    private final String revision;
    private final String summary;
    private final String url;

    SourceRevision(
            @NonNull String action, @NonNull String revision, @CheckForNull String summary, @CheckForNull String url) {
        this.action = action;
        this.revision = revision;
        this.summary = summary == null ? "" : readable(summary);
        this.url = url == null ? "" : url;
    }

    private static String readable(String summary) {
        Matcher message = MESSAGE.matcher(summary);
        return message.find() ? message.group(1).replace("\\n", "\n").replace("\\\"", "\"") : summary;
    }

    /** The source action's name. */
    @NonNull
    public String getAction() {
        return action;
    }

    /** Such as a commit, or the version of an object in S3. */
    @NonNull
    public String getRevision() {
        return revision;
    }

    /** Such as the commit's message; empty if there is none. */
    @NonNull
    public String getSummary() {
        return summary;
    }

    /** Empty if there is none. */
    @NonNull
    public String getUrl() {
        return url;
    }

    /** In one line. */
    @NonNull
    String inWords() {
        String shown = COMMIT.matcher(revision).matches() ? revision.substring(0, SHORT_COMMIT) : revision;
        String first = summary.lines().findFirst().orElse("");
        return action + " at " + shown + (first.isEmpty() || first.contains(revision) ? "" : ": " + first);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceRevision one
                && action.equals(one.action)
                && revision.equals(one.revision)
                && summary.equals(one.summary)
                && url.equals(one.url);
    }

    @Override
    public int hashCode() {
        return action.hashCode() * 31 + revision.hashCode();
    }

    @Override
    public String toString() {
        return action + " @ " + revision;
    }
}
