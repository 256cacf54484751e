package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of a step's arguments changes what goes live, as text: the same text for the same value, however it is written. */
public final class LiveOptions {

    private LiveOptions() {}

    /** Those of these names that were given. */
    @NonNull
    public static SortedMap<String, String> of(@NonNull Given given, @NonNull Collection<String> names) {
        SortedMap<String, String> options = new TreeMap<>();
        names.stream().filter(given::has).forEach(name -> options.put(name, text(given.get(name))));
        return options;
    }

    /** One value. */
    @NonNull
    public static String text(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            SortedMap<String, String> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(String.valueOf(key), text(item)));
            return sorted.toString();
        }
        return value instanceof List<?> list
                ? list.stream().map(LiveOptions::text).collect(Collectors.joining(", ", "[", "]"))
                : String.valueOf(value);
    }
}
