package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperation;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationSummary;

/**
 * Whether the stacks that a step is to create are made of what it has brought. AWS makes them of what the stack set is at that moment, and
 * others may have updated it since the step did.
 */
final class OwnStacks {

    private final StepCalls calls;
    private final StackSetCalls set;
    private final StackSetRequest request;
    private final StackSetJournal journal;

    OwnStacks(StepCalls calls, StackSetCalls set, StackSetRequest request, StackSetJournal journal) {
        this.calls = calls;
        this.set = set;
        this.request = request;
        this.journal = journal;
    }

    /** Before an operation that creates some; fails with {@link IllegalStateException} if others' would be. */
    @NonNull
    CompletableFuture<Void> before(@NonNull String operation) {
        return journal.before(operation) == null && !isMade()
                ? CompletableFuture.completedFuture(null)
                : others().thenAccept(found -> found.ifPresent(other -> {
                    throw new IllegalStateException(
                            updated(other) + ": the stacks that are missing would be made of that update, and are not"
                                    + " created; run this step again");
                }));
    }

    /**
     * At the end; fails with {@link IllegalStateException} if some were not there before somebody else's update.
     *
     * @param there all stacks of the stack set
     */
    @NonNull
    CompletableFuture<Void> check(@NonNull List<StackInstanceSummary> there) {
        return others().thenCompose(found -> found.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : calls.callAnyway(
                                StackSetCalls.RESULTS,
                                () -> ownBefore(found.get().creationTimestamp()))
                        .thenAccept(own -> check(there, own, found.get())));
    }

    /** That this step's operations had to do with, as account and region. */
    @NonNull
    CompletableFuture<Set<String>> places() {
        return calls.callAnyway(StackSetCalls.RESULTS, () -> ownBefore(Instant.MAX));
    }

    private void check(List<StackInstanceSummary> there, Set<String> own, StackSetOperationSummary other) {
        List<String> foreign = there.stream()
                .filter(one -> one.status() != StackInstanceStatus.INOPERABLE && isWanted(one))
                .map(one -> one.account() + " " + one.region())
                .filter(place -> !own.contains(place))
                .toList();
        if (!foreign.isEmpty()) {
            throw new IllegalStateException(updated(other) + ": the stacks in " + String.join(", ", foreign)
                    + " are made of that update; run this step again");
        }
    }

    private String updated(StackSetOperationSummary other) {
        return "Somebody else has updated stack set '" + request.stackSet() + "' in the meantime (operation "
                + other.operationId() + ")";
    }

    private boolean isMade() {
        return !journal.stackSetId().isEmpty();
    }

    private CompletableFuture<Optional<StackSetOperationSummary>> others() {
        return calls.callAnyway(StackSetCalls.OPERATIONS, () -> set.updateOfOthers(journal.first(), isMade()));
    }

    /** The places that this step's operations had to do with which were begun before that. */
    private Set<String> ownBefore(Instant update) {
        Set<String> own = new HashSet<>();
        for (String id = journal.first(); journal.isBegun(id); id = journal.after(id)) {
            boolean earlier = set.operation(id)
                    .map(StackSetOperation::creationTimestamp)
                    .filter(begun -> begun.isBefore(update))
                    .isPresent();
            if (earlier) {
                set.results(id).forEach(result -> own.add(result.place()));
            }
        }
        return own;
    }

    private boolean isWanted(StackInstanceSummary one) {
        StackSetTargets wanted = StackSetTargets.named(request);
        boolean inUnits = one.organizationalUnitId() != null && wanted.units().contains(one.organizationalUnitId());
        boolean inAccounts = wanted.accounts().contains(String.valueOf(one.account()));
        boolean isMeant = wanted.units().isEmpty()
                ? inAccounts
                : switch (String.valueOf(wanted.filter())) {
                    case "INTERSECTION" -> inUnits && inAccounts;
                    case "DIFFERENCE" -> inUnits && !inAccounts;
                    case "UNION" -> inUnits || inAccounts;
                    default -> inUnits;
                };
        return isMeant && wanted.regions().contains(one.region());
    }
}
