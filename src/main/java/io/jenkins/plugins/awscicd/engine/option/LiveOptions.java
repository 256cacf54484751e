package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of a step's arguments changes what goes live, as text: the same text for the same value, however it is written, and for no other. */
public final class LiveOptions {

    /** What lists, maps and quotes are written with. */
    private static final String SIGNS = "{}[]\"";

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
            map.forEach((key, item) -> sorted.put(quoted(String.valueOf(key), SIGNS + "="), part(item)));
            return sorted.toString();
        }
        return value instanceof List<?> list
                ? list.stream().map(LiveOptions::part).collect(Collectors.joining(", ", "[", "]"))
                : String.valueOf(value);
    }

    /** The same of what may be a text or be made of parts: no text is that of parts. */
    @NonNull
    public static String part(@CheckForNull Object value) {
        return value instanceof Map || value instanceof List ? text(value) : quoted(String.valueOf(value), SIGNS);
    }

    /** Between others, a text with signs, or with what looks like the begin or the end of another, could be read in two ways. */
    private static String quoted(String text, String signs) {
        boolean plain = text.chars().noneMatch(it -> signs.indexOf(it) >= 0)
                && !text.contains(", ")
                && !text.startsWith(" ")
                && !text.startsWith(",")
                && !text.endsWith(",");
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
