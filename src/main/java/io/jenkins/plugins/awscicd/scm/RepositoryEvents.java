package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.util.Locale;

/**
 * What happens in repositories of CodeCommit, told to the jobs that it concerns. Whoever hears of it calls this; nothing is taken for
 * true that an event says: it has a job look, at once instead of with its next scan.
 */
public final class RepositoryEvents {

    private RepositoryEvents() {}

    /** What has become of something. */
    public enum Kind {
        CREATED,
        UPDATED,
        REMOVED;

        /**
         * As the {@code event} of a "CodeCommit Repository State Change" says it, such as {@code referenceCreated}.
         *
         * @return null for others, which are of no concern here
         */
        @CheckForNull
        public static Kind ofReference(@CheckForNull String event) {
            return switch (String.valueOf(event).toLowerCase(Locale.ROOT)) {
                case "referencecreated" -> CREATED;
                case "referenceupdated" -> UPDATED;
                case "referencedeleted" -> REMOVED;
                default -> null;
            };
        }

        /**
         * As the {@code event} of a "CodeCommit Pull Request State Change" says it, such as {@code pullRequestCreated}.
         *
         * @param open whether its {@code pullRequestStatus} is {@code Open}
         * @return null for others, which are of no concern here
         */
        @CheckForNull
        public static Kind ofPullRequest(@CheckForNull String event, boolean open) {
            return switch (String.valueOf(event).toLowerCase(Locale.ROOT)) {
                case "pullrequestcreated" -> CREATED;
                case "pullrequestsourcebranchcreated", "pullrequestsourcebranchupdated" -> UPDATED;
                case "pullrequeststatuschanged", "pullrequestmergestatusupdated" -> open ? UPDATED : REMOVED;
                default -> null;
            };
        }
    }

    /** What has happened to something in a repository. */
    public sealed interface Change {

        @NonNull
        Kind kind();

        /** The number of the AWS account that the repository is in. */
        @NonNull
        String account();

        @NonNull
        String region();

        /** The name of the repository. */
        @NonNull
        String repository();

        /** Who says it, for logs; null for nobody that has a name. */
        @CheckForNull
        String origin();
    }

    /**
     * A change of a branch or a tag.
     *
     * @param account the number of the AWS account that the repository is in
     * @param repository its name
     * @param reference whole, such as {@code refs/heads/main}
     * @param commit that the reference is on now; null if it is gone
     * @param origin who says it, for logs; null for nobody that has a name
     */
    public record ReferenceChange(
            @NonNull Kind kind,
            @NonNull String account,
            @NonNull String region,
            @NonNull String repository,
            @NonNull String reference,
            @CheckForNull String commit,
            @CheckForNull String origin)
            implements Change {}

    /**
     * A change of a pull request.
     *
     * @param account the number of the AWS account that the repository is in
     * @param repository its name
     * @param id of the pull request
     * @param source its branch, which may begin with {@code refs/heads/}
     * @param destination the branch that it is to be merged into, likewise
     * @param origin who says it, for logs; null for nobody that has a name
     */
    public record PullRequestChange(
            @NonNull Kind kind,
            @NonNull String account,
            @NonNull String region,
            @NonNull String repository,
            @NonNull String id,
            @NonNull String source,
            @NonNull String destination,
            @CheckForNull String origin)
            implements Change {}

    /** Passes on what happens, to a plugin that may not be there. */
    public interface Listener extends ExtensionPoint {

        void onChange(@NonNull ReferenceChange change);

        void onChange(@NonNull PullRequestChange change);
    }

    /** Has the jobs that follow the branch or the tag look at it. Returns at once. */
    public static void fire(@NonNull ReferenceChange change) {
        ExtensionList.lookup(Listener.class).forEach(listener -> listener.onChange(change));
    }

    /** Has the jobs that follow the pull request look at it. Returns at once. */
    public static void fire(@NonNull PullRequestChange change) {
        ExtensionList.lookup(Listener.class).forEach(listener -> listener.onChange(change));
    }
}
