package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Ends the environment that was live before a swap, some time after it. When that is, is in the journal. */
final class OldEnvironment {

    private static final String TERMINATE_AT = "terminateAt";
    /** The CNAME that it got for its own. */
    private static final String GOT = "oldCname";

    private final AwsSession session;
    private final Journal journal;
    private final JobConsole console;
    private final Duration after;
    private final Consumer<Instant> lookAt;
    private final Terminations terminations;
    private Termination termination;

    /**
     * @param after how long it lives on
     * @param lookAt has {@link #isEnded} asked again at some time of AWS's clock
     * @param terminations have it asked again at once
     */
    OldEnvironment(
            AwsSession session,
            Journal journal,
            JobConsole console,
            Duration after,
            Consumer<Instant> lookAt,
            Terminations terminations) {
        this.session = session;
        this.journal = journal;
        this.console = console;
        this.after = after;
        this.lookAt = lookAt;
        this.terminations = terminations;
    }

    /** Whether nothing more is to be done to it. Begins what is to be done next. */
    boolean isEnded(@NonNull Supplier<BlueWatch> blue, @NonNull Sides sides, boolean stopping) {
        String kept = journal.read().get(TERMINATE_AT);
        Instant at = kept == null ? session.time().now().plus(after) : Instant.parse(kept);
        if (kept == null && !stopping) {
            journal.write(Map.of(TERMINATE_AT, at.toString()));
            console.line("Terminating the old environment " + sides.blue() + " in " + after.toMinutes()
                    + " min, because clients may still use its address");
        }
        if (termination == null && stopping) {
            return true;
        }
        BlueWatch watch = blue.get();
        if (watch.isGone()) {
            return true;
        }
        EnvironmentSnapshot now = watch.now();
        if (now != null && !journal.read().containsKey(GOT)) {
            journal.write(Map.of(GOT, now.cname()));
        }
        if (session.time().now().isBefore(at)) {
            lookAt.accept(at);
            return false;
        }
        if (now == null) {
            return false;
        }
        if (termination == null) {
            termination = terminations.of(sides.cname(), journal.read().get(GOT));
        }
        return stopping ? termination.isTaken(now) : termination.isOver(now);
    }

    void leave() {
        if (termination != null) {
            termination.leave();
        }
    }
}
