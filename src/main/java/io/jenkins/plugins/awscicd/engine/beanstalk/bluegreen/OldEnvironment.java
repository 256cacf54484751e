package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Ends the environment that was live before a swap, some time after it. When that is, is in the journal. */
final class OldEnvironment {

    private static final String TERMINATE_AT = "terminateAt";
    /** The CNAME that it got for its own. */
    private static final String GOT = "oldCname";

    private final Step step;
    private final Consumer<Instant> lookAt;
    private final Runnable reconsider;
    private Termination termination;

    /**
     * @param lookAt has {@link #isEnded} asked again at some time of AWS's clock
     * @param reconsider has it asked again at once
     */
    OldEnvironment(Step step, Consumer<Instant> lookAt, Runnable reconsider) {
        this.step = step;
        this.lookAt = lookAt;
        this.reconsider = reconsider;
    }

    /** By when it is to be ended, of AWS's clock; null until that is kept. */
    @CheckForNull
    private Instant end() {
        String kept = step.journal().read().get(TERMINATE_AT);
        return kept == null ? null : Instant.parse(kept);
    }

    /** Whether it lives on, as the step was aborted. Says when it is to be ended otherwise. */
    boolean isLeft(@NonNull Sides sides, boolean stopping) {
        if (end() == null && !stopping) {
            Duration after = step.request().blueGreen().terminateAfter();
            step.journal().put(TERMINATE_AT, step.now().plus(after).toString());
            step.console()
                    .line("Terminating the old environment " + sides.blue() + " in " + after.toMinutes()
                            + " min, because clients may still use its address");
        }
        return termination == null && stopping;
    }

    /**
     * Whether nothing more is to be done to it. Begins what is to be done next.
     *
     * @param now as it was seen last; null before
     */
    boolean isEnded(@CheckForNull EnvironmentSnapshot now, @NonNull Sides sides, boolean stopping) {
        if (now != null && !step.journal().has(GOT)) {
            step.journal().put(GOT, now.cname());
        }
        Instant at = end();
        if (at != null && step.now().isBefore(at)) {
            lookAt.accept(at);
            return false;
        }
        if (now == null) {
            return false;
        }
        if (termination == null) {
            termination =
                    new Termination(step, sides.cname(), step.journal().read().get(GOT), reconsider);
        }
        return termination.isOver(now, stopping);
    }

    void leave() {
        if (termination != null) {
            termination.leave();
        }
    }
}
