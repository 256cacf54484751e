package io.jenkins.plugins.awscicd.localaws.logs;

import java.util.ArrayList;
import java.util.List;

/**
 * A log stream: sections one after the other. Reading is index arithmetic, whatever the number of events. Events stay in the order in
 * which they were written, and their timestamps are taken not to go back.
 */
public final class LogStream {

    private final String name;
    private final long created;
    private final List<LogSection> sections = new ArrayList<>();

    LogStream(String name, long created) {
        this.name = name;
        this.created = created;
    }

    /** A stream of no group, which nobody can read over the wire. */
    public static LogStream apart(String name) {
        return new LogStream(name, 0);
    }

    public String name() {
        return name;
    }

    /** Milliseconds since the epoch. */
    long created() {
        return created;
    }

    /** Writes one event at the end. */
    public synchronized void append(LogEvent event) {
        if (sections.isEmpty() || !(sections.get(sections.size() - 1) instanceof WrittenSection)) {
            sections.add(new WrittenSection());
        }
        ((WrittenSection) sections.get(sections.size() - 1)).add(event);
    }

    /** Puts a section at the end. What is appended later is seen after the last of its events. */
    public synchronized void append(LogSection section) {
        sections.add(section);
    }

    /**
     * How many events can be read by then. A section is seen to its end before the next one is begun.
     *
     * @param millis since the epoch
     */
    public synchronized int size(long millis) {
        int size = 0;
        for (LogSection section : sections) {
            int visible = section.size(millis);
            size += visible;
            if (visible < section.size(Long.MAX_VALUE)) {
                break;
            }
        }
        return size;
    }

    /** The events of an index range within {@link #size}. */
    public synchronized List<LogEvent> events(int from, int to) {
        List<LogEvent> events = new ArrayList<>(Math.max(0, to - from));
        int start = 0;
        for (LogSection section : sections) {
            int length = section.size(Long.MAX_VALUE);
            for (int i = Math.max(from, start); i < Math.min(to, start + length); i++) {
                events.add(section.event(i - start));
            }
            start += length;
            if (start >= to) {
                break;
            }
        }
        return events;
    }

    /** One event within {@link #size}. */
    public LogEvent event(int index) {
        return events(index, index + 1).get(0);
    }
}
