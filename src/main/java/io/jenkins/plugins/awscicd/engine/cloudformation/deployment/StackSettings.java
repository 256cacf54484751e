package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * What a stack has that no change set says: termination protection and its policy. Of a stack that is there they are set before it is
 * changed, as its policy guards it then; of a new one once it is made, as there is nothing to guard before. To set them again changes
 * nothing.
 */
final class StackSettings {

    static final String PROTECT = "cloudformation:UpdateTerminationProtection";
    static final String POLICY = "cloudformation:SetStackPolicy";

    private final StepCalls calls;
    private final StackRequest request;

    StackSettings(StepCalls calls, StackRequest request) {
        this.calls = calls;
        this.request = request;
    }

    /** Whether there is nothing to set. */
    boolean isEmpty() {
        return !request.has("terminationProtection") && request.document("stackPolicy") == null;
    }

    /**
     * @param now the stack as it is; empty if there is none
     * @param gate run immediately before each call; fails if it is not to be made
     */
    @NonNull
    CompletableFuture<Void> before(@NonNull Optional<Stack> now, @NonNull Runnable gate) {
        boolean isThere =
                now.isPresent() && !StackSnapshot.REVIEW.equals(now.get().stackStatusAsString());
        return isThere ? set(gate) : CompletableFuture.completedFuture(null);
    }

    /**
     * Of a change set that was empty when it was made.
     *
     * @return the stack's ARN
     */
    @NonNull
    CompletableFuture<String> alone(
            @NonNull Optional<Stack> now, @NonNull StackGuards guards, @NonNull StackJournal journal) {
        String stackId = now.map(Stack::stackId)
                .orElseThrow(() -> new IllegalArgumentException("changeSet: stack '" + request.stack()
                        + "' does not exist any more; create another change set"));
        if (request.flag("approve") && !isEmpty()) {
            throw new IllegalArgumentException(
                    "approve: the change set has no changes, and settings alone are not asked"
                            + " about here; use awsApproval before this step, or leave approve out");
        }
        calls.console().line("No changes: the change set of stack " + request.stack() + " was empty");
        String deed = request.deed();
        return before(now, () -> guards.pass(new Gate.What(deed, () -> deed), List.of()))
                .thenApply(set -> {
                    journal.rest();
                    return FailedCreation.mended(request, now, stackId);
                });
    }

    /** Of a stack that was made just now. */
    @NonNull
    CompletableFuture<Void> after(@NonNull StackSnapshot end) {
        return end.status().equals("CREATE_COMPLETE")
                ? set(this::checkWanted)
                : CompletableFuture.completedFuture(null);
    }

    private void checkWanted() {
        if (!calls.isWanted()) {
            throw StepCalls.aborted();
        }
    }

    private CompletableFuture<Void> set(Runnable gate) {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        if (request.has("terminationProtection")) {
            boolean protect = request.flag("terminationProtection");
            done = done.thenCompose(it -> calls.callAnyway(PROTECT, () -> {
                gate.run();
                CloudFormationService.client(calls.session())
                        .updateTerminationProtection(
                                update -> update.stackName(request.stack()).enableTerminationProtection(protect));
                return null;
            }));
        }
        String policy = request.document("stackPolicy");
        if (policy != null) {
            done = done.thenCompose(it -> calls.callAnyway(POLICY, () -> {
                gate.run();
                CloudFormationService.client(calls.session())
                        .setStackPolicy(
                                update -> update.stackName(request.stack()).stackPolicyBody(policy));
                return null;
            }));
        }
        return done;
    }
}
