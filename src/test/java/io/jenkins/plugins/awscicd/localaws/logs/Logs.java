package io.jenkins.plugins.awscicd.localaws.logs;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** CloudWatch Logs of one place: its groups and streams, for tests and for the services that write to it. */
public final class Logs {

    private final Place place;
    private final SimulatedTime time;
    private final ConcurrentNavigableMap<String, LogGroup> groups = new ConcurrentSkipListMap<>();
    private volatile Duration ingestionDelay = Duration.ZERO;
    private volatile int emptyPages;

    public Logs(Place place, SimulatedTime time) {
        this.place = place;
        this.time = time;
    }

    /** Writes messages to a stream, all with one timestamp. Group and stream are created if they do not exist. */
    public void append(String group, String stream, Instant timestamp, String... messages) {
        LogStream target = stream(group, stream);
        long ingested = time.now().toEpochMilli();
        for (String message : messages) {
            target.append(new LogEvent(timestamp.toEpochMilli(), ingested, message));
        }
    }

    /** The stream, created if it does not exist, and its group too. */
    public LogStream stream(String group, String stream) {
        return groups.computeIfAbsent(
                        group, name -> new LogGroup(name, time.now().toEpochMilli()))
                .getOrCreate(stream, time.now().toEpochMilli());
    }

    /** The messages that can be read now, oldest first; empty when there is no such stream. */
    public List<String> messages(String group, String stream) {
        return find(group)
                .flatMap(found -> found.find(stream))
                .map(found -> found.events(0, visible(found)).stream()
                        .map(LogEvent::message)
                        .toList())
                .orElse(List.of());
    }

    /** Makes what is written visible to readers only so much simulated time later. */
    public Logs ingestionDelay(Duration delay) {
        ingestionDelay = delay;
        return this;
    }

    /**
     * Has GetLogEvents answer so many empty pages, each with a new token, before every page that has events. AWS does so at times:
     * the end of a stream is told by an unchanged token, not by an empty page.
     */
    public Logs emptyPages(int count) {
        emptyPages = count;
        return this;
    }

    int emptyPages() {
        return emptyPages;
    }

    int visible(LogStream stream) {
        return stream.size(time.now().minus(ingestionDelay).toEpochMilli());
    }

    Place place() {
        return place;
    }

    long millis() {
        return time.now().toEpochMilli();
    }

    Optional<LogGroup> find(String group) {
        return Optional.ofNullable(groups.get(group));
    }

    Map<String, LogGroup> groups() {
        return groups;
    }
}
