package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The phases of a job, as AWS tells them or as they were seen to pass: the last of them, if there are many. */
final class PhaseHistory {

    private static final int PHASES = 30;
    /** As many as a batch may have builds. */
    private static final int BUILDS = 100;

    private static final int NAME = 1000;

    private PhaseHistory() {}

    /**
     * As AWS tells them, or else as they have been seen to pass.
     *
     * @param before the phases so far
     * @param since when the first one began
     * @param when now, or when the job ended
     */
    @NonNull
    static ArrayList<JobPhase> of(
            @NonNull Progress now, @NonNull List<JobPhase> before, @NonNull Instant since, @NonNull Instant when) {
        if (!now.phases().isEmpty()) {
            boolean isTree = now.phases().stream().anyMatch(phase -> phase.url() != null);
            return last(now.phases().stream().map(JobPhase::of).toList(), isTree ? BUILDS : PHASES);
        }
        return switch (now.state()) {
            case RUNNING, AT_REST -> passed(before, Shortened.cut(now.stage(), NAME), since, when);
            case SUCCEEDED -> ended(before, null, false, when);
            case FAILED, STOPPED -> ended(before, now.status(), true, when);
        };
    }

    /** The job is in this stage now. */
    private static ArrayList<JobPhase> passed(List<JobPhase> before, String stage, Instant since, Instant when) {
        JobPhase last = before.isEmpty() ? null : before.get(before.size() - 1);
        if (last != null && last.isRunning() && last.getName().equals(stage)) {
            return new ArrayList<>(before);
        }
        ArrayList<JobPhase> all = ended(before, null, false, when);
        all.add(new JobPhase(stage, null, false, last == null ? since : when, null, null));
        return last(all, PHASES);
    }

    /** What runs has come to its end: of a row the last phase, of a tree each build that runs, with its phases. */
    @NonNull
    static ArrayList<JobPhase> ended(
            @NonNull List<JobPhase> before, @CheckForNull String status, boolean badly, @NonNull Instant when) {
        ArrayList<JobPhase> all = new ArrayList<>(before);
        all.replaceAll(phase -> phase.isRunning() ? phase.ended(status, badly, when) : phase);
        return all;
    }

    private static ArrayList<JobPhase> last(List<JobPhase> all, int most) {
        return new ArrayList<>(all.subList(Math.max(0, all.size() - most), all.size()));
    }
}
