package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.MissingCapabilities;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.Template;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.model.StackSet;

/**
 * Begins with what is to be done to a stack set, or finds what was begun before: it is made or changed first, and then gets stacks where
 * it has none yet. AWS does one operation on a stack set at a time: another one's end is waited for.
 */
final class StackSetStart implements JobStarter {

    private static final Duration BUSY = Duration.ofSeconds(10);

    private final StepCalls calls;
    private final StackSetCalls set;
    private final StackSetRequest request;
    private final StackRequest stacks;
    private final ParameterValues values;
    private final StackSetJournal journal;
    private final Gate gate;
    private boolean waitReported;

    /** @param stacks what they are made of, with the template where AWS gets it from */
    StackSetStart(
            StepCalls calls,
            StackSetCalls set,
            StackSetRequest request,
            StackRequest stacks,
            ParameterValues values,
            StackSetJournal journal,
            Gate gate) {
        this.calls = calls;
        this.set = set;
        this.request = request;
        this.stacks = stacks;
        this.values = values;
        this.journal = journal;
        this.gate = gate;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        calls.wanted(wanted);
        return attempt(this::begin);
    }

    /** Makes another attempt for as long as AWS is at work on the stack set for somebody else. */
    @NonNull
    <T> CompletableFuture<T> attempt(@NonNull Supplier<CompletableFuture<T>> work) {
        return work.get().exceptionallyCompose(failure -> {
            Throwable why = AwsCallException.unwrap(failure);
            if (!(why instanceof StackSetBusy)) {
                return CompletableFuture.failedFuture(why);
            }
            if (request.failsWhenBusy()) {
                return CompletableFuture.failedFuture(new IllegalArgumentException(
                        "whenBusy: AWS is performing another operation on stack set '" + request.stackSet()
                                + "'; wait for its end with whenBusy: 'wait', or try again later"));
            }
            if (!waitReported) {
                waitReported = true;
                calls.console()
                        .line("AWS is performing another operation on stack set " + request.stackSet()
                                + "; waiting for its end");
            }
            return calls.pause(BUSY).thenCompose(later -> {
                if (!calls.isWanted()) {
                    throw StepCalls.aborted();
                }
                return attempt(work);
            });
        });
    }

    private CompletableFuture<String> begin() {
        return calls.look(journal.isBegun(journal.first()), StackSetCalls.DESCRIBE, set::find)
                .thenCompose(now -> calls.look(
                                journal.isBegun(journal.first()), StackSetCalls.OBSERVE, this::begunBefore)
                        .thenCompose(begun -> {
                            if (begun.isPresent()) {
                                return CompletableFuture.completedFuture(begun.get());
                            }
                            if (!calls.isWanted()) {
                                throw StepCalls.aborted();
                            }
                            return request.deletes() ? delete(now) : deploy(now);
                        }));
    }

    /** What this step had begun before a restart, the last first. */
    private Optional<String> begunBefore() {
        for (String id : List.of(journal.second(), journal.first())) {
            if (journal.isBegun(id) && set.operation(id).isPresent()) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    private CompletableFuture<String> rest() {
        journal.rest();
        return CompletableFuture.completedFuture(journal.first());
    }

    private CompletableFuture<String> delete(Optional<StackSet> now) {
        if (now.isEmpty()) {
            calls.console().line("There is no stack set " + request.stackSet() + ": nothing to delete");
            return rest();
        }
        return calls.call(StackSetCalls.INSTANCES, set::instances).thenCompose(there -> {
            StackSetTargets targets = StackSetTargets.deleted(request, there);
            if (!targets.isEmpty()) {
                return begin(StackSetCalls.DELETE_INSTANCES, journal.first(), () -> {
                    set.deleteInstances(targets, journal.first());
                });
            }
            return request.hasTargets() ? rest() : deleteSet().thenCompose(gone -> rest());
        });
    }

    /** It has no stacks any more. */
    @NonNull
    CompletableFuture<Void> deleteSet() {
        return attempt(() -> calls.call(StackSetCalls.DELETE, () -> {
            pass();
            set.delete();
            calls.console().line("Deleted stack set " + request.stackSet());
            return null;
        }));
    }

    private CompletableFuture<String> deploy(Optional<StackSet> now) {
        if (journal.isMade() && now.isPresent()) {
            return instances(journal.first());
        }
        Template template = Objects.requireNonNull(stacks.template(), "checked before");
        if (template.file() != null) {
            throw new IllegalStateException(
                    "Stack set '" + request.stackSet() + "' has to be deployed, but the files of this"
                            + " step are not read again after a restart: nothing was done, run it again");
        }
        if (now.isEmpty() && template.previous()) {
            throw new IllegalArgumentException("template: there is no stack set '" + request.stackSet()
                    + "' that could have a previous one; name the template");
        }
        return calls.call(StackSetCalls.SUMMARY, () -> set.summary(template)).thenCompose(summary -> {
            MissingCapabilities.check(stacks, summary);
            if (now.isPresent()) {
                return begin(
                        StackSetCalls.UPDATE,
                        journal.first(),
                        () -> set.update(now.get(), template, values, summary, journal.first()));
            }
            return calls.call(StackSetCalls.CREATE, () -> {
                        pass();
                        journal.make();
                        set.create(template, values, summary, journal.first());
                        calls.console().line("Created stack set " + request.stackSet());
                        return null;
                    })
                    .thenCompose(made -> instances(journal.first()));
        });
    }

    private CompletableFuture<String> instances(String operation) {
        return more(operation).thenCompose(isBegun -> isBegun ? CompletableFuture.completedFuture(operation) : rest());
    }

    /**
     * Stacks where there are none yet.
     *
     * @return whether that is an operation; false if there is nothing to do
     */
    @NonNull
    CompletableFuture<Boolean> more(@NonNull String operation) {
        if (!request.hasTargets()) {
            return CompletableFuture.completedFuture(Boolean.FALSE);
        }
        return calls.callAnyway(StackSetCalls.INSTANCES, set::instances).thenCompose(there -> {
            StackSetTargets missing = StackSetTargets.missing(request, there);
            return missing.isEmpty()
                    ? CompletableFuture.completedFuture(Boolean.FALSE)
                    : begin(StackSetCalls.CREATE_INSTANCES, operation, () -> set.createInstances(missing, operation))
                            .thenApply(id -> Boolean.TRUE);
        });
    }

    private CompletableFuture<String> begin(String action, String operation, Runnable call) {
        return calls.callAnyway(action, () -> {
            pass();
            journal.begin(operation);
            call.run();
            return operation;
        });
    }

    /** Each time, as hours may have passed since the last. */
    private void pass() {
        if (!calls.isWanted()) {
            throw StepCalls.aborted();
        }
        gate.pass(
                new Gate.Where(request.stackSet(), request.stackSet(), null),
                new Gate.What(request.deed(), request::deed));
    }
}
