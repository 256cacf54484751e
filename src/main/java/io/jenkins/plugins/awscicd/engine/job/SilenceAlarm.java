package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;

/** Says what a job is doing whenever nothing was said on its console for a minute. */
final class SilenceAlarm {

    static final Duration LONGEST = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final JobConsole console;
    private final Runnable speak;
    private final Runnable heard = this::received;
    private volatile Moment last;
    private Scheduler.Task alarm = () -> {};
    private boolean over;

    /** @param speak says what there is to say, if there is anything; fails never */
    SilenceAlarm(@NonNull Scheduler scheduler, @NonNull JobConsole console, @NonNull Runnable speak) {
        this.scheduler = scheduler;
        this.console = console;
        this.speak = speak;
    }

    synchronized void begin() {
        received();
        console.onPrint(heard);
        lookIn(LONGEST);
    }

    private void received() {
        last = scheduler.moment();
    }

    private synchronized void lookIn(Duration wait) {
        if (!over) {
            alarm = scheduler.schedule(wait, this::look);
        }
    }

    private void look() {
        Duration left = LONGEST.minus(last.until(scheduler.moment()));
        if (left.isNegative() || left.isZero()) {
            speak.run();
            left = LONGEST;
        }
        lookIn(left);
    }

    /**
     * To follow what a job is doing; empty if nothing is known.
     *
     * @param usual what it takes usually; null if that is not known
     * @param so what it has taken so far
     */
    @NonNull
    static String timeLeft(@CheckForNull Duration usual, @NonNull Duration so) {
        if (usual == null) {
            return "";
        }
        Duration left = usual.minus(so);
        return left.compareTo(Duration.ofSeconds(1)) < 0
                ? ", longer than the usual " + Durations.inWords(usual)
                : ", about " + Durations.inWords(left) + " left";
    }

    synchronized void end() {
        over = true;
        alarm.cancel();
        console.offPrint(heard);
    }
}
