package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.MissingCapabilities;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.Template;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.NameAlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSet;

/**
 * Begins with what is to be done to a stack set, or finds what was begun before: it is made or changed first, and then gets stacks where
 * it has none yet. AWS does one operation on a stack set at a time: another one's end is waited for.
 */
final class StackSetStart {

    private final StepCalls calls;
    private final StackSetCalls set;
    private final StackSetRequest request;
    private final StackRequest stacks;
    private final ParameterValues values;
    private final StackSetJournal journal;
    private final Gate gate;
    private final StackSetConsent consent;
    private final StackInstances instances;
    private final StackSetAttempts attempts;
    /** Whether another process may have begun it, though the journal does not say so. */
    private final boolean again;
    /** Fails if the arguments do not go with the stack set as it was found; guards say before what they have against them. */
    private volatile Runnable fit = () -> {};

    /** Whether somebody else has made a stack set of that name meanwhile. */
    private volatile boolean namesake;

    /** @param stacks what they are made of, with the template where AWS gets it from */
    StackSetStart(
            StepCalls calls,
            StackSetCalls set,
            StackSetRequest request,
            StackRequest stacks,
            ParameterValues values,
            StackSetJournal journal,
            Gate gate,
            Consent<StackSetPlan> people,
            boolean again) {
        this.calls = calls;
        this.set = set;
        this.request = request;
        this.stacks = stacks;
        this.values = values;
        this.journal = journal;
        this.gate = gate;
        this.consent = new StackSetConsent(calls, request, stacks, values, journal, people);
        this.again = again;
        this.instances = new StackInstances(calls, set, request, journal, this::pass);
        this.attempts = new StackSetAttempts(calls, request, journal::isUntouched, this::aborted);
    }

    /** @return the id of what was begun, or of an operation that is none as there is nothing to do */
    @NonNull
    CompletableFuture<String> begin() {
        return attempts.attempt(this::attemptToBegin);
    }

    /** Nobody wants it any more: neither an answer, nor the end of what AWS does for others. */
    void unwanted() {
        consent.withdraw();
        attempts.unwanted();
    }

    private CompletableFuture<String> attemptToBegin() {
        boolean mayBeBegun = again || journal.isBegun(journal.first());
        return calls.look(mayBeBegun, StackSetCalls.DESCRIBE, set::findNamed)
                .thenCompose(now -> calls.look(mayBeBegun, StackSetCalls.OBSERVE, this::begunBefore)
                        .thenCompose(begun -> {
                            if (begun.isPresent()) {
                                return instances.found(begun.get());
                            }
                            if (!calls.isWanted()) {
                                throw StepCalls.aborted();
                            }
                            if (isReplaced(now)) {
                                return replaced();
                            }
                            fit = () -> request.check(now.orElse(null));
                            return look(now).thenCompose(admitted -> {
                                if (request.asks()) {
                                    fit.run(); // nobody is asked about what cannot be done
                                }
                                return request.deletes() ? delete(now) : deploy(now);
                            });
                        }));
    }

    /** Of a stack set that is there, its roles and its accounts count as well, whatever the step names. */
    private CompletableFuture<?> look(Optional<StackSet> now) {
        return now.isEmpty() || !gate.isGuarded()
                ? CompletableFuture.completedFuture(null)
                : calls.call(
                        StackSetCalls.INSTANCES,
                        () -> StackSetRoles.look(gate, set.where(), request, now.get(), set.instances()));
    }

    /** What this step had begun last before a restart: a call that was about to be made may not have been, and the last mark may be lost. */
    private Optional<String> begunBefore() {
        String one = again ? journal.next() : journal.last();
        while (one != null && set.operation(one).isEmpty()) {
            one = journal.before(one);
        }
        return Optional.ofNullable(one);
    }

    /** Whether another one has taken the place of what this step was at; after a crash it may not know that it has begun something. */
    private boolean isReplaced(Optional<StackSet> now) {
        String own = journal.stackSetId();
        return !own.isEmpty()
                && now.filter(it -> !it.stackSetId().equals(own)).isPresent()
                && (journal.hasBegun() || again && !journal.isMade());
    }

    private CompletableFuture<String> replaced() {
        if (request.deletes()) {
            calls.console().line("Stack set " + request.stackSet() + " is deleted");
            return rest();
        }
        throw new IllegalStateException(gone() + ", and made another one of its name; run this step again");
    }

    private String gone() {
        return "Somebody else has deleted stack set '" + request.stackSet() + "' in the meantime";
    }

    private CompletableFuture<String> rest() {
        journal.rest();
        return CompletableFuture.completedFuture(journal.first());
    }

    private CompletableFuture<String> delete(Optional<StackSet> now) {
        if (now.isEmpty()) {
            calls.console()
                    .line("There is no stack set " + request.stackSet() + ": nothing to delete (" + request.elsewhere()
                            + ")");
            return rest();
        }
        return calls.call(StackSetCalls.INSTANCES, set::instances)
                .thenCompose(there -> consent.toDelete(now.get(), there).thenCompose(sure -> {
                    if (!sure) {
                        return attemptToBegin();
                    }
                    List<String> units = now.get().organizationalUnitIds();
                    instances.reportUnknown(units);
                    StackSetParts left = StackSetParts.left(request, units, there);
                    journal.found(now.get().stackSetId());
                    if (!left.all().isEmpty()) {
                        return instances.begin(left, StackSetParts.NONE_BEGUN, journal.first());
                    }
                    return request.hasTargets() ? rest() : deleteSet().thenCompose(gone -> rest());
                }));
    }

    /** It has no stacks any more. */
    @NonNull
    CompletableFuture<Void> deleteSet() {
        return attempts.attempt(instances::deleteSet);
    }

    private CompletableFuture<String> deploy(Optional<StackSet> now) {
        String made = journal.madeId();
        if (now.filter(it -> made.equals(it.stackSetId())).isPresent()) {
            return instancesOfNew();
        }
        Template template = Objects.requireNonNull(stacks.template(), "checked before");
        if (template.file() != null) {
            throw new IllegalStateException(
                    "Stack set '" + request.stackSet() + "' has to be deployed, but the files of this"
                            + " step are not read again after a restart: nothing was done, run it again");
        }
        if (now.isEmpty() && template.previous()) {
            throw new IllegalArgumentException("template: there is no stack set '" + request.stackSet()
                    + "' that could have a previous one; name the template (" + request.elsewhere() + ")");
        }
        return calls.call(StackSetCalls.SUMMARY, () -> set.summary(template)).thenCompose(summary -> {
            MissingCapabilities.check(stacks, summary);
            // AWS may have made it though its answer was lost: it knows that by the token.
            StackSet there = journal.isMade() ? null : now.orElse(null);
            return asked(there, summary)
                    .thenCompose(sure -> !sure
                            ? attemptToBegin()
                            : there == null ? create(template, summary) : update(there, template, summary));
        });
    }

    private CompletableFuture<Boolean> asked(@CheckForNull StackSet now, GetTemplateSummaryResponse summary) {
        if (!request.asks()) {
            return CompletableFuture.completedFuture(Boolean.TRUE);
        }
        return (now == null
                        ? CompletableFuture.completedFuture(List.<StackInstanceSummary>of())
                        : calls.call(StackSetCalls.INSTANCES, set::instances))
                .thenCompose(there -> consent.toDeploy(now, there, summary));
    }

    private CompletableFuture<String> update(StackSet now, Template template, GetTemplateSummaryResponse summary) {
        return instances
                .regions()
                .thenCompose(regions -> instances.begin(
                        StackSetCalls.UPDATE,
                        () -> {
                            journal.found(now.stackSetId());
                            journal.begin(journal.first());
                        },
                        journal.first(),
                        () -> set.update(now, template, values, summary, regions, journal.first())));
    }

    private CompletableFuture<String> create(Template template, GetTemplateSummaryResponse summary) {
        return calls.call(StackSetCalls.CREATE, () -> {
                    pass();
                    boolean again = journal.make();
                    try {
                        String id = set.create(template, values, summary, journal.first(), again);
                        journal.made(id);
                        set.of(id);
                    } catch (NameAlreadyExistsException e) {
                        journal.notMade();
                        if (namesake) {
                            throw e; // it is not shown to these credentials
                        }
                        namesake = true;
                        return false;
                    }
                    calls.console().line("Created stack set " + request.stackSet());
                    return true;
                })
                .thenCompose(made -> made ? instancesOfNew() : attemptToBegin());
    }

    private CompletableFuture<String> instancesOfNew() {
        return goOn(journal.first(), List.of())
                .thenCompose(isBegun -> isBegun ? CompletableFuture.completedFuture(journal.first()) : rest());
    }

    /**
     * Goes on with what is left: stacks where there are none yet, or that are to be deleted.
     *
     * @param done what the operation before has come to
     * @return whether that is an operation; false if nothing is left, or the last one has not made it less
     */
    @NonNull
    CompletableFuture<Boolean> goOn(@NonNull String operation, @NonNull List<OperationResult> done) {
        return attempts.attempt(() -> instances.goOn(operation, done).exceptionallyCompose(this::unlessGone))
                .thenCompose(isBegun -> begun(operation, isBegun));
    }

    /** Of a stack set that is gone nothing is left to delete; but nothing can be created in it either. */
    private CompletableFuture<Boolean> unlessGone(Throwable failure) {
        Throwable why = AwsCallException.unwrap(failure);
        return CompletableFuture.failedFuture(
                why instanceof StackSetGone && !request.deletes()
                        ? new IllegalStateException(gone() + "; run this step again", why)
                        : why);
    }

    /** @see StackInstances#begun(String, boolean) */
    @NonNull
    CompletableFuture<Boolean> begun(@NonNull String operation, boolean isBegun) {
        return instances.begun(operation, isBegun);
    }

    private CancellationException aborted() {
        return journal.isUntouched()
                ? StepCalls.aborted()
                : new CancellationException(
                        "Aborted: no other operation on stack set '" + request.stackSet() + "' was begun");
    }

    /** Each time, as hours may have passed since the last. */
    private void pass() {
        if (!calls.isWanted()) {
            throw aborted();
        }
        gate.pass(set.where(), new Gate.What(request.deed(), consent::content));
        fit.run();
    }
}
