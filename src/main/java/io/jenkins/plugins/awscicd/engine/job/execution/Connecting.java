package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Opens a step's session. When a step begins, what cannot be found ends it at once. After a restart its job is at AWS already: region
 * and credentials were found before, and that they are not now may pass, as what has them may be late.
 */
final class Connecting {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final JobHost<?> host;
    private final JobConsole console;
    private final BooleanSupplier wanted;
    private final Consumer<AwsSession> connected;
    private final Consumer<Throwable> failed;
    private Moment giveUp;

    /**
     * @param wanted false once nobody waits for the session any more
     * @param connected gets the session, and has to give it back
     * @param failed hears why there is none
     */
    Connecting(
            @NonNull Scheduler scheduler,
            @NonNull JobHost<?> host,
            @NonNull JobConsole console,
            @NonNull BooleanSupplier wanted,
            @NonNull Consumer<AwsSession> connected,
            @NonNull Consumer<Throwable> failed) {
        this.scheduler = scheduler;
        this.host = host;
        this.console = console;
        this.wanted = wanted;
        this.connected = connected;
        this.failed = failed;
    }

    /** On a thread for what blocks. */
    void connect(boolean again) {
        if (!wanted.getAsBoolean()) {
            return;
        }
        AwsSession session;
        try {
            session = host.open();
        } catch (RuntimeException e) {
            if (again && mayPass(e)) {
                scheduler.schedule(INTERVAL, () -> host.connecting(() -> connect(true)));
            } else {
                failed.accept(e);
            }
            return;
        }
        connected.accept(session);
    }

    private synchronized boolean mayPass(RuntimeException failure) {
        Moment now = scheduler.moment();
        if (giveUp == null) {
            giveUp = now.plus(AwsSession.PATIENCE);
            console.line("Not connected to AWS yet, retrying for " + AwsSession.PATIENCE.toMinutes() + " minutes: "
                    + failure.getMessage());
        }
        return now.isBefore(giveUp);
    }
}
