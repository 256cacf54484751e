package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** All that happens to one job, one after the other. If something of it cannot be done, whoever waits for the job hears of that. */
final class JobOrder implements Executor {

    private static final Logger LOGGER = Logger.getLogger(JobOrder.class.getName());

    private final Serial serial;
    private final RemoteState<?> state;
    private final Consumer<RuntimeException> failed;

    /** @param failed called in order */
    JobOrder(@NonNull Scheduler scheduler, @NonNull RemoteState<?> state, @NonNull Consumer<RuntimeException> failed) {
        this.serial = new Serial(scheduler::execute);
        this.state = state;
        this.failed = failed;
    }

    @Override
    public void execute(@NonNull Runnable turn) {
        serial.execute(() -> {
            try {
                turn.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot go on with " + (state.id() == null ? "a job" : state.id()));
                fail(e);
            }
        });
    }

    /** The job cannot be followed any further. Called in order. */
    void fail(@NonNull Throwable why) {
        failed.accept(unchecked(why));
    }

    @NonNull
    static RuntimeException unchecked(@NonNull Throwable failure) {
        return failure instanceof RuntimeException why ? why : new IllegalStateException(failure);
    }
}
