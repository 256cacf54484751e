package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codedeploy.Overview;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Tells what happens on the targets of one deployment, each thing once: of a few targets every lifecycle event, of some their
 * ends, of many only how far they are and the first that fail.
 */
final class TargetProgressLog {

    /** So many targets are told with their events. */
    private static final int FEW = 5;
    /** So many are told one by one. */
    private static final int SOME = 25;
    /** So many failures are told with what their scripts have said. */
    static final int FAILURES = 5;

    private static final String END = "!";

    private final JobConsole console;
    private final Instant since;
    /** By target: how many of its events are told, and whether its end is. */
    private final Map<String, Integer> eventsReported = new LinkedHashMap<>();

    private final Map<String, Boolean> endReported = new LinkedHashMap<>();
    private final Map<String, String> trafficReported = new LinkedHashMap<>();
    private long tenthReported;
    private long failuresReported;

    /**
     * @param since what has ended before is told elsewhere
     * @param reported what {@link #reported} has given before; empty for the beginning
     */
    TargetProgressLog(JobConsole console, Instant since, String reported) {
        this.console = console;
        this.since = since;
        for (String mark : reported.split(" ")) {
            int colon = mark.lastIndexOf(':');
            if (mark.startsWith("%")) {
                tenthReported = Long.parseLong(mark.substring(1));
            } else if (colon > 0) {
                String id = mark.substring(0, colon);
                String count = mark.substring(colon + 1);
                endReported.put(id, count.endsWith(END));
                eventsReported.put(id, Integer.parseInt(count.replace(END, "")));
            }
        }
    }

    /** How far the story is told, to go on there after a restart. */
    @NonNull
    String reported() {
        String targets = eventsReported.entrySet().stream()
                .map(it -> it.getKey() + ":" + it.getValue() + (isEndReported(it.getKey()) ? END : ""))
                .collect(Collectors.joining(" "));
        return "%" + tenthReported + " " + targets;
    }

    /** Whether there are so many targets that they are not looked at one by one. */
    static boolean many(@NonNull Overview overview) {
        return overview.total() > SOME;
    }

    boolean isEndReported(@NonNull String target) {
        return endReported.getOrDefault(target, false);
    }

    boolean reportsMoreFailures() {
        return failuresReported < FAILURES;
    }

    /** Tells how far all of them are, whenever another tenth has ended. */
    void report(@NonNull Overview overview) {
        if (overview.total() <= FEW) {
            return;
        }
        long tenth = overview.done() * 10 / overview.total();
        if (tenth > tenthReported) {
            tenthReported = tenth;
            console.line(overview.inWords());
        }
    }

    /** @param of how many there are */
    void report(@NonNull Collection<Target> targets, long of) {
        for (Target target : targets) {
            if (of <= FEW) {
                reportEvents(target);
            }
            if (target.ended() && !isEndReported(target.id())) {
                endReported.put(target.id(), true);
                eventsReported.putIfAbsent(target.id(), 0);
                reportEnd(target, of);
            }
        }
    }

    private void reportEvents(Target target) {
        int reported = eventsReported.getOrDefault(target.id(), 0);
        List<Target.Event> events = target.events();
        while (reported < events.size() && events.get(reported).ended()) {
            Target.Event event = events.get(reported++);
            Duration took = event.took();
            Instant end = event.end();
            if (took != null && end != null && !end.isBefore(since)) {
                String line = String.format("%s  %-20s %9s", target.name(), event.name(), Durations.inWords(took));
                console.line(event.failed() ? line + "  FAILED" : line);
            }
        }
        eventsReported.put(target.id(), reported);
        String traffic = target.traffic();
        if (!traffic.isEmpty() && !traffic.equals(trafficReported.put(target.id(), traffic))) {
            console.line(target.name() + "  " + traffic);
        }
    }

    private void reportEnd(Target target, long of) {
        if (target.failed()) {
            reportFailure(target);
        } else if (of > 1 && of <= SOME && !endedBefore(target)) {
            Duration took = target.took();
            console.line(target.name() + " " + (target.status().equals("Skipped") ? "was skipped" : "succeeded")
                    + (took == null ? "" : " in " + Durations.inWords(took)));
        }
    }

    /** Whether all of it has been told elsewhere. */
    private boolean endedBefore(Target target) {
        return since.isAfter(target.events().stream()
                .map(Target.Event::end)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(since));
    }

    private void reportFailure(Target target) {
        failuresReported++;
        Target.Event event = target.failure().orElse(null);
        if (event == null) {
            console.line(target.name() + " failed");
            return;
        }
        console.line(target.name() + ": " + event.cause());
        String tail = event.logTail();
        if (!tail.isBlank()) {
            console.raw(tail.strip().lines().map(line -> "    " + line + "\n").toList());
        }
        String advice = Advice.onEvent(event.name(), event.errorCode(), event.message());
        if (!advice.isEmpty()) {
            console.line(advice);
        }
    }
}
