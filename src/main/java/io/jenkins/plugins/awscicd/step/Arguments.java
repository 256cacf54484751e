package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.TreeMap;

/** Named arguments as the engine takes them, behind the typed properties that forms and the Snippet Generator go by. */
final class Arguments {

    private final Map<String, Object> given = new TreeMap<>();

    /** Blank texts count as not given: forms send them for fields that are left empty. */
    void set(@NonNull String name, @CheckForNull Object value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            given.remove(name);
        } else {
            given.put(name, value);
        }
    }

    /** An empty text counts as given. */
    void keep(@NonNull String name, @CheckForNull String text) {
        set(name, null);
        if (text != null) {
            given.put(name, text);
        }
    }

    @CheckForNull
    <T> T get(@NonNull String name, @NonNull Class<T> type) {
        return type.cast(given.get(name));
    }

    @NonNull
    Map<String, Object> toMap() {
        return new TreeMap<>(given);
    }
}
