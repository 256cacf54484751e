package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The question that a step waits for, if it waits for one. */
public final class OpenQuestion {

    private CompletableFuture<Void> open;

    /** @param isWanted whether anybody wants the answer: if not, it is withdrawn at once */
    @NonNull
    public CompletableFuture<Void> await(
            @NonNull CompletableFuture<Void> answer, @NonNull BooleanSupplier isWanted, @NonNull RuntimeException why) {
        synchronized (this) {
            open = answer;
        }
        if (!isWanted.getAsBoolean()) {
            withdraw(why);
        }
        return answer;
    }

    /** Nobody wants an answer any more. */
    public void withdraw(@NonNull RuntimeException why) {
        CompletableFuture<Void> asked;
        synchronized (this) {
            asked = open;
        }
        if (asked != null) {
            asked.completeExceptionally(why);
        }
    }
}
