package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSet;

/** Begins the operations by which a stack set gets the stacks that it lacks, or loses those that are to be deleted, one after the other. */
final class StackInstances {

    private static final int MOST_LINES = 10;

    private final StepCalls calls;
    private final StackSetCalls set;
    private final StackSetRequest request;
    private final StackSetJournal journal;
    private final Runnable pass;
    private final OwnStacks own;
    /** Whether another process has begun it: what that one did last it may not have marked. */
    private final boolean resumed;

    /** @param pass fails if an operation must not be begun now */
    StackInstances(
            StepCalls calls, StackSetCalls set, StackSetRequest request, StackSetJournal journal, Runnable pass) {
        this.calls = calls;
        this.set = set;
        this.request = request;
        this.journal = journal;
        this.pass = pass;
        this.own = new OwnStacks(calls, set, request, journal);
        this.resumed = journal.last() != null;
    }

    /** In which the stack set has stacks, as far as their order is of any interest. */
    @NonNull
    CompletableFuture<List<String>> regions() {
        return request.list("regionOrder").isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : calls.call(StackSetCalls.INSTANCES, set::instances)
                        .thenApply(there ->
                                there.stream().map(StackInstanceSummary::region).toList());
    }

    /**
     * Goes on with what is left: stacks where there are none yet, or that are to be deleted.
     *
     * @param done what the operation before has come to
     * @return whether that is an operation; false if nothing is left, or the last one has not made it less
     */
    @NonNull
    CompletableFuture<Boolean> goOn(@NonNull String operation, @NonNull List<OperationResult> done) {
        boolean known = journal.isBegun(operation);
        return !known && !resumed
                ? rest(operation, done)
                : calls.callAnyway(StackSetCalls.OBSERVE, () -> set.operation(operation))
                        .thenCompose(found -> found.isEmpty()
                                ? rest(operation, done)
                                : known ? CompletableFuture.completedFuture(Boolean.TRUE) : mark(operation));
    }

    /** AWS has begun this operation, whether the journal has that or not. */
    @NonNull
    CompletableFuture<String> found(@NonNull String operation) {
        if (journal.isBegun(operation)) {
            return CompletableFuture.completedFuture(operation);
        }
        if (operation.equals(journal.first()) && !request.deletes() && !journal.isMade()) {
            journal.begin(operation); // an update of the stack set, which is not of parts
            return CompletableFuture.completedFuture(operation);
        }
        return mark(operation).thenApply(begun -> operation);
    }

    /** AWS has it, but the journal does not: it was killed with whoever wrote it. */
    private CompletableFuture<Boolean> mark(String operation) {
        int before = journal.leftBefore(operation);
        return units().thenCompose(units -> calls.callAnyway(StackSetCalls.INSTANCES, set::instances)
                .thenApply(there -> {
                    journal.begin(
                            operation, StackSetParts.left(request, units, there).leftThen(before));
                    return Boolean.TRUE;
                }));
    }

    private CompletableFuture<Boolean> rest(String operation, List<OperationResult> done) {
        int before = journal.leftBefore(operation);
        return units().thenCompose(units -> after(done, units, before).thenCompose(there -> {
            StackSetParts left = StackSetParts.left(request, units, there);
            if (left.next(before).isPresent()) {
                return begin(left, before, operation).thenApply(id -> Boolean.TRUE);
            }
            return request.deletes()
                    ? restOfOthers(left, there, operation)
                    : own.check(there).thenApply(isOurs -> {
                        report(left, there);
                        return Boolean.FALSE;
                    });
        }));
    }

    /** Others may have created some since it was looked what is to be deleted. */
    private CompletableFuture<Boolean> restOfOthers(
            StackSetParts left, List<StackInstanceSummary> there, String operation) {
        if (!left.isShown() || left.all().isEmpty()) {
            return CompletableFuture.completedFuture(Boolean.FALSE);
        }
        return own.places(there).thenCompose(tried -> {
            Optional<StackSetParts> others =
                    tried.map(left::without).filter(it -> !it.all().isEmpty());
            return others.isEmpty()
                    ? CompletableFuture.completedFuture(Boolean.FALSE)
                    : begin(others.get(), StackSetParts.NONE_BEGUN, operation).thenApply(id -> Boolean.TRUE);
        });
    }

    /** The stacks, once those of the operation before are among them, or gone: AWS may be late with them, and with what it has come to. */
    private CompletableFuture<List<StackInstanceSummary>> after(
            List<OperationResult> done, List<String> units, int before) {
        return calls.untilShown(() -> calls.callAnyway(StackSetCalls.INSTANCES, set::instances), there -> {
            Set<String> places = there.stream().map(OwnStacks::place).collect(Collectors.toSet());
            boolean late = done.stream()
                            .filter(one -> one.status().equals("SUCCEEDED"))
                            .anyMatch(one -> places.contains(one.place()) == request.deletes())
                    || done.stream().noneMatch(OperationResult::failed)
                            && StackSetParts.left(request, units, there).isAsBefore(before);
            return !late || !calls.isWanted();
        });
    }

    /** The organizational units by which the stack set was told its accounts; only what is deleted has to be named by them. */
    private CompletableFuture<List<String>> units() {
        return request.deletes()
                ? calls.callAnyway(StackSetCalls.DESCRIBE, set::find)
                        .thenApply(
                                now -> now.map(StackSet::organizationalUnitIds).orElse(List.of()))
                : CompletableFuture.completedFuture(List.of());
    }

    /**
     * Stacks are deleted by the organizational units that the stack set was deployed to, and by none below them.
     *
     * @param units these; empty if it was deployed to none, or they are not known
     */
    void reportUnknown(@NonNull List<String> units) {
        List<String> unknown = request.list("organizationalUnits").stream()
                .filter(unit -> !units.isEmpty() && !units.contains(unit))
                .toList();
        if (!unknown.isEmpty()) {
            calls.console()
                    .line("Stack set " + request.stackSet() + " was not deployed to " + String.join(", ", unknown)
                            + ", but to " + String.join(", ", units) + ": no stacks are deleted for "
                            + (unknown.size() == 1 ? "it" : "them"));
        }
    }

    /** What AWS says to have succeeded may have left accounts out. */
    private void report(StackSetParts left, List<StackInstanceSummary> there) {
        if (left.isShown()) {
            for (StackSetTargets missing : left.all()) {
                calls.console()
                        .line("No stack was created in " + String.join(", ", missing.accounts()) + " in "
                                + String.join(", ", missing.regions())
                                + (missing.units().isEmpty()
                                        ? ""
                                        : ": AWS does not count "
                                                + (missing.accounts().size() == 1 ? "it" : "them")
                                                + " among the accounts of " + String.join(", ", missing.units())));
            }
        }
        there.stream()
                .filter(it -> it.status() == StackInstanceStatus.INOPERABLE)
                .limit(MOST_LINES)
                .forEach(it -> calls.console()
                        .line("The stack in " + it.account() + " " + it.region()
                                + " is INOPERABLE: AWS leaves it out of updates"
                                + (it.statusReason() == null
                                        ? ""
                                        : " (" + it.statusReason().strip() + ")")
                                + "; take it out of the stack set with delete: true and retainStacks: true,"
                                + " and delete it in its account"));
    }

    /**
     * What was about to be begun may never have been, as AWS was at work for somebody else who has done it too: then it is not followed.
     *
     * @param isBegun whether it was begun now
     * @return the same
     */
    @NonNull
    CompletableFuture<Boolean> begun(@NonNull String operation, boolean isBegun) {
        if (isBegun || !journal.isBegun(operation)) {
            return CompletableFuture.completedFuture(isBegun);
        }
        return calls.callAnyway(StackSetCalls.OBSERVE, () -> set.operation(operation))
                .thenApply(found -> {
                    if (found.isEmpty()) {
                        journal.notBegun(operation);
                    }
                    return Boolean.FALSE;
                });
    }

    /** @param before how many parts were left when the operation before was begun */
    @NonNull
    CompletableFuture<String> begin(@NonNull StackSetParts left, int before, @NonNull String operation) {
        StackSetTargets next = left.next(before).orElseThrow();
        Runnable mark = () -> journal.begin(operation, left.left(before));
        return request.deletes()
                ? begin(StackSetCalls.DELETE_INSTANCES, mark, operation, () -> set.deleteInstances(next, operation))
                : own.before(operation)
                        .thenCompose(sure -> begin(
                                StackSetCalls.CREATE_INSTANCES,
                                mark,
                                operation,
                                () -> set.createInstances(next, operation)));
    }

    /**
     * Whether it may be begun now.
     *
     * @param done whether an earlier call without an answer has begun it
     * @return false if it must not be, but was before
     */
    private boolean passes(BooleanSupplier done) {
        try {
            pass.run();
            return true;
        } catch (Refused | CancellationException e) {
            if (done.getAsBoolean()) {
                return false;
            }
            throw e;
        }
    }

    /** @param mark keeps that it is begun, before it is */
    @NonNull
    CompletableFuture<String> begin(
            @NonNull String action, @NonNull Runnable mark, @NonNull String operation, @NonNull Runnable call) {
        return calls.callAnyway(action, () -> {
            if (!passes(
                    () -> journal.isBegun(operation) && set.operation(operation).isPresent())) {
                return operation;
            }
            mark.run();
            try {
                call.run();
            } catch (StackSetBusy | StackSetGone e) {
                if (operation.equals(journal.first())) { // of one after it, it is found out at the end
                    journal.notBegun(operation);
                }
                throw e;
            } catch (SdkException e) {
                if (AwsFault.of(e) == AwsFault.TRANSIENT) {
                    journal.unheard();
                }
                throw e;
            }
            return operation;
        });
    }

    /** Deletes the stack set itself, which has none any more. */
    @NonNull
    CompletableFuture<Void> deleteSet() {
        return calls.call(StackSetCalls.DELETE, () -> {
            if (!passes(() -> journal.isDeleting() && set.findNamed().isEmpty())) {
                return null;
            }
            journal.deleting(true);
            try {
                set.delete();
            } catch (StackSetBusy | StackSetNotEmpty e) {
                journal.deleting(false);
                throw e;
            }
            calls.console().line("Deleted stack set " + request.stackSet());
            return null;
        });
    }
}
