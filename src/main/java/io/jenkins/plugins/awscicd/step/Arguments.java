package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.engine.option.Written;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Named arguments as the engine takes them, behind the typed properties that forms and the Snippet Generator go by. */
public final class Arguments {

    private final Map<String, Object> given = new TreeMap<>();
    /** Names of those that were set to null; null in what an earlier version has kept. */
    private Set<String> unset;

    /**
     * Blank texts count as not given: forms send them for fields that are left empty. A text of one line is kept without what is blank
     * around it.
     */
    public void set(@NonNull String name, @CheckForNull Object value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            given.remove(name);
            if (value == null) {
                unset = unset == null ? new TreeSet<>() : unset;
                unset.add(name);
            }
        } else {
            given.put(name, value instanceof String text ? Written.line(text) : value);
        }
    }

    /** An empty text counts as given. */
    void keep(@NonNull String name, @CheckForNull String text) {
        set(name, null);
        if (text != null) {
            given.put(name, text);
        }
    }

    /** The same of a text that may be a secret, and is kept sealed. */
    void seal(@NonNull String name, @CheckForNull String text) {
        keep(name, text);
        given.computeIfPresent(name, (same, plain) -> SealedTexts.seal(plain));
    }

    @CheckForNull
    public <T> T get(@NonNull String name, @NonNull Class<T> type) {
        return type.cast(open(given.get(name)));
    }

    @NonNull
    public Map<String, Object> toMap() {
        Map<String, Object> all = new TreeMap<>(given);
        all.replaceAll((name, value) -> open(value));
        return all;
    }

    private static Object open(@CheckForNull Object value) {
        return value instanceof Secret ? SealedTexts.open(value) : value;
    }

    /** The same, with null for those that were given as null: an engine that is told of them can say so. */
    @NonNull
    Map<String, Object> toMapWithNulls() {
        Map<String, Object> whole = toMap();
        if (unset != null) {
            unset.forEach(name -> whole.putIfAbsent(name, null));
        }
        return whole;
    }
}
