package io.jenkins.plugins.awscicd.step.job;

import io.jenkins.plugins.awscicd.step.Messages;
import jenkins.model.CauseOfInterruption;

/** Why a step was aborted whose run ends with the controller. */
public final class ControllerDown extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    @Override
    public String getShortDescription() {
        return Messages.ControllerDown_description();
    }
}
