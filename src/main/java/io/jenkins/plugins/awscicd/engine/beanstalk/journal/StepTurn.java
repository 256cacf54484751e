package io.jenkins.plugins.awscicd.engine.beanstalk.journal;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A step's turn at what it works on: one environment, or the two sides of a pair and the CNAME that they change places by. It is held
 * from just before the first call that changes something until the step is over, or its green environment is live; over a
 * restart, too. Other controllers know nothing of it: against them only what AWS shows protects.
 */
public final class StepTurn {

    /** The places that are held, in the journal; empty if none are. */
    private static final String PLACES = "places";

    /** Another step is to go first: this one waits on, and hears when it is the first. */
    public static final class NotYet extends StepFailure {
        private static final long serialVersionUID = 1L;

        NotYet() {
            super("It is another run's turn");
        }
    }

    private final TurnQueue<String> queue;
    private final Turn turn;
    private final Journal journal;

    /** A step that held places before a restart holds them from here on. */
    public StepTurn(TurnQueue<String> queue, Turn turn, Journal journal) {
        this.queue = queue;
        this.turn = turn;
        this.journal = journal;
        Set<String> kept = held();
        if (!kept.isEmpty()) {
            queue.resume(turn, kept);
        }
    }

    /** The places that it holds, also from before a restart; empty if there are none. */
    @NonNull
    public Set<String> held() {
        String kept = journal.get(PLACES);
        return kept.isEmpty() ? Set.of() : Set.of(kept.split(" "));
    }

    /** AWS knows an environment by its name in an account's region. */
    public static String environment(@NonNull String name) {
        return "environment:" + name.toLowerCase(Locale.ROOT);
    }

    /** Given in whole or by what is before its first dot. Two that begin alike take turns without need. */
    public static String cname(@NonNull String cname) {
        return "cname:" + cname.strip().toLowerCase(Locale.ROOT).split("\\.")[0];
    }

    @NonNull
    public Turn turn() {
        return turn;
    }

    @NonNull
    public TurnQueue<String> queue() {
        return queue;
    }

    /** Holds these places; fails with {@link NotYet}. */
    public void take(@NonNull Set<String> places) {
        if (!queue.take(places)) {
            throw new NotYet();
        }
        journal.put(PLACES, String.join(" ", new TreeSet<>(places)));
    }

    /** Waits again, as nothing could be begun. */
    public void back() {
        journal.put(PLACES, "");
        queue.back();
    }

    /** What comes from now on is in nobody's way. */
    public void done() {
        journal.put(PLACES, "");
        queue.leave();
    }
}
