package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a worker keeps of an action that it works on, or is about to, so that it goes on after a restart. It has nothing of the action's
 * configuration but the project, and no credentials.
 *
 * @param id the worker's own, the same from the offer to the result
 * @param jobId AWS's; another one after each continuation
 * @param nonce of the job; empty if it is not known
 * @param run how whoever does the work calls it; null if it has not begun
 * @param result null if there is none yet
 */
public record Claim(
        @NonNull String id,
        @NonNull ActionType type,
        @NonNull String project,
        @NonNull PipelineAction action,
        @NonNull Phase phase,
        @NonNull String jobId,
        @NonNull String nonce,
        @CheckForNull String run,
        @CheckForNull WorkResult result) {

    /** How far a claim is. */
    public enum Phase {
        /** Somebody is to do it; AWS has not been told, and others may take it. */
        OFFERED,
        /** AWS is being told, and may know it. */
        ACKNOWLEDGING,
        /** It is ours. */
        HELD,
        /** AWS is being told of it, and makes another job of it, which may have come already. */
        CONTINUING
    }

    private static final String VARIABLE = "variable ";

    /** Whether nobody has begun with it, and AWS is not about to hear of an end. */
    boolean isToBegin() {
        return run == null && result == null;
    }

    @NonNull
    Claim in(@NonNull Phase next) {
        return new Claim(id, type, project, action, next, jobId, nonce, run, result);
    }

    @NonNull
    Claim of(@NonNull Phase next, @NonNull String job, @NonNull String withNonce) {
        return new Claim(id, type, project, action, next, job, withNonce, run, result);
    }

    @NonNull
    Claim with(@CheckForNull String newRun, @CheckForNull WorkResult newResult) {
        return new Claim(id, type, project, action, phase, jobId, nonce, newRun, newResult);
    }

    /** As plain text, for a journal. */
    @NonNull
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("type", type.toString());
        map.put("project", project);
        map.put("pipeline", action.pipeline());
        map.put("execution", action.execution());
        map.put("stage", action.stage());
        map.put("action", action.action());
        map.put("phase", phase.name());
        map.put("job", jobId);
        map.put("nonce", nonce);
        if (run != null) {
            map.put("run", run);
        }
        if (result != null) {
            map.put("failure", result.failure() == null ? "" : result.failure());
            map.put("message", result.message());
            if (result.revision() != null) {
                map.put("revision", result.revision());
            }
            result.variables().forEach((name, value) -> map.put(VARIABLE + name, value));
        }
        return map;
    }

    /** @throws IllegalArgumentException if it is not what {@link #toMap} makes */
    @NonNull
    public static Claim ofMap(@NonNull Map<String, String> map) {
        return new Claim(
                required(map, "id"),
                ActionType.parse(required(map, "type")),
                map.getOrDefault("project", ""),
                new PipelineAction(
                        map.getOrDefault("pipeline", ""),
                        map.getOrDefault("execution", ""),
                        map.getOrDefault("stage", ""),
                        map.getOrDefault("action", "")),
                Phase.valueOf(required(map, "phase")),
                required(map, "job"),
                map.getOrDefault("nonce", ""),
                map.get("run"),
                result(map));
    }

    private static String required(Map<String, String> map, String key) {
        String value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("A claim without " + key);
        }
        return value;
    }

    @CheckForNull
    private static WorkResult result(Map<String, String> map) {
        String failure = map.get("failure");
        if (failure == null) {
            return null;
        }
        Map<String, String> variables = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (key.startsWith(VARIABLE)) {
                variables.put(key.substring(VARIABLE.length()), value);
            }
        });
        return new WorkResult(
                failure.isEmpty() ? null : failure, map.getOrDefault("message", ""), variables, map.get("revision"));
    }
}
