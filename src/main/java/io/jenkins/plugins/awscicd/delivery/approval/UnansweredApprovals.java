package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Approvals that still wait when their run has ended, by force, wait for nothing any more. */
@Extension
public final class UnansweredApprovals extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(UnansweredApprovals.class.getName());

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        ApprovalAction action = run.getAction(ApprovalAction.class);
        List<ApprovalRecord> waiting = action == null
                ? List.of()
                : action.getApprovals().stream()
                        .filter(ApprovalRecord::isWaiting)
                        .toList();
        if (waiting.isEmpty()) {
            return;
        }
        waiting.forEach(record -> record.ended(ApprovalRecord.Outcome.ABORTED, Instant.now()));
        try {
            action.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot keep the approvals of " + run);
        }
    }
}
