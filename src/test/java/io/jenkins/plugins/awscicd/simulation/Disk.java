package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.HashMap;
import java.util.Map;

/** A step's journal: what a controller finds of it after a crash, be it without the last thing that was written. */
final class Disk implements Journal {

    private Map<String, String> marks = Map.of();
    private Map<String, String> before = Map.of();
    private boolean gone;

    @Override
    public Map<String, String> read() {
        return marks;
    }

    @Override
    public void write(Map<String, String> more) {
        if (gone) {
            return;
        }
        before = marks;
        Map<String, String> all = new HashMap<>(marks);
        all.putAll(more);
        marks = Map.copyOf(all);
    }

    /** The controller that had it is dead: what it writes from now on is nowhere. */
    Disk crashed(boolean lastWriteLost) {
        Disk left = new Disk();
        left.marks = lastWriteLost ? before : marks;
        left.before = left.marks;
        gone = true;
        return left;
    }
}
