package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;

/** The clone that a step has made, as far as it is in the way in the end: what was made for it, and itself if it is not to become live. */
final class UnwantedGreen {

    private final Terminations terminations;
    private final GreenClone clone;
    /** Null unless it is to be ended. */
    private Termination termination;

    private boolean tidied;

    UnwantedGreen(@NonNull Terminations terminations, @NonNull GreenClone clone) {
        this.terminations = terminations;
        this.clone = clone;
    }

    /** After a crash the template of the clone may be left. */
    void tidyUp() {
        if (!tidied) {
            tidied = true;
            clone.tidyUp();
        }
    }

    /** Has it ended; true once nothing is left to be waited for. */
    boolean isEnded(@NonNull EnvironmentSnapshot green, @NonNull Sides sides, boolean stopping) {
        if (termination == null) {
            termination = terminations.of(sides.cname(), null);
        }
        return stopping ? termination.isTaken(green) : termination.isOver(green);
    }

    /** Waits for nothing any more. */
    void leave() {
        if (termination != null) {
            termination.leave();
        }
    }
}
