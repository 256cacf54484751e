package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.EventReader;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.RollbackResources;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Says what to do about a stack that AWS does not change as it is, and deletes it if that was asked for and nothing can be lost by it. */
final class FailedCreation {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final StepCalls calls;
    private final StackRequest request;
    private final StackJournal journal;
    private final StackGuards guards;

    FailedCreation(StepCalls calls, StackRequest request, StackJournal journal, StackGuards guards) {
        this.calls = calls;
        this.request = request;
        this.journal = journal;
        this.guards = guards;
    }

    /**
     * Of a stack that AWS finds nothing to change in: that is no success where an operation before has failed, or was stopped.
     *
     * @return the stack's ARN
     */
    @NonNull
    static String mended(@NonNull StackRequest request, @NonNull Optional<Stack> now, @NonNull String stackId) {
        String status = now.map(Stack::stackStatusAsString).orElse("");
        if (request.executes() && (status.equals("CREATE_FAILED") || status.equals("UPDATE_FAILED"))) {
            throw new IllegalArgumentException("stack '" + request.stack() + "' is in " + status
                    + ", and AWS finds nothing to change: an operation failed or was stopped, and what it had done was kept."
                    + " Roll it back with continueRollback: true, or change its template or parameters");
        }
        return stackId;
    }

    /** @return the stack as it is to be begun with; fails with {@link IllegalArgumentException} if nothing can be */
    @NonNull
    CompletableFuture<Optional<Stack>> check(@NonNull Optional<Stack> now) {
        String status = now.map(Stack::stackStatusAsString).orElse("");
        boolean deploys = request.aim() == Aim.DEPLOY || request.aim() == Aim.EXECUTE;
        if (!deploys || journal.isBegun() || !calls.isWanted()) {
            return CompletableFuture.completedFuture(now);
        }
        String is = "stack '" + request.stack() + "' is in " + status;
        switch (status) {
            case "ROLLBACK_COMPLETE" -> {
                if (request.flag("recreateFailed") && request.executes() && now.isPresent()) {
                    return recreate(now.get());
                }
                throw new IllegalArgumentException(is + ": its creation failed, and AWS cannot update it."
                        + " Delete it, or add recreateFailed: true, which deletes it and creates it again");
            }
            case "ROLLBACK_FAILED", "DELETE_FAILED" ->
                throw new IllegalArgumentException(is
                        + ", which AWS cannot update: delete it first, with delete: true"
                        + " (and retain: [...] for resources that cannot be deleted)");
            case "CREATE_FAILED", "UPDATE_FAILED" -> {
                if (request.executes() && !request.onFailure().equals("keep")) {
                    throw new IllegalArgumentException(
                            is + ": an operation failed, and the resources that succeeded were kept."
                                    + " AWS updates such a stack only with onFailure: 'keep'; or roll it back first, with"
                                    + " continueRollback: true");
                }
                return CompletableFuture.completedFuture(now);
            }
            case "UPDATE_ROLLBACK_FAILED" -> {
                return calls.call(
                                EventReader.ACTION,
                                () -> new RollbackResources(calls.session())
                                        .failed(now.orElseThrow().stackId()))
                        .handle((failed, failure) -> {
                            throw new IllegalArgumentException(is
                                    + ": the rollback of an update has failed. Fix its cause and continue it with"
                                    + " continueRollback: true, or skip what cannot be rolled back with "
                                    + StackLines.skipping(failure == null ? failed : List.of())
                                    + (failure == null
                                            ? ""
                                            : ". Which resources these are cannot be read: "
                                                    + AwsCallException.unwrap(failure)
                                                            .getMessage()));
                        });
            }
            default -> {
                return CompletableFuture.completedFuture(now);
            }
        }
    }

    /** A stack whose creation was rolled back has no resources, but for those that its template has retained. */
    private CompletableFuture<Optional<Stack>> recreate(Stack failed) {
        String deed = "delete stack " + request.stack();
        return calls.call(StackCallOperation.DELETE, () -> {
                    guards.pass(new Gate.What(deed, () -> deed), List.of());
                    calls.console()
                            .line("Deleting stack " + request.stack()
                                    + ", whose creation had failed, to create it again");
                    CloudFormationService.client(calls.session())
                            .deleteStack(it -> it.stackName(failed.stackId())
                                    .clientRequestToken(journal.token() + "-recreate")
                                    .roleARN(request.text("roleArn")));
                    return null;
                })
                .thenCompose(done -> gone(failed.stackId()));
    }

    private CompletableFuture<Optional<Stack>> gone(String stackId) {
        return calls.call(CloudFormationService.DESCRIBE, () -> CloudFormationService.find(calls.session(), stackId))
                .thenCompose(now -> {
                    String status = now.map(Stack::stackStatusAsString).orElse("DELETE_COMPLETE");
                    if (status.equals("DELETE_COMPLETE")) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    if (status.equals("DELETE_FAILED")) {
                        throw new IllegalArgumentException("recreateFailed: the stack could not be deleted: "
                                + now.orElseThrow().stackStatusReason());
                    }
                    return calls.pause(PAUSE).thenCompose(later -> gone(stackId));
                });
    }
}
