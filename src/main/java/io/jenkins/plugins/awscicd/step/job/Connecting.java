package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.step.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Opens a step's session. When a step begins, what cannot be found ends it at once. After a restart its job is at AWS already: region
 * and credentials were found before, and that they are not now may pass, as what has them may be late.
 */
final class Connecting {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final AwsAccess access;
    private final Run<?, ?> run;
    private final JobConsole console;
    private final BooleanSupplier wanted;
    private final Consumer<AwsSession> connected;
    private final Consumer<RuntimeException> failed;
    private final Scheduler scheduler = AwsConnections.get().engine().scheduler();
    private Instant giveUp;

    /**
     * @param wanted false once nobody waits for the session any more
     * @param connected gets the session, and has to give it back
     * @param failed hears why there is none
     */
    Connecting(
            @NonNull AwsAccess access,
            @NonNull Run<?, ?> run,
            @NonNull JobConsole console,
            @NonNull BooleanSupplier wanted,
            @NonNull Consumer<AwsSession> connected,
            @NonNull Consumer<RuntimeException> failed) {
        this.access = access;
        this.run = run;
        this.console = console;
        this.wanted = wanted;
        this.connected = connected;
        this.failed = failed;
    }

    /** On the engine's threads. */
    void connect(boolean again) {
        if (!wanted.getAsBoolean()) {
            return;
        }
        AwsSession session;
        try {
            session = AwsConnections.get().open(access, run);
        } catch (RuntimeException e) {
            if (again && mayPass(e)) {
                scheduler.schedule(INTERVAL, () -> connect(true));
            } else {
                failed.accept(e);
            }
            return;
        }
        connected.accept(session);
    }

    private boolean mayPass(RuntimeException failure) {
        Instant now = scheduler.now();
        if (giveUp == null) {
            giveUp = now.plus(AwsSession.PATIENCE);
            console.line(Messages.Connecting_notYet(AwsSession.PATIENCE.toMinutes(), failure.getMessage()));
        }
        return now.isBefore(giveUp);
    }
}
