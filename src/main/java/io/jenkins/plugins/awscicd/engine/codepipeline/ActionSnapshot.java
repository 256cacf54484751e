package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * An action of an execution at one moment
 * (<a href="https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecutionDetail.html">ActionExecutionDetail</a>).
 *
 * @param id of this run of it: another one when it is tried again
 * @param status such as {@code InProgress}; one that is newer than this version counts as running
 * @param isOfAws whether AWS itself is the provider: others may use the same names
 * @param externalId what the provider calls it, such as a build's id; empty if nothing
 * @param url where it is seen; empty if nowhere
 * @param summary the provider's words; of an approval, the approver's; empty if there are none
 * @param error what AWS says went wrong; empty if nothing did
 * @param question of an approval, what its approver is told; empty if nothing
 * @param questionUrl of an approval, where what is to be approved is seen; empty if nowhere
 * @param updatedBy who has answered an approval; empty if AWS does not say
 * @param region in which it runs; empty if AWS does not say
 * @param role with which it runs; empty if AWS does not say
 * @param target the name of what it changes, where its provider goes by names; empty for others
 * @param deletes whether it deletes its target
 * @param batch whether it has CodeBuild run a batch of builds
 */
public record ActionSnapshot(
        @NonNull String id,
        @NonNull String stage,
        @NonNull String name,
        @NonNull String category,
        @NonNull String provider,
        boolean isOfAws,
        @NonNull String status,
        @CheckForNull Instant started,
        @CheckForNull Instant updated,
        @NonNull String externalId,
        @NonNull String url,
        @NonNull String summary,
        @NonNull String error,
        @NonNull String question,
        @NonNull String questionUrl,
        @NonNull String updatedBy,
        @NonNull String region,
        @NonNull String role,
        @NonNull String target,
        boolean deletes,
        boolean batch,
        @NonNull Map<String, String> outputVariables) {

    /** Who reports what an action of CodeBuild has started, where that is a batch of builds. */
    public static final String BATCHES = "CodeBuild batch";

    /** Who reports what it has started: its provider, or {@link #BATCHES}. */
    @NonNull
    String starts() {
        return batch ? BATCHES : provider;
    }

    boolean ended() {
        return succeeded() || failed();
    }

    boolean succeeded() {
        return status.equals("Succeeded");
    }

    boolean failed() {
        return status.equals("Failed") || status.equals("Abandoned");
    }

    boolean isApproval() {
        return category.equals("Approval");
    }

    /** Whether it waits for people to answer. */
    boolean waitsForAnswer() {
        return isApproval() && !ended();
    }

    /** Whether somebody has said no, rather than nobody anything in time. AWS has no status of its own for that. */
    boolean isRejection() {
        return isApproval()
                && status.equals("Failed")
                && (!updatedBy.isEmpty() || !summary.isEmpty() || error.isEmpty());
    }

    /** As people find it: its stage and its name. */
    @NonNull
    String path() {
        return stage + "/" + name;
    }

    @CheckForNull
    Duration took() {
        return ended() && started != null && updated != null ? Duration.between(started, updated) : null;
    }

    /** Why it failed, in a sentence. */
    @NonNull
    String cause() {
        String words = error.isEmpty() ? summary : error;
        if (isRejection()) {
            String by = updatedBy.isEmpty() ? "" : " by " + updatedBy;
            return path() + " was rejected" + by + (words.isEmpty() ? "" : ": " + words);
        }
        return path() + " (" + provider + ") "
                + (status.equals("Abandoned") ? "was abandoned" : "failed")
                + (words.isEmpty() ? "" : ": " + words);
    }
}
