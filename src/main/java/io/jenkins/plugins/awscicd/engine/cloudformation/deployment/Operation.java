package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** What a step does with its stack. */
interface Operation {

    /**
     * Begins with it, or finds what was begun before. It is this step's turn.
     *
     * @param now the stack as it is; empty if there is none
     * @return the stack's ARN, once AWS shows that it is at work, or there is nothing to do; fails with {@link StackBusy} if that
     *     has to end first
     */
    @NonNull
    CompletableFuture<String> begin(@NonNull Optional<Stack> now);

    /** Whether something may have been begun, so that it is to be looked for though nobody wants it any more. */
    boolean mayBeBegun();

    /** Nobody wants it any more: what it waits for that is not AWS's is not waited for any longer. */
    default void unwanted() {}

    /** What is not begun after all is put away as far as that is possible. */
    default void discard() {}

    /** Whether AWS may be at work on the stack meanwhile. */
    default boolean mindsOthers() {
        return true;
    }

    /** What is done to resources; empty if that is not known. */
    @NonNull
    default List<ResourceChange> changes() {
        return List.of();
    }

    /** What is not as the template has it, by logical ID; empty if that was not looked for. */
    @NonNull
    default Map<String, String> drift() {
        return Map.of();
    }
}
