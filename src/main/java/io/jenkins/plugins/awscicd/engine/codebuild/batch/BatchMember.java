package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.List;

/**
 * A build of a batch, with its attempts (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BuildGroup.html">BuildGroup</a>).
 *
 * @param identifier its name in the batch
 * @param dependsOn the names of those that come before it
 * @param ignoreFailure whether the batch may succeed without it
 * @param current the attempt that counts
 * @param prior those before it, in the order in which AWS gives them
 */
public record BatchMember(
        @NonNull String identifier,
        @NonNull List<String> dependsOn,
        boolean ignoreFailure,
        @NonNull Attempt current,
        @NonNull List<Attempt> prior) {

    /** Has no build yet. In no list of the API model, but in the AWS CLI's examples. */
    static final String PENDING = "PENDING";

    /** The build that downloads the source, as in the AWS CLI's examples. */
    private static final String DOWNLOAD = "DOWNLOAD_SOURCE";

    /**
     * One attempt.
     *
     * @param build the id of its build, which AWS gives before there is one; empty if AWS does not say
     * @param status as a build's, or {@link #PENDING}
     * @param requested when it was asked for; null if AWS does not say
     * @param isBuilt whether AWS says what artifacts it has: there was a build then
     */
    public record Attempt(
            @NonNull String build,
            @NonNull String status,
            @CheckForNull Instant requested,
            boolean isBuilt) {

        static final Attempt NONE = new Attempt("", PENDING, null, false);

        boolean isPending() {
            return status.equals(PENDING);
        }

        boolean ended() {
            return !isPending() && !status.equals("IN_PROGRESS");
        }

        boolean succeeded() {
            return status.equals("SUCCEEDED");
        }

        boolean failed() {
            return ended() && !succeeded() && !status.equals("STOPPED");
        }

        /** Whether there is a build: what was stopped may never have begun. */
        boolean isThere() {
            return !build.isEmpty() && !isPending() && (isBuilt || !status.equals("STOPPED"));
        }
    }

    /** Whether it only downloads the source, and puts nothing where the artifacts go that AWS names for it. */
    boolean isDownload() {
        return identifier.equals(DOWNLOAD);
    }

    /** Whether it keeps the batch from succeeding. */
    boolean fails() {
        return current.failed() && !ignoreFailure;
    }
}
