package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What matters in the end of an instance's logs: Elastic Beanstalk gives the last hundred lines of each log file in one text, each
 * under the file's name between two rules.
 *
 * @param file such as {@code /var/log/eb-engine.log}; empty for a text in which no file is named
 * @param lines the last of them, as they are
 */
record LogExcerpt(@NonNull String file, @NonNull List<String> lines) {

    /** So many lines are of interest, of all files of an instance together. */
    private static final int LINES = 50;

    /** Those that tell why a deployment fails, the one that tells most last. The logs of requests do not. */
    private static final List<String> FILES = List.of(
            "cfn-init.log",
            "cfn-init-cmd.log",
            "eb-activity.log",
            "docker-compose.log",
            "eb-docker-process.log",
            "stdouterr.log",
            "web.error.log",
            "web.stdout.log",
            "eb-hooks.log",
            "eb-engine.log");

    private static final Pattern RULE = Pattern.compile("[-=]{10,}\\s*");
    private static final Pattern NAME = Pattern.compile("\\s*(/\\S.*|[A-Za-z]:\\\\.*)\\s*");

    /** @return in the order in which they are best read; empty if the logs are */
    @NonNull
    static List<LogExcerpt> of(@NonNull String tail) {
        Map<String, List<String>> files = files(tail);
        List<String> telling = files.keySet().stream()
                .filter(file -> rank(file) >= 0 && !files.get(file).isEmpty())
                .sorted((one, other) -> rank(one) - rank(other))
                .toList();
        if (telling.isEmpty()) {
            return files.entrySet().stream()
                    .filter(file -> !file.getValue().isEmpty())
                    .map(file ->
                            new LogExcerpt(file.getKey(), last(file.getValue(), Math.max(1, LINES / files.size()))))
                    .toList();
        }
        List<LogExcerpt> found = new ArrayList<>();
        int left = LINES;
        for (int i = 0; i < telling.size(); i++) { // what one file does not need is for the others
            String file = telling.get(i);
            List<String> lines = last(files.get(file), Math.max(1, left / (telling.size() - i)));
            left -= lines.size();
            found.add(new LogExcerpt(file, lines));
        }
        return found;
    }

    private static int rank(String file) {
        return FILES.indexOf(file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1));
    }

    private static List<String> last(List<String> lines, int most) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }

    private static Map<String, List<String>> files(String tail) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        List<String> lines = tail.lines().toList();
        String file = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher name = i > 0 && i + 1 < lines.size() && isRule(lines.get(i - 1)) && isRule(lines.get(i + 1))
                    ? NAME.matcher(lines.get(i))
                    : null;
            String line = lines.get(i);
            if (name != null && name.matches()) {
                List<String> before = files.getOrDefault(file, new ArrayList<>());
                if (!before.isEmpty()) {
                    before.remove(before.size() - 1); // the rule above the name
                }
                file = name.group(1).strip();
                i++; // the rule below it
            } else if (!line.isBlank()) {
                files.computeIfAbsent(file, it -> new ArrayList<>()).add(line);
            }
        }
        files.values().removeIf(List::isEmpty);
        return files;
    }

    private static boolean isRule(String line) {
        return RULE.matcher(line).matches();
    }
}
