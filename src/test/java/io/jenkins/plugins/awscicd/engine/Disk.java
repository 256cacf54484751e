package io.jenkins.plugins.awscicd.engine;

import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.HashMap;
import java.util.Map;

/** A step's journal as a controller has it on disk, and finds it there after a restart. */
public final class Disk implements Journal {

    private Map<String, String> marks = Map.of();
    private Map<String, String> before = Map.of();
    private boolean gone;

    @Override
    public synchronized Map<String, String> read() {
        return marks;
    }

    @Override
    public synchronized void write(Map<String, String> more) {
        if (!gone) {
            before = marks;
            Map<String, String> all = new HashMap<>(marks);
            all.putAll(more);
            marks = Map.copyOf(all);
        }
    }

    /**
     * What is found of it after a crash. The controller that had it is dead: what it writes from now on is nowhere.
     *
     * @param lastWriteLost whether that was not on disk yet
     */
    public synchronized Disk crashed(boolean lastWriteLost) {
        Disk left = new Disk();
        left.marks = lastWriteLost ? before : marks;
        left.before = left.marks;
        gone = true;
        return left;
    }
}
