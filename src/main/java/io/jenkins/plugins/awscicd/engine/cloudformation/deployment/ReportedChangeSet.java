package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeTable;
import java.util.List;

/** What a change set does, told once. */
record ReportedChangeSet(@NonNull StepCalls calls, @NonNull StackJournal journal) {

    /**
     * @param warnings of what AWS has found that does not keep it from being executed
     * @param isNew whether there is no stack yet
     */
    void report(
            @NonNull ChangeSet made,
            @NonNull List<ResourceChange> changes,
            @NonNull List<String> warnings,
            boolean isNew) {
        if (journal.isReported()) {
            return; // before a restart
        }
        String what = changes.isEmpty() ? "outputs or settings only, no resource" : ChangeTable.inWords(changes);
        calls.console()
                .link(
                        "Change set of " + made.stack() + (isNew ? ", which is new" : "") + ": " + what,
                        AwsConsole.changeSet(calls.session().region(), made.stackId(), made.id()));
        ChangeTable.lines(changes).forEach(calls.console()::line);
        warnings.forEach(warning -> calls.console().line("Warning: " + warning));
        calls.console().flush();
        journal.reported(changes.size());
    }
}
