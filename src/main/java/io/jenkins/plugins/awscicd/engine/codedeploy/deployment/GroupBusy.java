package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** AWS takes no deployment for a group at the moment, as another one is active there. */
final class GroupBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern ID = Pattern.compile("\\bd-[A-Z0-9]+\\b");

    private final String blocking;

    /** @param said AWS's own words, in which the active deployment is named */
    GroupBusy(@NonNull String said) {
        super(said);
        // Last, as the group is named before it, and may be called so too.
        blocking = ID.matcher(said)
                .results()
                .map(MatchResult::group)
                .reduce((one, other) -> other)
                .orElse(null);
    }

    /** The active deployment; null if AWS does not name it, as when the account has too many. */
    @CheckForNull
    String blocking() {
        return blocking;
    }
}
