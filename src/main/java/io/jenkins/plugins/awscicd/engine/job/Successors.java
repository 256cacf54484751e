package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Starts a job in place of one that has ended, where AWS does not do so by itself.
 *
 * @param <S> what is seen of a job
 */
public interface Successors<S extends Snapshot> {

    /** None is ever started. */
    @NonNull
    static <S extends Snapshot> Successors<S> none() {
        return new Successors<>() {
            @Override
            public boolean mayFollow(S last) {
                return false;
            }

            @Override
            public boolean mayHaveFollowed(S last, boolean again) {
                return false;
            }

            @Override
            public CompletableFuture<Optional<String>> after(List<S> jobs, boolean again, BooleanSupplier wanted) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        };
    }

    /** Whether one may be started in place of it, as far as is known without asking, or may have been. */
    boolean mayFollow(@NonNull S last);

    /**
     * Whether one may have been started in place of it already: then to stop the job means to stop that one.
     *
     * @param again as of {@link #after}
     */
    boolean mayHaveFollowed(@NonNull S last, boolean again);

    /**
     * Starts one in place of the last, or finds the one that was started before, exactly once. All is told of the last one.
     *
     * @param jobs the job and what has taken its place since, which have all ended
     * @param again whether another process may have come as far before, and started one, whatever it came to keep of that
     * @param wanted false once none is wanted any more: then no first call is to be made, but one whose answer is missing is looked for
     * @return its id; empty if there is none. Fails if it cannot be known
     */
    @NonNull
    CompletableFuture<Optional<String>> after(@NonNull List<S> jobs, boolean again, @NonNull BooleanSupplier wanted);
}
