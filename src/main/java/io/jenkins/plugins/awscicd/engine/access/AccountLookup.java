package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of the account that an identity acts on: a role's ARN has it, once AWS lets the role be assumed, as anybody may write an ARN
 * down; else AWS is asked once. Where AWS does not answer, that is kept for a short time only.
 */
final class AccountLookup {

    private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::(\\d{12}):role/.+");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Somebody's deployment waits for it. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private static final String ASSUME = "sts:AssumeRole";

    private final Scheduler scheduler;
    /** What the role's ARN says; null if there is no role. */
    private final String ofRole;

    private CompletableFuture<String> number;
    private Moment failed = Moment.LAST;

    /** @param role the ARN of the role that is assumed last; null for none */
    AccountLookup(Scheduler scheduler, @CheckForNull String role) {
        this.scheduler = scheduler;
        Matcher arn = ROLE.matcher(role == null ? "" : role);
        ofRole = arn.matches() ? arn.group(1) : null;
    }

    /** Fails with {@link AwsCallException} if AWS does not say it, or not soon. */
    CompletableFuture<String> number(AwsSession session) {
        CompletableFuture<String> asked;
        synchronized (this) {
            boolean stale = number != null
                    && number.isCompletedExceptionally()
                    && !scheduler.moment().isBefore(failed.plus(ASK_AGAIN));
            if (number != null && !stale) {
                return number.copy();
            }
            asked = new CompletableFuture<>();
            number = asked;
        }
        ask(session, asked);
        return asked.copy();
    }

    private void ask(AwsSession session, CompletableFuture<String> asked) {
        Scheduler.Task limit = scheduler.schedule(
                LONGEST, () -> fail(asked, AwsCallException.of(Caller.ACTION, "this account", new TimeoutException())));
        said(session).whenComplete((account, failure) -> {
            limit.cancel();
            if (failure != null) {
                fail(asked, failure);
            } else if (!asked.complete(account)) {
                synchronized (this) {
                    number = CompletableFuture.completedFuture(account); // late, but for good
                }
            }
        });
    }

    private CompletableFuture<String> said(AwsSession session) {
        if (ofRole == null) {
            return Caller.of(session, PATIENCE).thenApply(Caller::account);
        }
        return session.call(ASSUME, PATIENCE, RetryListener.NONE, () -> {
                    session.credentials().resolveCredentials();
                    return ofRole;
                })
                .handle((account, failure) -> {
                    if (failure != null) {
                        throw AwsCallException.of(ASSUME, "this account's role", failure);
                    }
                    return account;
                });
    }

    private void fail(CompletableFuture<String> asked, Throwable why) {
        synchronized (this) {
            failed = scheduler.moment();
        }
        asked.completeExceptionally(AwsCallException.unwrap(why));
    }
}
