package io.jenkins.plugins.awscicd.localaws.logs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A log group and its streams by name. */
final class LogGroup {

    private final String name;
    private final long created;
    private final ConcurrentNavigableMap<String, LogStream> streams = new ConcurrentSkipListMap<>();

    LogGroup(String name, long created) {
        this.name = name;
        this.created = created;
    }

    String name() {
        return name;
    }

    /** Milliseconds since the epoch. */
    long created() {
        return created;
    }

    LogStream getOrCreate(String stream, long now) {
        return streams.computeIfAbsent(stream, key -> new LogStream(key, now));
    }

    /** Whether it was created: false when there is one of that name. */
    boolean create(String stream, long now) {
        return streams.putIfAbsent(stream, new LogStream(stream, now)) == null;
    }

    boolean delete(String stream) {
        return streams.remove(stream) != null;
    }

    Optional<LogStream> find(String stream) {
        return Optional.ofNullable(streams.get(stream));
    }

    Map<String, LogStream> streams() {
        return streams;
    }
}
