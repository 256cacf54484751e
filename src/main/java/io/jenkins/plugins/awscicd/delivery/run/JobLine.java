package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.json.JsonOutput;
import io.jenkins.plugins.awscicd.delivery.store.LineFields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job in a line of its run's file: as it is from then on, as JSON. */
final class JobLine {

    private JobLine() {}

    @NonNull
    static String of(@NonNull JobRecord job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", job.getNumber());
        json.put("step", job.step());
        json.put("service", job.getService());
        put(json, "stage", job.getStage());
        json.put("begun", job.getBegun());
        put(json, "id", job.getId());
        json.put("name", job.getName());
        put(json, "status", job.getStatus());
        json.put("state", job.getState().name());
        put(json, "outcome", job.outcome() == null ? null : job.outcome().name());
        put(json, "atRest", job.isAtRest() ? true : null);
        put(json, "started", known(job.getStarted()));
        put(json, "ended", known(job.getEnded()));
        put(json, "cause", job.getCause());
        put(json, "consoleUrl", job.getConsoleUrl());
        json.put("phases", phases(job.getPhases(), job.isOver()));
        json.put("facts", job.getFacts().stream().map(JobLine::of).toList());
        return JsonOutput.toJson(json);
    }

    /** @param whole with the parts of each: not while they change, as each change is a line */
    private static List<Map<String, Object>> phases(List<JobPhase> phases, boolean whole) {
        return phases.stream().map(phase -> of(phase, whole)).toList();
    }

    private static Map<String, Object> of(JobPhase phase, boolean whole) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", phase.getName());
        put(json, "status", phase.getStatus());
        put(json, "failed", phase.isFailed() ? true : null);
        put(json, "started", known(phase.getStarted()));
        put(json, "took", phase.isRunning() ? null : phase.getDuration());
        put(json, "message", phase.getMessage());
        put(json, "depth", phase.depth() == 0 ? null : phase.depth());
        put(json, "url", phase.getUrl());
        put(json, "parts", whole && !phase.getParts().isEmpty() ? phases(phase.getParts(), true) : null);
        return json;
    }

    private static Map<String, Object> of(JobFact fact) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", fact.getWhat());
        json.put("value", fact.getValue());
        put(json, "url", fact.getUrl());
        return json;
    }

    private static void put(Map<String, Object> json, String name, @CheckForNull Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    @CheckForNull
    private static Long known(long millis) {
        return millis == 0 ? null : millis;
    }

    /** @throws IllegalArgumentException if the line is none of ours, or torn */
    @NonNull
    static JobRecord parse(@NonNull String line) {
        LineFields kept = LineFields.parse(line);
        return new JobRecord(
                kept,
                kept.objects("phases").stream().map(JobLine::phase).toList(),
                kept.objects("facts").stream().map(JobFact::of).toList());
    }

    private static JobPhase phase(LineFields kept) {
        return new JobPhase(
                kept.required("name"),
                kept.text("status"),
                kept.flag("failed"),
                kept.instant("started"),
                kept.has("took") ? Duration.ofMillis(kept.number("took")) : null,
                kept.text("message"),
                (int) kept.number("depth"),
                kept.text("url"),
                kept.objects("parts").stream().map(JobLine::phase).toList());
    }
}
