package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The names of things of one kind in an account and region, in order.
 *
 * @param names so many as somebody would look through
 * @param more whether there are more than that
 */
public record Names(@NonNull List<String> names, boolean more) {

    /** AWS lists 100 at a time. */
    static final int LIMIT = 1000;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    public Names {
        names = names.stream().sorted().toList();
    }

    /**
     * What AWS tells in one answer.
     *
     * @param next asks for the next page; null if this is the last
     */
    public record Page(
            @NonNull List<String> names, @CheckForNull String next) {

        public Page {
            names = List.copyOf(names);
        }
    }

    /** Makes the call that lists. */
    @FunctionalInterface
    public interface Listing {
        /** @param token what the page before has told; null for the first */
        @NonNull
        Page page(@CheckForNull String token);
    }

    /**
     * Asks AWS page by page, each once, as somebody waits for the answer.
     *
     * @param action the call as an IAM action
     * @param what is listed, for messages: such as {@code the projects}
     * @return fails with {@link AwsCallException}
     */
    @NonNull
    public static CompletableFuture<Names> of(
            @NonNull AwsSession session, @NonNull String action, @NonNull String what, @NonNull Listing listing) {
        return session.within(LONGEST, next(session, action, listing, new ArrayList<>(), null))
                .handle((names, failure) -> {
                    if (failure == null) {
                        return names;
                    }
                    boolean late = AwsCallException.unwrap(failure) instanceof TimeoutException;
                    throw AwsCallException.of(
                            action,
                            what + " in " + session.region(),
                            late ? new TimeoutException("no answer within " + LONGEST.toSeconds() + " s") : failure);
                });
    }

    private static CompletableFuture<Names> next(
            AwsSession session, String action, Listing listing, List<String> found, @CheckForNull String token) {
        return session.call(action, Duration.ZERO, RetryListener.NONE, () -> listing.page(token))
                .thenCompose(page -> {
                    found.addAll(page.names());
                    boolean more = page.next() != null;
                    return more && found.size() < LIMIT
                            ? next(session, action, listing, found, page.next())
                            : CompletableFuture.completedFuture(new Names(found, more));
                });
    }
}
