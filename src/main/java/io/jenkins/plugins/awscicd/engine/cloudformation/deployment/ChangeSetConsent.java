package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.OpenQuestion;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetReader;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeTable;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ObsoleteChangeSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Has people asked about a change set before it is executed, if the step says so. */
final class ChangeSetConsent {

    private final StepCalls calls;
    private final StackRequest request;
    private final StackJournal journal;
    private final Consent<StackResult> consent;
    private final OpenQuestion question = new OpenQuestion();

    ChangeSetConsent(StepCalls calls, StackRequest request, StackJournal journal, Consent<StackResult> consent) {
        this.calls = calls;
        this.request = request;
        this.journal = journal;
        this.consent = consent;
    }

    /**
     * @return completes once the change set may be executed as it was seen; fails with {@link ObsoleteChangeSet} if it cannot be any
     *     more
     */
    @NonNull
    CompletableFuture<Void> to(@NonNull ChangeSet made, @NonNull List<ResourceChange> changes) {
        if (!request.flag("approve")) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> answer = question.await(
                consent.ask(planned(made, changes), journal.attempt()), calls::isWanted, StepCalls.aborted());
        return answer.thenCompose(yes -> made.isEmpty() ? answer : stillThere(made));
    }

    private StackResult planned(ChangeSet made, List<ResourceChange> changes) {
        List<String> table =
                changes.isEmpty() ? List.of("Outputs or settings only, no resource") : ChangeTable.lines(changes);
        return new StackResult(
                request.stack(),
                made.stackId(),
                StackSnapshot.REVIEW,
                made.id(),
                false,
                Map.of(),
                changes,
                table,
                Map.of(),
                AwsConsole.changeSet(calls.session().region(), made.stackId(), made.id()),
                null);
    }

    /** Days may have passed. */
    private CompletableFuture<Void> stillThere(ChangeSet made) {
        return calls.call(ChangeSetReader.ACTION, () -> {
            if (new ChangeSetReader(calls.session())
                    .find(made.id(), null)
                    .filter(now -> !now.isObsolete())
                    .isEmpty()) {
                throw new ObsoleteChangeSet();
            }
            return null;
        });
    }

    /** Nobody wants an answer any more. */
    void withdraw() {
        question.withdraw(StepCalls.aborted());
    }
}
