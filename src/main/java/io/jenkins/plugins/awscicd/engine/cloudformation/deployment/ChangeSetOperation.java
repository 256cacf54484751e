package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.MissingCapabilities;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetContent;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetReader;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ObsoleteChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.EventReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A change set is made, told, and executed unless that is not wanted; or one that was made before is executed. */
final class ChangeSetOperation implements Operation {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGER_PAUSE = Duration.ofSeconds(3);
    private static final int SOON = 10;
    /** Looks by which AWS shows a change set that it has agreed to make. */
    private static final int LONGEST_UNSEEN = 30;
    /** Change sets in a row that may be gone before they are seen, as AWS deletes them when another is executed. */
    private static final int MOST_UNSEEN = 3;

    private final StepCalls calls;
    private final StackRequest request;
    private final ChangeSetCalls changeSets;
    private final ChangeSetReader reader;
    private final StackSettings settings;
    private final StackJournal journal;
    private final Execution execution;
    private final ReportedChangeSet reported;
    private final ChangeSetFindings findings;
    private final Discard discard;
    private final ChangeSetConsent consent;
    private final StackGuards guards;
    private final boolean isRead;
    private volatile List<ResourceChange> changes = List.of();
    private volatile Set<String> noEcho = Set.of();
    private volatile boolean begun;
    /** The change set's ARN or name, as soon as there may be one; empty before. */
    private volatile String asked;
    /** The stack's name, and its ARN as soon as that is known. */
    private volatile String stack;

    /**
     * @param again whether a change set may have been asked for before a restart, be it that the journal does not know of it
     * @param isRead whether what is in files is known: after a restart they are not read again if the change set was made
     */
    ChangeSetOperation(
            StepCalls calls,
            StackRequest request,
            ChangeSetCalls changeSets,
            StackJournal journal,
            StackGuards guards,
            ChangeSetConsent consent,
            boolean again,
            boolean isRead) {
        this.isRead = isRead;
        this.consent = consent;
        this.calls = calls;
        this.request = request;
        this.changeSets = changeSets;
        this.journal = journal;
        this.reader = new ChangeSetReader(calls.session());
        this.settings = new StackSettings(calls, request);
        this.execution = new Execution(calls, request, journal, guards);
        this.reported = new ReportedChangeSet(calls, journal);
        this.asked = !journal.changeSet().isEmpty()
                ? journal.changeSet()
                : again || journal.isAsked() ? changeSets.name(journal.token()) : "";
        this.guards = guards;
        this.stack = request.stack();
        this.findings = new ChangeSetFindings(calls);
        this.discard = new Discard(calls, changeSets);
    }

    @Override
    public CompletableFuture<String> begin(Optional<Stack> now) {
        if (request.executesNothing()) {
            return settings.alone(now, guards, journal);
        }
        CompletableFuture<Optional<ChangeSet>> existing = changeSets.mayExist(now.isPresent(), journal)
                ? calls.look(mayBeBegun(), ChangeSetReader.ACTION, () -> changeSets.existing(journal))
                : CompletableFuture.completedFuture(Optional.empty());
        return existing.thenCompose(found -> {
            found.ifPresent(set -> asked = set.id());
            if (found.isPresent() && found.get().isExecuted()) {
                return executed(found.get());
            }
            return found.isEmpty() && journal.isBegun() ? vanished(now) : goOn(found, now);
        });
    }

    /**
     * A change set goes with its stack, as after a creation that has failed with {@code onFailure: 'delete'}: what was begun by it is not
     * begun again.
     */
    private CompletableFuture<String> vanished(Optional<Stack> now) {
        String stackId = journal.stackId();
        return calls.callAnyway(EventReader.ACTION, () -> Visible.isShown(calls, stackId, journal, () -> true))
                .thenCompose(isShown -> {
                    if (isShown) {
                        begun = true;
                        return CompletableFuture.completedFuture(stackId);
                    }
                    return goOn(Optional.empty(), now);
                });
    }

    private CompletableFuture<String> goOn(Optional<ChangeSet> found, Optional<Stack> now) {
        if (!calls.isWanted()) {
            found.ifPresent(set -> journal.notBegun()); // it is not executed, as has just been read
            throw StepCalls.aborted();
        }
        if (found.isPresent() && !found.get().isObsolete()) {
            return made(found.get(), now);
        }
        if (request.aim() == Aim.EXECUTE) {
            throw found.isPresent()
                    ? new ObsoleteChangeSet()
                    : new IllegalArgumentException("changeSet: '" + request.text("changeSet")
                            + "' does not exist, or no longer: AWS deletes all change sets of a stack when one of them"
                            + " is executed; create another one");
        }
        return found.isEmpty() && journal.changeSet().isEmpty()
                ? create(now)
                : discard.obsolete(found, journal).thenCompose(gone -> create(now));
    }

    private CompletableFuture<String> create(Optional<Stack> now) {
        if (!isRead) {
            throw new IllegalStateException("The change set of stack '" + request.stack()
                    + "' must be created again, but the files of this step (template, parameterFiles) cannot be read again"
                    + " after a restart. Nothing was deployed; run the step again");
        }
        Stack there = now.orElse(null);
        return calls.call(ChangeSetCalls.SUMMARY, changeSets::summary)
                .thenCompose(summary -> {
                    MissingCapabilities.check(request, summary);
                    noEcho = summary.parameters().stream()
                            .filter(it -> Boolean.TRUE.equals(it.noEcho()))
                            .map(ParameterDeclaration::parameterKey)
                            .collect(Collectors.toSet());
                    return calls.call(ChangeSetCalls.CREATE, () -> {
                        journal.asked();
                        asked = changeSets.name(journal.token());
                        return changeSets.create(there, summary, journal.token());
                    });
                })
                .thenCompose(made -> {
                    asked = made.id();
                    journal.changeSet(made.id(), made.stackId());
                    return await(made.id(), now, 1);
                });
    }

    private CompletableFuture<String> await(String id, Optional<Stack> now, int looks) {
        return calls.call(ChangeSetReader.ACTION, () -> reader.find(id, id.startsWith("arn:") ? null : request.stack()))
                .thenCompose(found -> {
                    if (found.isPresent()) {
                        return made(found.get(), now);
                    }
                    if (looks >= LONGEST_UNSEEN) {
                        if (journal.attempt() < MOST_UNSEEN) {
                            throw new ObsoleteChangeSet();
                        }
                        throw new IllegalStateException(
                                "The change set of stack '" + request.stack() + "' was deleted while AWS created it");
                    }
                    return calls.pause(PAUSE).thenCompose(later -> await(id, now, looks + 1));
                });
    }

    private CompletableFuture<String> made(ChangeSet set, Optional<Stack> now) {
        journal.changeSet(set.id(), set.stackId());
        stack = set.stackId();
        return settled(set, 1).thenCompose(made -> {
            if (made.isEmpty()) {
                return unchanged(made, now).thenApply(id -> FailedCreation.mended(request, now, id));
            }
            if (made.status().equals("FAILED")) {
                return findings.why(made).thenApply(why -> {
                    discard();
                    throw new IllegalArgumentException(
                            "AWS could not create a change set for stack '" + request.stack() + "': " + why);
                });
            }
            return findings.warnings(made)
                    .thenCompose(warnings -> calls.call(ChangeSetReader.ACTION, () -> content(made))
                            .thenCompose(read -> read(made, read, warnings, now)));
        });
    }

    private CompletableFuture<String> read(
            ChangeSet made, ChangeSetContent read, List<String> warnings, Optional<Stack> now) {
        changes = read.changes();
        execution.touches(read.touched());
        reported.report(made, changes, warnings, now.isEmpty());
        if (request.aim() == Aim.DEPLOY && !request.executes()) {
            journal.rest();
            return request.discards()
                    ? discard.withStack(made.id(), made.stackId()).thenApply(gone -> made.stackId())
                    : CompletableFuture.completedFuture(made.stackId());
        }
        execution.check(changes);
        return consent.to(made, changes)
                .thenCompose(yes -> settings.before(now, () -> execution.pass(made)))
                .thenCompose(done -> {
                    begun = true;
                    return execution.execute(made);
                })
                .whenComplete((stackId, failure) -> begun = failure == null || journal.isBegun());
    }

    private CompletableFuture<ChangeSet> settled(ChangeSet set, int looks) {
        if (!set.isComing()) {
            return CompletableFuture.completedFuture(set);
        }
        return calls.pause(looks < SOON ? PAUSE : LONGER_PAUSE)
                .thenCompose(later -> calls.call(ChangeSetReader.ACTION, () -> reader.find(set.id(), null)))
                .thenCompose(found -> settled(found.orElseThrow(ObsoleteChangeSet::new), looks + 1));
    }

    private ChangeSetContent content(ChangeSet made) {
        try {
            return reader.read(made.id(), noEcho, guards.isGuarded());
        } catch (ChangeSetNotFoundException e) {
            throw new ObsoleteChangeSet();
        }
    }

    private CompletableFuture<String> unchanged(ChangeSet empty, Optional<Stack> now) {
        calls.console()
                .line("No changes: stack " + request.stack() + " already matches the template and the parameters");
        if (request.removesTags() && now.filter(it -> !it.tags().isEmpty()).isPresent()) {
            calls.console().line("AWS has kept the stack's tags: it treats an empty list like no list");
        }
        CompletableFuture<Void> agreed =
                settings.isEmpty() ? CompletableFuture.completedFuture(null) : consent.to(empty, List.of());
        return agreed.thenCompose(yes -> settings.before(now, () -> execution.pass(empty)))
                .thenCompose(set -> {
                    journal.rest();
                    journal.noChangeSet();
                    return discard.changeSet(empty.id()).thenApply(gone -> empty.stackId());
                });
    }

    private CompletableFuture<String> executed(ChangeSet executed) {
        begun = true;
        if (!journal.isBegun()) {
            if (request.aim() == Aim.EXECUTE) {
                throw new IllegalArgumentException(
                        "changeSet: '" + executed.name() + "' has already been executed; create another one");
            }
            journal.begin(executed.stackId(), null, "");
        }
        return CompletableFuture.completedFuture(executed.stackId());
    }

    @Override
    public boolean mayBeBegun() {
        return begun || journal.isBegun();
    }

    @Override
    public void unwanted() {
        consent.withdraw();
    }

    @Override
    public void discard() {
        if (request.aim() == Aim.DEPLOY && !asked.isEmpty() && !mayBeBegun() && !journal.isAtRest()) {
            if (request.discards()) {
                discard.withStack(asked, stack);
            } else {
                discard.changeSet(asked);
            }
        }
    }

    @Override
    @NonNull
    public List<ResourceChange> changes() {
        return changes;
    }
}
