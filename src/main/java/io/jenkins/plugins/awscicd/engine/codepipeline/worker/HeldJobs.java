package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a worker holds, or has in its host's queue. Changed and gone through on its worker's {@code Serial}; asked by anybody. */
final class HeldJobs {

    /** By claim. */
    private final Map<String, HeldJob> held = Collections.synchronizedMap(new LinkedHashMap<>());

    boolean contains(@NonNull String claim) {
        return held.containsKey(claim);
    }

    /** null if it is not ours. */
    @CheckForNull
    HeldJob find(@NonNull String claim) {
        return held.get(claim);
    }

    /** null if nothing here has to do with it. */
    @CheckForNull
    HeldJob ofJob(@NonNull String jobId) {
        return held.values().stream()
                .filter(one -> one.claim().jobId().equals(jobId))
                .findFirst()
                .orElse(null);
    }

    /** As they are now. */
    @NonNull
    List<HeldJob> all() {
        return List.copyOf(held.values());
    }

    void add(@NonNull HeldJob job) {
        held.put(job.claim().id(), job);
    }

    void remove(@NonNull HeldJob job) {
        held.remove(job.claim().id());
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int size() {
        return held.size();
    }

    /** How many do not wait for their turn any more. */
    int taken() {
        return (int) held.values().stream()
                .filter(job -> job.claim().phase() != Claim.Phase.OFFERED)
                .count();
    }

    /** Whether something waits for what the next poll brings. */
    boolean isWaiting() {
        return held.values().stream().anyMatch(HeldJob::isWaiting);
    }

    boolean isTellingOurs() {
        return held.values().stream().anyMatch(HeldJob::isTellingOurs);
    }
}
