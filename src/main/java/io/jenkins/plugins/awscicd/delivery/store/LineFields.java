package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.json.JsonException;
import groovy.json.JsonSlurper;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The properties of a JSON object that is a line of a file of ours. Those that are not known are passed over, and those that are missing
 * have a default: older and newer versions of the plugin can read each other's lines.
 */
public final class LineFields {

    /** The end of the year 9999, in milliseconds since the epoch. */
    public static final long END_OF_TIME = 253_402_300_799_999L;

    private final Map<?, ?> json;

    private LineFields(Map<?, ?> json) {
        this.json = json;
    }

    /** @throws IllegalArgumentException if the line is none of ours, or torn */
    @NonNull
    public static LineFields parse(@NonNull String line) {
        try {
            return of(new JsonSlurper().parseText(line));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static LineFields of(Object parsed) {
        if (parsed instanceof Map<?, ?> json) {
            return new LineFields(json);
        }
        throw new IllegalArgumentException("not an object");
    }

    public boolean has(@NonNull String name) {
        return json.containsKey(name);
    }

    /** @throws IllegalArgumentException if it is missing */
    @NonNull
    public String required(@NonNull String name) {
        String value = text(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    @CheckForNull
    public String text(@NonNull String name) {
        Object value = json.get(name);
        return value == null ? null : value.toString();
    }

    /** 0 if it is missing. */
    public long number(@NonNull String name) {
        return json.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** False if it is missing. */
    public boolean flag(@NonNull String name) {
        return Boolean.TRUE.equals(json.get(name));
    }

    /** No calendar holds what is further away, and pages reckon with it. */
    @NonNull
    public Instant instant(@NonNull String name) {
        long millis = number(name);
        if (millis < 0 || millis > END_OF_TIME) {
            throw new IllegalArgumentException(name + " is no time: " + millis);
        }
        return Instant.ofEpochMilli(millis);
    }

    @NonNull
    public List<String> texts(@NonNull String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    @NonNull
    public List<LineFields> objects(@NonNull String name) {
        return list(name).stream().map(LineFields::of).toList();
    }

    private List<?> list(String name) {
        return json.get(name) instanceof List<?> list ? list : List.of();
    }

    /** @param otherwise what a word stands for that is missing or not known */
    @NonNull
    public <E extends Enum<E>> E word(@NonNull Class<E> words, @NonNull String name, @NonNull E otherwise) {
        String value = text(name);
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(value)) {
                return word;
            }
        }
        return otherwise;
    }
}
