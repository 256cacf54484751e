package io.jenkins.plugins.awscicd.localaws;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The processes that were begun for one thing, such as a build, and their children. Children are remembered while their parents live: afterwards they cannot be told from anybody else's.
 */
public final class ProcessTree {

    /** Looking at all processes of the machine is not free. */
    private static final long LOOK_NANOS = 500_000_000;

    private final Set<ProcessHandle> seen = new LinkedHashSet<>();
    private ProcessHandle root;
    private long looked;
    private boolean killed;

    public synchronized void add(Process process) {
        root = process.toHandle();
        seen.removeIf(handle -> !handle.isAlive());
        seen.add(root);
        looked = System.nanoTime();
        if (killed) {
            kill();
        }
    }

    /** Remembers the children that there are by now. */
    public synchronized void look() {
        if (System.nanoTime() - looked > LOOK_NANOS) {
            looked = System.nanoTime();
            root.descendants().forEach(seen::add);
        }
    }

    /** Kills them all, and those to come. */
    public synchronized void kill() {
        killed = true;
        if (root != null) {
            root.descendants().forEach(seen::add);
        }
        seen.forEach(ProcessHandle::destroyForcibly);
    }
}
