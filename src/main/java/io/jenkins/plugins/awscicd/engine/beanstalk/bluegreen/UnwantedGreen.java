package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;

/** The clone that a step has made, as far as it is in the way in the end: what was made for it, and itself if it is not to become live. */
final class UnwantedGreen {

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final GreenClone clone;
    private final Runnable reconsider;
    /** Null unless it is to be ended. */
    private Termination termination;

    private boolean tidied;

    UnwantedGreen(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull JobConsole console,
            @NonNull GreenClone clone,
            @NonNull Runnable reconsider) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.clone = clone;
        this.reconsider = reconsider;
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
            termination = new Termination(session, scheduler, console, sides.cname(), reconsider);
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
