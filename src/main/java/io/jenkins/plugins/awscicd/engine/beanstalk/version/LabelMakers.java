package io.jenkins.plugins.awscicd.engine.beanstalk.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who makes versions under which labels at this moment. AWS takes no token along with a version: if another one makes one under the
 * same label meanwhile, what is there after an answer was lost may be its own. Other controllers are not known here.
 */
public final class LabelMakers {

    /** One that makes a version. */
    static final class Making {
        private final Object label;
        private final Turn turn;
        private Turn rival;

        private Making(Object label, Turn turn) {
            this.label = label;
            this.turn = turn;
        }
    }

    private final Map<Object, List<Making>> byLabel = new HashMap<>();

    /** @param label with its application, account and region */
    @NonNull
    synchronized Making begin(@NonNull Object label, @NonNull Turn turn) {
        Making one = new Making(label, turn);
        List<Making> all = byLabel.computeIfAbsent(label, it -> new ArrayList<>());
        for (Making other : all) {
            other.rival = turn;
            one.rival = other.turn;
        }
        all.add(one);
        return one;
    }

    synchronized void end(@NonNull Making one) {
        List<Making> all = byLabel.get(one.label);
        all.remove(one);
        if (all.isEmpty()) {
            byLabel.remove(one.label);
        }
    }

    /** Whose the version may be that is there; null if nobody else has made one meanwhile. */
    @CheckForNull
    synchronized Turn rival(@NonNull Making one) {
        return one.rival;
    }
}
