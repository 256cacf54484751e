package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.ForwardingProgressLog;
import java.util.concurrent.CompletableFuture;

/** Sets what a new stack is to have, once it is made and told. */
final class SettingsLast extends ForwardingProgressLog<StackSnapshot> {

    private final StackProgressLog progressLog;
    private final StackSettings settings;
    private final StepCalls calls;
    private final StackJournal journal;
    private volatile String failure;

    SettingsLast(StackProgressLog progressLog, StackSettings settings, StepCalls calls, StackJournal journal) {
        super(progressLog);
        this.progressLog = progressLog;
        this.settings = settings;
        this.calls = calls;
        this.journal = journal;
    }

    /** Why it has not got what it is to have, though it was made; null if it has. */
    @CheckForNull
    String failure() {
        return failure;
    }

    @Override
    public CompletableFuture<Void> ended(StackSnapshot last) {
        return super.ended(last).thenCompose(told -> after(last)).exceptionally(why -> {
            failure = AwsCallException.unwrap(why).getMessage();
            calls.console().line(failure);
            return null;
        });
    }

    /** Only of what this step has made. */
    private CompletableFuture<Void> after(StackSnapshot last) {
        boolean made = journal.isBegun() && !journal.isAtRest() && !progressLog.isOvertaken();
        return made ? settings.after(last) : CompletableFuture.completedFuture(null);
    }
}
