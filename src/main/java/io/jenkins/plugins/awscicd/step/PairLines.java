package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A map of texts as lines of {@code Name=value}, as forms have it. */
public final class PairLines {

    private PairLines() {}

    @NonNull
    public static Map<String, String> read(@NonNull String lines) {
        Map<String, String> pairs = new LinkedHashMap<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int equals = line.indexOf('=');
            pairs.put(
                    (equals < 0 ? line : line.substring(0, equals)).strip(),
                    equals < 0 ? "" : line.substring(equals + 1));
        });
        return pairs;
    }

    /** @param given what is no map is shown as nothing */
    @NonNull
    public static String write(@CheckForNull Object given) {
        return given instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n"))
                : "";
    }
}
