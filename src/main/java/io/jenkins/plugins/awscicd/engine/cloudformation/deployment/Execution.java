package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetReader;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ObsoleteChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.TokenAlreadyExistsException;

/** Executes a change set, once: whatever becomes of the answer, the change set itself shows whether it was. */
final class Execution {

    static final String ACTION = "cloudformation:ExecuteChangeSet";

    private final StepCalls calls;
    private final StackRequest request;
    private final StackJournal journal;
    private final StackGuards guards;
    private final ChangeSetReader reader;
    private volatile List<Touched> touched = List.of();
    /** Whether a call may have been carried out whose answer we do not have. */
    private volatile boolean uncertain;

    Execution(StepCalls calls, StackRequest request, StackJournal journal, StackGuards guards) {
        this.calls = calls;
        this.request = request;
        this.journal = journal;
        this.guards = guards;
        this.reader = new ChangeSetReader(calls.session());
    }

    /** Fails with {@link IllegalArgumentException} if AWS would break it off in its middle. */
    void check(@NonNull List<ResourceChange> changes) {
        List<String> replaced = changes.stream()
                .filter(it -> it.getReplacement().equals("True"))
                .map(ResourceChange::getLogicalId)
                .toList();
        if (request.onFailure().equals("keep") && !replaced.isEmpty()) {
            throw new IllegalArgumentException("onFailure: AWS does not replace resources with 'keep', but "
                    + String.join(", ", replaced) + (replaced.size() == 1 ? " is" : " are")
                    + " to be replaced; use onFailure: 'rollBack'");
        }
    }

    /** What changes with the stack, once that is known. */
    void touches(@NonNull List<Touched> resources) {
        touched = resources;
    }

    /** @return the stack's ARN, once AWS is at work on it */
    @NonNull
    CompletableFuture<String> execute(@NonNull ChangeSet set) {
        uncertain |= journal.isBegun();
        if (set.decidesFailure() && request.onFailure().equals("keep")) {
            calls.console()
                    .line(
                            "onFailure: 'keep' has no effect, because the change set itself says what happens if the stack"
                                    + " cannot be created");
        }
        return (uncertain
                        ? calls.callAnyway(ChangeSetReader.ACTION, () -> isExecuted(set))
                        : CompletableFuture.completedFuture(Boolean.FALSE))
                .thenCompose(isExecuted -> isExecuted
                        ? CompletableFuture.completedFuture(set.stackId())
                        : Visible.before(calls, set.stackId(), journal)
                                .thenCompose(begin -> calls.callAnyway(ACTION, () -> call(set, begin))))
                .thenCompose(stackId -> new Visible(calls).wait(stackId, journal.token()));
    }

    /** AWS deletes it when somebody else's is executed after it: then the stack's events tell. */
    private boolean isExecuted(ChangeSet set) {
        Optional<ChangeSet> found = reader.find(set.id(), null);
        return found.isPresent()
                ? found.get().isExecuted()
                : Visible.isShown(calls, set.stackId(), journal, () -> false);
    }

    private String call(ChangeSet set, Runnable begin) {
        if (uncertain && isExecuted(set)) {
            return set.stackId();
        }
        try {
            pass(set);
        } catch (RuntimeException e) {
            journal.notBegun(); // as has just been read
            throw e;
        }
        begin.run();
        boolean decided = set.decidesFailure();
        try {
            CloudFormationService.client(calls.session())
                    .executeChangeSet(it -> it.changeSetName(set.id())
                            .clientRequestToken(journal.token())
                            .disableRollback(
                                    decided
                                            ? null
                                            : Boolean.valueOf(
                                                    request.onFailure().equals("keep"))));
            return set.stackId();
        } catch (TokenAlreadyExistsException e) {
            return set.stackId(); // nobody else has this token
        } catch (InvalidChangeSetStatusException | ChangeSetNotFoundException e) {
            return refused(set, e);
        } catch (CloudFormationException e) {
            if (StackBusy.isSaidIn(e)) {
                return refused(set, e);
            }
            journalOf(e);
            throw e;
        } catch (SdkException e) {
            journalOf(e);
            throw e;
        }
    }

    /** Each time, and after all else that takes time: hours may have passed since the last. */
    void pass(@NonNull ChangeSet set) {
        if (!calls.isWanted()) {
            throw StepCalls.aborted();
        }
        guards.pass(new Gate.What(set.id(), set::id), touched);
    }

    private void journalOf(SdkException e) {
        if (AwsFault.of(e) == AwsFault.TRANSIENT) {
            uncertain = true;
        } else if (!uncertain) {
            journal.notBegun();
        }
    }

    /**
     * AWS refuses with one code what is executed already, what is obsolete, and what comes too early; what was deleted when another was
     * executed it does not find.
     */
    private String refused(ChangeSet set, CloudFormationException said) {
        Optional<ChangeSet> now = reader.find(set.id(), null);
        if (now.filter(ChangeSet::isExecuted).isPresent()) {
            return set.stackId();
        }
        journal.notBegun();
        String status = CloudFormationService.find(calls.session(), set.stackId())
                .map(Stack::stackStatusAsString)
                .orElse("");
        if (StackSnapshot.isBusy(status)) {
            throw new StackBusy(set.stackId(), "Stack " + request.stack() + " is in " + status);
        }
        if (now.isEmpty() || now.get().isObsolete()) {
            throw new ObsoleteChangeSet();
        }
        throw said;
    }
}
