package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What scripts and forms give for arguments of several types, as it is kept. */
final class GivenValues {

    private GivenValues() {}

    /** Keeps a value, or that there is none. */
    static void put(@NonNull Map<String, Object> all, @NonNull String name, @CheckForNull Object value) {
        if (value == null || value.equals("") || value.equals(List.of()) || value.equals(Map.of())) {
            all.remove(name);
        } else {
            all.put(name, value);
        }
    }

    /** A list as text with commas, as forms have it. */
    @CheckForNull
    static Object listed(@CheckForNull Object given) {
        return given instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : plain(given);
    }

    @CheckForNull
    static Map<String, String> texts(@CheckForNull Object given) {
        if (!(given instanceof Map<?, ?> map) || map.isEmpty()) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        return texts;
    }

    /** Texts, lists and maps without anything of Groovy's in them; results of other steps as they are. Null if there is nothing. */
    @CheckForNull
    static Object plain(@CheckForNull Object given) {
        if (given instanceof CharSequence text) {
            return text.toString().isBlank() ? null : text.toString();
        }
        if (given instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, value) -> plain.put(String.valueOf(name), inner(value)));
            return plain;
        }
        if (given instanceof Collection<?> several) {
            List<Object> plain = new ArrayList<>();
            several.forEach(item -> plain.add(inner(item)));
            return plain;
        }
        return given;
    }

    /** An empty text is a value, where something else has it. */
    @CheckForNull
    static Object inner(@CheckForNull Object given) {
        return given instanceof CharSequence ? given.toString() : plain(given);
    }
}
