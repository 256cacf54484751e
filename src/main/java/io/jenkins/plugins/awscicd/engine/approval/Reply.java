package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What people have answered to a question: enough of them yes, or one of them no.
 *
 * @param people the ids of those who have decided it, in order; empty if nobody had to
 * @param comment what they have written; null if nothing
 */
public record Reply(
        boolean approved,
        @NonNull List<String> people,
        @CheckForNull String comment) {

    public Reply {
        people = List.copyOf(people);
    }

    /** Enough people have said yes. */
    @NonNull
    public static Reply of(@NonNull ApprovalResult approval) {
        String comments =
                approval.getComments().stream().filter(Objects::nonNull).collect(Collectors.joining("; "));
        return new Reply(true, approval.getApprovers(), comments.isEmpty() ? null : comments);
    }
}
