package io.jenkins.plugins.awscicd.engine.beanstalk.journal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/**
 * What all parts of a step work with.
 *
 * @param request with the bundle where it is now
 * @param journal of the step, or of one update of it
 * @param own the updates of all steps of this process
 * @param gate asked immediately before each call that changes what is served; not about what was asked for before a restart
 * @param again whether it may have been begun already, before a restart
 */
public record Step(
        @NonNull AwsSession session,
        @NonNull Scheduler scheduler,
        @NonNull Watcher watcher,
        @NonNull JobConsole console,
        @NonNull BeanstalkRequest request,
        @NonNull UpdateJournal journal,
        @NonNull StartToken token,
        @NonNull StepTurn turn,
        @NonNull OwnUpdates own,
        @NonNull Gate gate,
        boolean again) {

    /** For as long AWS may not show what it has begun. */
    private static final Duration MOMENT = Duration.ofSeconds(15);

    private Step with(BeanstalkRequest other, UpdateJournal part, Gate asked, boolean begun) {
        return new Step(session, scheduler, watcher, console, other, part, token, turn, own, asked, begun);
    }

    /** The same, as it is begun, with the bundle where it was uploaded to. */
    @NonNull
    public Step begin(@NonNull BeanstalkRequest ready, boolean before) {
        return with(ready, journal, gate, before);
    }

    /** The same for another environment. */
    @NonNull
    public Step on(@NonNull String environment) {
        return with(request.on(environment), journal, gate, again);
    }

    /** The same for one of its updates. */
    @NonNull
    public Step of(@NonNull UpdateJournal update) {
        return with(request, update, gate, again);
    }

    /** The same, with another gate. */
    @NonNull
    public Step behind(@NonNull Gate other) {
        return with(request, journal, other, again);
    }

    @NonNull
    public Reporting reporting() {
        return new Reporting(session, scheduler, console, journal);
    }

    @NonNull
    public String application() {
        return request.application();
    }

    @NonNull
    public ElasticBeanstalkClient client() {
        return EnvironmentService.client(session);
    }

    /** What time it is at AWS. */
    @NonNull
    public Instant now() {
        return session.time().now();
    }

    /**
     * Whether what is refused now may be on its way, as the same call was made a moment ago.
     *
     * @param asked when AWS was asked for the same last, and may have begun it; null if it was not
     */
    public boolean mayBeUnseen(@CheckForNull Instant asked) {
        return asked != null && !asked.plus(MOMENT).isBefore(now());
    }

    /** Makes a call in its lane; fails with the SDK's exception. */
    @NonNull
    public <T> CompletableFuture<T> call(@NonNull String action, @NonNull Supplier<T> call) {
        return session.call(action, AwsSession.PATIENCE, RetryListener.NONE, call);
    }

    /** The same for as long as it is wanted; fails with {@link CancellationException} then. */
    @NonNull
    public <T> CompletableFuture<T> callWhile(
            @NonNull BooleanSupplier wanted, @NonNull String action, @NonNull Supplier<T> call) {
        return session.callWhile(wanted, action, AwsSession.PATIENCE, RetryListener.NONE, call);
    }

    /**
     * Makes a call in its lane for as long as it is wanted.
     *
     * @param resource what it is about
     * @return fails with {@link AwsCallException}, or with what {@linkplain #isClear says by itself} what is wrong
     */
    @NonNull
    public <T> CompletableFuture<T> call(
            @NonNull BooleanSupplier wanted,
            @NonNull String action,
            @NonNull Duration patience,
            @NonNull String resource,
            @NonNull Supplier<T> call) {
        return session.callWhile(wanted, action, patience, RetryListener.NONE, call)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(failure(action, resource, failure)));
    }

    /** A call's failure as people are told of it. */
    @NonNull
    public Throwable failure(@NonNull String action, @NonNull String resource, @NonNull Throwable failure) {
        Throwable cause = AwsCallException.unwrap(failure);
        return isClear(cause) ? cause : AwsCallException.of(action, resource + " in " + session.region(), cause);
    }

    /** Whether a failure says by itself what is wrong, as it is not AWS's. */
    private static boolean isClear(Throwable cause) {
        return cause instanceof CancellationException
                || cause instanceof IllegalArgumentException
                || cause instanceof StepFailure
                || cause instanceof Superseded
                || cause instanceof Refused;
    }
}
