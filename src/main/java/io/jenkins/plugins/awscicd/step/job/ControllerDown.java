package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.step.Messages;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Why a step was aborted whose run ends with the controller. */
public final class ControllerDown extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    /** What such a step is aborted with. */
    @NonNull
    public static FlowInterruptedException abort() {
        return new FlowInterruptedException(Result.ABORTED, true, new ControllerDown());
    }

    @Override
    public String getShortDescription() {
        return Messages.ControllerDown_description();
    }
}
