package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who started a run: by hand, by a replay or a restart from a stage, or by a run that started it, however long that chain is. Reads runs
 * from disk, so not for a program's thread.
 */
public final class RunStarters {

    /** Far more runs than one starts another; there may be circles. */
    private static final int RUNS = 100;

    private final Set<String> users = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Run<?, ?>> runs = new ArrayDeque<>();
    private final List<Run<?, ?>> looked = new ArrayList<>();
    /** Whether a run that started one of them is gone, or was not looked at: somebody may have started that. */
    private boolean cutOff;

    private RunStarters() {}

    /** The ids of the users. */
    @NonNull
    public static Set<String> of(@NonNull Run<?, ?> run) {
        return chain(run).users;
    }

    @NonNull
    static RunStarters chain(@NonNull Run<?, ?> run) {
        RunStarters starters = new RunStarters();
        starters.add(run);
        // Whoever asks, such as one of the engine's threads, may not see the runs before.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (int i = 0; i < RUNS && !starters.runs.isEmpty(); i++) {
                Run<?, ?> next = starters.runs.remove();
                starters.looked.add(next);
                starters.look(next.getCauses());
            }
            starters.cutOff |= !starters.runs.isEmpty();
        }
        return starters;
    }

    /** The ids of the users. */
    @NonNull
    Set<String> users() {
        return users;
    }

    /** The run and those that started it, as far as they are there. */
    @NonNull
    List<Run<?, ?>> runs() {
        return looked;
    }

    /** Whether there may have been others, of which nobody knows any more. */
    boolean isCutOff() {
        return cutOff;
    }

    private void add(Run<?, ?> run) {
        if (seen.add(run.getExternalizableId())) {
            runs.add(run);
        }
    }

    private void look(Collection<? extends Cause> causes) {
        for (Cause cause : causes) {
            // A replay and a restart have such a cause beside their own.
            if (cause instanceof Cause.UserIdCause byUser) {
                String user = byUser.getUserId();
                if (user != null) {
                    users.add(user);
                }
            } else if (cause instanceof Cause.UpstreamCause byRun) {
                look(byRun.getUpstreamCauses()); // known here even if the run is gone
                Run<?, ?> upstream = byRun.getUpstreamRun();
                if (upstream != null) {
                    add(upstream); // knows what is cut off here
                } else {
                    cutOff |= byRun.getUpstreamCauses().isEmpty()
                            || byRun.getUpstreamCauses().stream()
                                    .anyMatch(Cause.UpstreamCause.DeeplyNestedUpstreamCause.class::isInstance);
                }
            }
        }
    }
}
