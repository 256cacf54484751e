package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Starts nothing: finds what somebody else is at work on by its name, which may be there only after a while. */
public final class FollowedStart implements JobStarter {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Following at;
    private final Scheduler scheduler;
    private final String action;
    private final String what;
    private final Supplier<Optional<String>> find;

    /**
     * @param action the call that finds it, as an IAM action
     * @param what is looked for, such as {@code stack 'web'}
     * @param find gives its id; blocks and calls AWS
     */
    public FollowedStart(
            @NonNull Following at,
            @NonNull Scheduler scheduler,
            @NonNull String action,
            @NonNull String what,
            @NonNull Supplier<Optional<String>> find) {
        this.at = at;
        this.scheduler = scheduler;
        this.action = action;
        this.what = what;
        this.find = find;
    }

    @Override
    public CompletableFuture<String> start(BooleanSupplier wanted) {
        return at.here().get().thenCompose(here -> look(wanted));
    }

    private CompletableFuture<String> look(BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        boolean last = at.ended().getAsBoolean();
        String subject = what + " in " + at.session().region();
        return at.session()
                .call(action, AwsSession.PATIENCE, RetryListener.NONE, find)
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(AwsCallException.of(action, subject, failure)))
                .thenCompose(found -> {
                    if (found.isPresent()) {
                        return CompletableFuture.completedFuture(found.get());
                    }
                    if (last) {
                        throw new IllegalStateException("there is no " + subject);
                    }
                    return scheduler.pause(PAUSE).thenCompose(again -> look(wanted));
                });
    }
}
