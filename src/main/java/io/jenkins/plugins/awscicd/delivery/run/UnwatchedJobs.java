package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;

/** Jobs that still run when their run has ended, by force, are no longer watched by anybody. */
@Extension
public final class UnwatchedJobs extends RunListener<Run<?, ?>> {

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        AwsAction action = run.getAction(AwsAction.class);
        if (action != null) {
            action.over(); // the action is saved with the run, which is about to be
        }
    }
}
