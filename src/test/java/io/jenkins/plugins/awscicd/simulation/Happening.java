package io.jenkins.plugins.awscicd.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One line of a {@link World}: {@code 12.500 deploy run=3 group=web whenBusy=wait}.
 *
 * @param at since the world began
 * @param what the first word, see {@link Play}
 * @param details the words after it; without blanks
 */
record Happening(Duration at, String what, Map<String, String> details) {

    Happening {
        details = new TreeMap<>(details);
    }

    static Happening parse(String line) {
        String[] words = line.trim().split("\\s+");
        Map<String, String> details = new TreeMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + words[i] + "' is no name=value in '" + line + "'");
            }
            details.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return new Happening(Duration.ofMillis(Math.round(Double.parseDouble(words[0]) * 1000)), words[1], details);
    }

    String text(String name) {
        String value = details.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No " + name + "= in '" + this + "'");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return details.getOrDefault(name, otherwise);
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    double fraction(String name, double otherwise) {
        return Double.parseDouble(text(name, Double.toString(otherwise)));
    }

    Duration seconds(String name) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text(name)) * 1000));
    }

    boolean has(String name) {
        return details.containsKey(name);
    }

    @Override
    public String toString() {
        String words = details.entrySet().stream()
                .map(one -> " " + one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining());
        return "%d.%03d %s%s".formatted(at.toSeconds(), at.toMillisPart(), what, words);
    }
}
