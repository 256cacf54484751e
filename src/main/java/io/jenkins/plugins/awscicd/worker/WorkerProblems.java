package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;

/** Tells administrators that jobs of CodePipeline cannot be polled for, or told the end of. */
@Extension
public final class WorkerProblems extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.WorkerProblems_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    @NonNull
    public List<String> getProblems() {
        return JobWorkers.get().problems();
    }
}
