package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.model.CauseOfInterruption;

/** Why a run has not gone on: an approval was not given, in time or at all. Shown on the run's page. */
public final class NotApproved extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String description;

    NotApproved(@NonNull String description) {
        this.description = description;
    }

    @Override
    public String getShortDescription() {
        return description;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NotApproved that && description.equals(that.description);
    }

    @Override
    public int hashCode() {
        return description.hashCode();
    }
}
