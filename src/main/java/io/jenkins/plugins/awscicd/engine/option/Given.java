package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The arguments of a step as far as they were given, by name: plain data that can be kept with a run. Never changes. */
public final class Given implements Serializable {

    private static final Texts TEXTS = Texts.of(Given.class);

    private static final long serialVersionUID = 1L;

    private final TreeMap<String, Object> values = new TreeMap<>();
    /** Names of those that are null, as far as they were given at all; null in what was kept by a version that did not look. */
    private final TreeSet<String> unset = new TreeSet<>();

    /**
     * @param arguments by name; null values and blank texts, empty lists and maps count as not given, those within a map or a list
     *     excepted. A text of one line is kept without what is blank around it
     */
    public Given(@NonNull Map<String, ?> arguments) {
        arguments.forEach((name, value) -> {
            Object plain = plain(value);
            if (plain instanceof String text) {
                plain = Written.line(text);
            }
            if (plain != null && !plain.equals("") && !plain.equals(List.of()) && !plain.equals(Map.of())) {
                values.put(name, plain);
            } else if (value == null) {
                unset.add(name);
            }
        });
    }

    /** A copy made of our own kinds of values alone: a Groovy string, say, would not outlive a restart everywhere. */
    @CheckForNull
    private static Object plain(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
            return copy;
        }
        if (value instanceof Collection<?> items) {
            List<Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        String text = Written.text(value);
        return text == null ? value : text;
    }

    /** Whether an argument was given. */
    public boolean has(@NonNull String name) {
        return values.containsKey(name);
    }

    /** An argument; null if it was not given. */
    @CheckForNull
    public Object get(@NonNull String name) {
        return values.get(name);
    }

    /** An argument as text; null if it was not given. */
    @CheckForNull
    public String text(@NonNull String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    /** An argument that is a whole number, however it is written; null if it was not given. */
    @CheckForNull
    public Long number(@NonNull String name) {
        String text = text(name);
        return text == null ? null : new BigDecimal(text.strip()).longValueExact();
    }

    /** An argument that is a number of minutes; null if it was not given. */
    @CheckForNull
    public Duration minutes(@NonNull String name) {
        Long minutes = number(name);
        return minutes == null ? null : Duration.ofMinutes(minutes);
    }

    /** The same, or so many if it was not given. */
    @NonNull
    public Duration minutes(@NonNull String name, long otherwise) {
        Duration given = minutes(name);
        return given == null ? Duration.ofMinutes(otherwise) : given;
    }

    /** What is wrong with those arguments of these that were given, as none of them is to be: a sentence each, with their name. */
    @NonNull
    public List<String> useless(@NonNull Collection<String> names, @NonNull String why) {
        return names.stream().filter(this::has).map(name -> name + ": " + why).toList();
    }

    /** Whether a yes-or-no argument was given, and is yes. */
    public boolean flag(@NonNull String name) {
        return "true".equalsIgnoreCase(text(name));
    }

    /** An argument that is a map; empty if it was not given, or is something else. */
    @NonNull
    @SuppressWarnings("unchecked") // made by plain()
    public Map<String, Object> map(@NonNull String name) {
        return values.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** All of them. */
    @NonNull
    public Map<String, Object> all() {
        return new TreeMap<>(values);
    }

    /** These with another one, or with another value for one. */
    @NonNull
    public Given with(@NonNull String name, @NonNull Object value) {
        Map<String, Object> more = whole();
        more.put(name, value);
        return new Given(more);
    }

    /** These without one. */
    @NonNull
    public Given without(@NonNull String name) {
        Map<String, Object> rest = whole();
        rest.remove(name);
        return new Given(rest);
    }

    private Map<String, Object> whole() {
        Map<String, Object> whole = all();
        if (unset != null) {
            unset.forEach(name -> whole.put(name, null));
        }
        return whole;
    }

    /**
     * What was given as null of some arguments, a sentence each: a variable that nobody has set, mostly, and what a step then does by
     * itself may not be what was meant.
     */
    @NonNull
    public List<String> doubts(@NonNull List<String> names) {
        return unset == null
                ? List.of()
                : unset.stream().filter(names::contains).map(Given::isNull).toList();
    }

    /** @param what the argument, or its part */
    @NonNull
    public static String isNull(@NonNull String what) {
        return TEXTS.get("isNull", what);
    }
}
