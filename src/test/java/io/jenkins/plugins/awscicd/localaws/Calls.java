package io.jenkins.plugins.awscicd.localaws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The API calls that came in: counted exactly, and the newest of them kept in full. */
public final class Calls {

    /** Enough for every test; a local AWS that runs for days must not fill the heap. */
    private static final int KEPT = 100_000;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Deque<Call> newest = new ArrayDeque<>();
    private long total;

    synchronized void add(Call call) {
        total++;
        counts.merge(call.operation(), 1L, Long::sum);
        newest.addLast(call);
        if (newest.size() > KEPT) {
            newest.removeFirst();
        }
    }

    /** Calls of one operation, such as {@code CodeBuild.BatchGetBuilds}, refused ones included. */
    public synchronized long count(String operation) {
        return counts.getOrDefault(operation, 0L);
    }

    /** Calls of all operations, refused ones included. */
    public synchronized long total() {
        return total;
    }

    /** Calls by operation. */
    public synchronized Map<String, Long> byOperation() {
        return new TreeMap<>(counts);
    }

    /** The recorded calls, oldest first. */
    public synchronized List<Call> all() {
        return new ArrayList<>(newest);
    }

    /** The recorded calls that fit, oldest first. */
    public List<Call> matching(Predicate<Call> condition) {
        return all().stream().filter(condition).toList();
    }

    /** The recorded calls of one operation, oldest first. */
    public List<Call> of(String operation) {
        return matching(call -> call.operation().equals(operation));
    }

    /** Forgets all calls, and counts from 0. */
    public synchronized void reset() {
        counts.clear();
        newest.clear();
        total = 0;
    }
}
