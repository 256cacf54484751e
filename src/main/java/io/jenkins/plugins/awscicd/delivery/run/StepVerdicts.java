package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord.State;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each step of a run has made of its jobs, counted: a run of 1,000 jobs is not gone through whenever one of them changes. Not safe for
 * several threads at once.
 */
final class StepVerdicts {

    /** The first that there is decides. */
    private static final List<State> WEIGHT = List.of(
            State.PREPARING, State.RUNNING, State.FAILED, State.REFUSED, State.STOPPED, State.LEFT, State.SUCCEEDED);

    private final Map<String, State> bySteps = new HashMap<>();
    private final Map<State, Integer> counts = new EnumMap<>(State.class);

    /** Something has changed. @param jobs all of the step: at least one */
    void judge(@NonNull String step, @NonNull List<JobRecord> jobs) {
        State now = verdict(jobs);
        State before = bySteps.put(step, now);
        counts.merge(now, 1, Integer::sum);
        if (before != null) {
            counts.merge(before, -1, Integer::sum);
        }
    }

    /** The worst of them, or that a job still runs; success if there are none. */
    @NonNull
    State worst() {
        return WEIGHT.stream()
                .filter(state -> counts.getOrDefault(state, 0) > 0)
                .findFirst()
                .orElse(State.SUCCEEDED);
    }

    private static State verdict(List<JobRecord> jobs) {
        State outcome = jobs.get(jobs.size() - 1).outcome();
        return outcome != null
                ? outcome
                : jobs.stream()
                        .map(JobRecord::getState)
                        .min(Comparator.comparing(WEIGHT::indexOf))
                        .orElseThrow();
    }
}
