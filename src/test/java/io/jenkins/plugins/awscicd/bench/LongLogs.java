package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds with long logs, all of them at once: what arrives in the console of Jenkins. */
final class LongLogs {

    private static final Pattern LINE = Pattern.compile("line (\\d{6})(.*)");

    /** A log, and the job and project that make it. */
    private record Log(String title, String name, int lines, int length, int seconds, String shape) {

        ProjectSpec project() {
            return ProjectSpec.simulated(name)
                    .variable("SIMULATED_SECONDS", seconds)
                    .variable("SIMULATED_LOG_LINES", lines)
                    .variable("SIMULATED_LINE_LENGTH", length)
                    .variable("SIMULATED_LOG_SHAPE", shape);
        }
    }

    private static final List<Log> LOGS = List.of(
            new Log("30,000 lines evenly over 60 s", "log-even", 30_000, 11, 60, "even"),
            new Log("30,000 lines in a 20 s build", "log-short", 30_000, 11, 20, "even"),
            new Log("30,000 lines in the last 12 s of 60 s", "log-burst", 30_000, 11, 60, "burst-at-end"),
            new Log("10,000 lines with one timestamp", "log-one", 10_000, 11, 60, "one-timestamp"),
            new Log("1,000 lines of 5,000 characters", "log-wide", 1_000, 5_000, 60, "even"));

    private final LocalAws aws;
    private final Controller controller;

    LongLogs(LocalAws aws, Controller controller) {
        this.aws = aws;
        this.controller = controller;
    }

    void run(Report report) throws Throwable {
        report.heading("Long logs, five builds at once");
        report.header("log", "missing", "repeated", "out of order", "cut", "GetLogEvents calls", "delay");
        aws.calls().reset();
        for (Log log : LOGS) {
            aws.codeBuild().project(log.project());
            controller.start(log.name(), Scripts.parallel(1, Scripts.build(log.name(), "stream")));
        }
        for (Log log : LOGS) {
            RunEnd end = controller.awaitSuccess(log.name());
            report.row(row(log, end));
            controller.delete(log.name());
        }
    }

    private String[] row(Log log, RunEnd end) {
        Set<Integer> seen = new HashSet<>();
        int lines = 0;
        int disorder = 0;
        int cut = 0;
        int last = 0;
        for (String line : (Iterable<String>) end.log().lines()::iterator) {
            Matcher matcher = LINE.matcher(withoutBranch(line));
            if (matcher.matches()) {
                lines++;
                int number = Integer.parseInt(matcher.group(1));
                disorder += number < last ? 1 : 0;
                last = number;
                cut += matcher.group().length() == log.length() ? 0 : 1;
                seen.add(number);
            }
        }
        Build build = aws.codeBuild().builds().stream()
                .filter(one -> one.projectName().equals(log.name()))
                .findFirst()
                .orElseThrow();
        Map<String, Long> noted = end.noted();
        Delays delay =
                new Delays(List.of(noted.get(build.id()) - build.trueEnd().toEpochMilli()));
        long calls = aws.calls().of("Logs.GetLogEvents").stream()
                .map(Call::resource)
                .filter(resource -> resource.contains(log.name()))
                .count();
        return new String[] {
            log.title(),
            String.valueOf(log.lines() - seen.size()),
            String.valueOf(lines - seen.size()),
            String.valueOf(disorder),
            String.valueOf(cut),
            String.valueOf(calls),
            delay.longest()
        };
    }

    private static String withoutBranch(String line) {
        return line.startsWith("[b1] ") ? line.substring("[b1] ".length()) : line;
    }
}
