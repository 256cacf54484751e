package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.List;

/** What people see of a worker. Changed on its worker's {@code Serial}; asked by anybody. */
final class WorkerState {

    private final ActionType type;
    private final Instant since;
    private volatile WorkerStatus shown;
    private Instant polled;
    private String error;

    WorkerState(@NonNull ActionType type, @NonNull Instant since) {
        this.type = type;
        this.since = since;
        shown = new WorkerStatus(type, since, null, null, 0, 0, List.of(), false);
    }

    @NonNull
    WorkerStatus shown() {
        return shown;
    }

    /** AWS has answered a poll. */
    void polled(@NonNull Instant now) {
        polled = now;
        error = null;
    }

    void failed(@NonNull String why) {
        error = why;
    }

    /** Shows how it is now. */
    void show(@NonNull HeldJobs held, @NonNull List<String> unknown, boolean finishing) {
        int taken = held.taken();
        shown = new WorkerStatus(type, since, polled, error, held.size() - taken, taken, unknown, finishing);
    }
}
