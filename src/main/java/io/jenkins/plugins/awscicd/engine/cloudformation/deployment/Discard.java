package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Deletes change sets that are not executed. What AWS does not delete stays, and fails nothing. */
final class Discard {

    private static final String LIST = "cloudformation:ListChangeSets";
    private static final String DELETE_STACK = "cloudformation:DeleteStack";

    private static final Duration PAUSE = Duration.ofSeconds(3);
    /** One that AWS still makes it may refuse to delete. */
    private static final int MOST_ATTEMPTS = 30;

    private final StepCalls calls;
    private final ChangeSetCalls changeSets;

    Discard(StepCalls calls, ChangeSetCalls changeSets) {
        this.calls = calls;
        this.changeSets = changeSets;
    }

    /** @return completes in any case, once it is gone or AWS refuses for too long */
    @NonNull
    CompletableFuture<Void> changeSet(@NonNull String nameOrId) {
        return changeSet(nameOrId, 1).exceptionally(failure -> null);
    }

    private CompletableFuture<Void> changeSet(String nameOrId, int attempt) {
        return calls.callAnyway(ChangeSetCalls.DELETE, () -> changeSets.delete(nameOrId))
                .thenCompose(isGone -> isGone || attempt >= MOST_ATTEMPTS
                        ? CompletableFuture.completedFuture(null)
                        : calls.pause(PAUSE).thenCompose(later -> changeSet(nameOrId, attempt + 1)));
    }

    /** The same, and a stack that consisted of nothing but it. */
    @NonNull
    CompletableFuture<Void> withStack(@NonNull String changeSet, @NonNull String stackId) {
        return changeSet(changeSet)
                .thenCompose(gone -> calls.callAnyway(LIST, () -> isEmpty(stackId)))
                .thenCompose(isEmpty -> isEmpty
                        ? calls.callAnyway(DELETE_STACK, () -> delete(stackId))
                        : CompletableFuture.<Void>completedFuture(null))
                .exceptionally(failure -> null);
    }

    private boolean isEmpty(String stackId) {
        return CloudFormationService.find(calls.session(), stackId)
                        .map(Stack::stackStatusAsString)
                        .filter(StackSnapshot.REVIEW::equals)
                        .isPresent()
                && CloudFormationService.client(calls.session())
                        .listChangeSets(it -> it.stackName(stackId))
                        .summaries()
                        .isEmpty();
    }

    private Void delete(String stackId) {
        try {
            CloudFormationService.client(calls.session()).deleteStack(it -> it.stackName(stackId));
        } catch (CloudFormationException e) {
            calls.console()
                    .line("Stack " + StackSnapshot.name(stackId) + " stays, without resources: " + e.getMessage());
        }
        return null;
    }
}
