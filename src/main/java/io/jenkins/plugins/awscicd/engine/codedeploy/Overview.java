package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.StringJoiner;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOverview;

/**
 * How many targets are in which state
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentOverview.html">DeploymentOverview</a>).
 */
public record Overview(long pending, long inProgress, long succeeded, long failed, long skipped, long ready) {

    static final Overview UNKNOWN = new Overview(0, 0, 0, 0, 0, 0);

    static Overview of(@CheckForNull DeploymentOverview seen) {
        return seen == null
                ? UNKNOWN
                : new Overview(
                        count(seen.pending()),
                        count(seen.inProgress()),
                        count(seen.succeeded()),
                        count(seen.failed()),
                        count(seen.skipped()),
                        count(seen.ready()));
    }

    private static long count(@CheckForNull Long seen) {
        return seen == null ? 0 : seen;
    }

    public long total() {
        return pending + inProgress + done() + ready;
    }

    public long done() {
        return succeeded + failed + skipped;
    }

    /** How many are in a state, in AWS's word for it; 1 for a state of which nothing is counted. */
    public long count(@NonNull String state) {
        return switch (state) {
            case "Pending" -> pending;
            case "InProgress" -> inProgress;
            case "Succeeded" -> succeeded;
            case "Failed" -> failed;
            case "Skipped" -> skipped;
            case "Ready" -> ready;
            default -> 1;
        };
    }

    /** Such as {@code 3 of 10 succeeded, 1 failed, 2 in progress}. */
    @NonNull
    public String inWords() {
        StringJoiner words = new StringJoiner(", ");
        words.add(succeeded + " of " + total() + " succeeded");
        add(words, failed, "failed");
        add(words, skipped, "skipped");
        add(words, inProgress, "in progress");
        add(words, ready, "ready");
        return words.toString();
    }

    private static void add(StringJoiner words, long count, String state) {
        if (count > 0) {
            words.add(count + " " + state);
        }
    }
}
