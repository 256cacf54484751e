package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
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
                : calls.untilShown(
                                () -> ownBefore(found.get().creationTimestamp()),
                                own -> own.filter(Set::isEmpty).isEmpty())
                        .thenAccept(own -> own.ifPresent(places -> check(there, places, found.get()))));
    }

    /**
     * That this step's operations had to do with, as account and region; empty if AWS does not show that to these credentials. Where the stack
     * set is to be deleted itself, without those of stacks that somebody else has created there since.
     *
     * @param there all stacks of the stack set
     */
    @NonNull
    CompletableFuture<Optional<Set<String>>> places(@NonNull List<StackInstanceSummary> there) {
        return ownBefore(Instant.MAX)
                .thenCompose(own -> own.isEmpty() || request.hasTargets()
                        ? CompletableFuture.completedFuture(own)
                        : calls.callAnyway(StackSetCalls.OBSERVE, () -> {
                            Set<String> places = new HashSet<>(own.get());
                            Set<String> since = othersSince(there);
                            there.stream()
                                    .filter(one -> since.contains(one.lastOperationId()))
                                    .forEach(one -> places.remove(place(one)));
                            return Optional.of(places);
                        }));
    }

    /** Somebody else's operations that stacks show as their last, and that were begun after this step: AWS may be late with older ones. */
    private Set<String> othersSince(List<StackInstanceSummary> there) {
        Instant begun = set.operation(journal.first())
                .map(StackSetOperation::creationTimestamp)
                .orElse(Instant.MAX);
        return there.stream()
                .map(StackInstanceSummary::lastOperationId)
                .filter(last -> last != null && !last.startsWith(journal.first()))
                .distinct()
                .filter(last -> set.operation(last)
                        .filter(other -> other.creationTimestamp().isAfter(begun))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /**
     * The places that this step's operations had to do with which were begun before that: none while AWS is late with what has come of the
     * last.
     *
     * @return empty if AWS does not show it to these credentials
     */
    private CompletableFuture<Optional<Set<String>>> ownBefore(Instant update) {
        return calls.callAnyway(StackSetCalls.RESULTS, () -> readOwnBefore(update))
                .handle((own, failure) -> {
                    Throwable why = failure == null ? null : AwsCallException.unwrap(failure);
                    if (why != null && !(why instanceof AwsCallException call && call.fault() == AwsFault.DENIED)) {
                        throw new CompletionException(why);
                    }
                    return Optional.ofNullable(own);
                });
    }

    private void check(List<StackInstanceSummary> there, Set<String> own, StackSetOperationSummary other) {
        StackSetTargets wanted = StackSetTargets.named(request);
        List<String> foreign = there.stream()
                .filter(one -> one.status() != StackInstanceStatus.INOPERABLE && wanted.mean(one))
                .map(OwnStacks::place)
                .filter(place -> !own.contains(place))
                .toList();
        if (!foreign.isEmpty()) {
            throw new IllegalStateException(updated(other) + ": the stacks in " + String.join(", ", foreign)
                    + " are made of that update; run this step again");
        }
    }

    /** As {@link OperationResult#place}. */
    @NonNull
    static String place(@NonNull StackInstanceSummary one) {
        return one.account() + " " + one.region();
    }

    private String updated(StackSetOperationSummary other) {
        return "Somebody else has updated stack set '" + request.stackSet() + "' in the meantime (operation "
                + other.operationId() + ")";
    }

    private boolean isMade() {
        return !journal.madeId().isEmpty();
    }

    private CompletableFuture<Optional<StackSetOperationSummary>> others() {
        return calls.callAnyway(StackSetCalls.OPERATIONS, () -> set.updateOfOthers(journal.first(), isMade()));
    }

    /** Empty while AWS does not show yet what has come of the last of them. */
    private Set<String> readOwnBefore(Instant update) {
        Set<String> own = new HashSet<>();
        for (String id = journal.first(); journal.isBegun(id); id = journal.after(id)) {
            boolean earlier = set.operation(id)
                    .map(StackSetOperation::creationTimestamp)
                    .filter(begun -> begun.isBefore(update))
                    .isPresent();
            List<OperationResult> results = earlier ? set.results(id) : List.of();
            if (earlier && results.isEmpty()) {
                return Set.of();
            }
            results.forEach(result -> own.add(result.place()));
        }
        return own;
    }
}
