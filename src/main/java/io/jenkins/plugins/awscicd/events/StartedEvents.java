package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** What events have started, on the disk for as long as an event may come again. Ids and names of jobs alone are kept. */
final class StartedEvents {

    /** Longer than a queue may hide a message until it comes again: 12 hours (SQS, "visibility timeout"). */
    private static final Duration KEPT = Duration.ofHours(13);

    private Map<String, Instant> known;
    private boolean unsaved;

    private static Path file() {
        return Jenkins.get().getRootDir().toPath().resolve("aws-events-started.txt");
    }

    private Map<String, Instant> known() {
        if (known == null) {
            known = read();
        }
        Instant longAgo = Instant.now().minus(KEPT);
        known.values().removeIf(then -> then.isBefore(longAgo));
        return known;
    }

    private static Map<String, Instant> read() {
        Map<String, Instant> read = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file(), StandardCharsets.UTF_8)) {
                int space = line.indexOf(' ');
                if (space > 0 && line.substring(0, space).matches("\\d{1,15}")) {
                    read.put(line.substring(space + 1), Instant.ofEpochMilli(Long.parseLong(line.substring(0, space))));
                }
            }
        } catch (NoSuchFileException e) {
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    boolean contains(@NonNull String start) {
        return known().containsKey(line(start));
    }

    /** Ids come from outside. */
    private static String line(String start) {
        return Util.rawEncode(start);
    }

    void add(@NonNull List<String> starts) {
        Map<String, Instant> all = known();
        starts.forEach(start -> all.put(line(start), Instant.now()));
        unsaved |= !starts.isEmpty();
    }

    /** Whether something is known that is not on the disk, such as because that was full. */
    boolean isUnsaved() {
        return unsaved;
    }

    void save() {
        Map<String, Instant> all = known();
        try (AtomicFileWriter out = new AtomicFileWriter(file(), StandardCharsets.UTF_8)) {
            try {
                for (Map.Entry<String, Instant> one : all.entrySet()) {
                    out.write(one.getValue().toEpochMilli() + " " + one.getKey() + "\n");
                }
                out.commit();
                unsaved = false;
            } finally {
                out.abort();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
