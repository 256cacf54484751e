package io.jenkins.plugins.awscicd.localaws.codebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file patterns of buildspecs: {@code *} within a name, {@code **} over directories ({@code **}{@code /*} is everything, also what
 * lies at the top), {@code ?}, {@code [a-z]} and <code>{a,b}</code>.
 */
final class Globs {

    private Globs() {}

    /** The files below a directory that fit any of the patterns and none of the exclusions, as sorted relative paths. */
    static List<Path> files(Path directory, List<String> patterns, List<String> exclusions) throws IOException {
        return find(directory, patterns, exclusions, false);
    }

    /** The directories below a directory that fit the pattern. */
    static List<Path> directories(Path directory, String pattern) throws IOException {
        return find(directory, List.of(pattern), List.of(), true);
    }

    private static List<Path> find(Path root, List<String> patterns, List<String> exclusions, boolean directories)
            throws IOException {
        List<Pattern> wanted = patterns.stream().map(Globs::regex).toList();
        List<Pattern> unwanted = exclusions.stream().map(Globs::regex).toList();
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : (Iterable<Path>) walk.sorted()::iterator) {
                String relative = root.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path) == directories
                        && wanted.stream()
                                .anyMatch(pattern -> pattern.matcher(relative).matches())
                        && unwanted.stream()
                                .noneMatch(pattern -> pattern.matcher(relative).matches())) {
                    found.add(root.relativize(path));
                }
            }
        }
        return found;
    }

    static Pattern regex(String glob) {
        String pattern = glob.replaceFirst("^(\\./)+", "");
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> {
                    if (pattern.startsWith("**/", i)) {
                        regex.append("(?:.*/)?");
                        i += 2;
                    } else if (pattern.startsWith("**", i)) {
                        regex.append(".*");
                        i++;
                    } else {
                        regex.append("[^/]*");
                    }
                }
                case '?' -> regex.append("[^/]");
                case '[', ']' -> regex.append(c);
                case '{' -> {
                    braces++;
                    regex.append("(?:");
                }
                case '}' -> regex.append(braces-- > 0 ? ")" : "\\}");
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
