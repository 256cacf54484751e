package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Deletes change sets that are not executed. What AWS does not delete stays, which is told, and fails nothing. */
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
        return changeSet(nameOrId, 1).exceptionally(failure -> stays(nameOrId, message(failure)));
    }

    /**
     * The same of one that is of no use any more; the next one is another. AWS deletes those of a stack when one of them is executed,
     * or only shows that they are obsolete.
     *
     * @param obsolete empty if AWS has deleted it
     */
    @NonNull
    CompletableFuture<Void> obsolete(@NonNull Optional<ChangeSet> obsolete, @NonNull StackJournal journal) {
        return obsolete.map(set -> changeSet(set.id()))
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(journal::nextAttempt);
    }

    private CompletableFuture<Void> changeSet(String nameOrId, int attempt) {
        return calls.callAnyway(ChangeSetCalls.DELETE, () -> changeSets.delete(nameOrId))
                .thenCompose(isGone -> {
                    if (isGone) {
                        return CompletableFuture.completedFuture(null);
                    }
                    return attempt >= MOST_ATTEMPTS
                            ? CompletableFuture.completedFuture(
                                    stays(nameOrId, "AWS is still creating or executing it"))
                            : calls.pause(PAUSE).thenCompose(later -> changeSet(nameOrId, attempt + 1));
                });
    }

    private Void stays(String nameOrId, String why) {
        String name = nameOrId.replaceFirst("^arn:.*:changeSet/([^/]+)/.*$", "$1");
        calls.console()
                .line((nameOrId.startsWith("arn:") ? "Change set " : "If AWS has created it, change set ") + name
                        + " stays: " + why);
        return null;
    }

    /** The same, and a stack that consisted of nothing but it. */
    @NonNull
    CompletableFuture<Void> withStack(@NonNull String changeSet, @NonNull String stackId) {
        String name = "Stack " + StackSnapshot.name(stackId);
        return changeSet(changeSet)
                .thenCompose(gone -> calls.callAnyway(LIST, () -> isEmpty(stackId)))
                .exceptionally(failure -> {
                    calls.console().line(name + " may be left without resources: " + message(failure));
                    return false;
                })
                .thenCompose(isEmpty -> isEmpty
                        ? calls.callAnyway(DELETE_STACK, () -> delete(stackId))
                        : CompletableFuture.<Void>completedFuture(null))
                .exceptionally(failure -> {
                    calls.console().line(name + " stays, without resources: " + message(failure));
                    return null;
                });
    }

    private static String message(Throwable failure) {
        return AwsCallException.unwrap(failure).getMessage();
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
        CloudFormationService.client(calls.session()).deleteStack(it -> it.stackName(stackId));
        return null;
    }
}
