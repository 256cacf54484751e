package io.jenkins.plugins.awscicd.localaws;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it, so that nothing in the test depends on how fast the machine is. */
public final class SteppedTime implements SimulatedTime {

    private record Due(Instant at, long order, Runnable task) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant now;
    private long ordered;

    SteppedTime(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay.isNegative() ? Duration.ZERO : delay), ordered++, task);
        queue.add(due);
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        queue.remove(due);
    }

    /**
     * Moves the clock forwards and runs, on this thread and in order of their time, the tasks that fall due on the way; among them
     * those that the tasks themselves add. Each task sees its own time as {@link #now()}.
     */
    public void advance(Duration by) {
        Instant target = now().plus(by);
        for (Due due = next(target); due != null; due = next(target)) {
            due.task().run();
        }
    }

    /**
     * Runs the one task that falls due first, if it does so before a time, and moves the clock there; moves it to that time
     * if there is none.
     *
     * @return whether there was one
     */
    public boolean step(Instant last) {
        Due due = next(last);
        if (due == null) {
            return false;
        }
        due.task().run();
        return true;
    }

    private synchronized Due next(Instant target) {
        Due due = queue.peek();
        if (due == null || due.at().isAfter(target)) {
            if (target.isAfter(now)) {
                now = target;
            }
            return null;
        }
        if (due.at().isAfter(now)) {
            now = due.at();
        }
        return queue.poll();
    }

    /** The tasks that wait for their time. */
    public synchronized int waiting() {
        return queue.size();
    }

    @Override
    public synchronized void close() {
        queue.clear();
    }
}
