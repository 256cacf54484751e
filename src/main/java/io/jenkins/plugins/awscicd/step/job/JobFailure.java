package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why a run has not succeeded: a job at AWS has not. Shown on the run's page, with a link to the job. */
public final class JobFailure extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String message;
    private final String url;

    JobFailure(@NonNull String message, @CheckForNull String url) {
        this.message = message;
        this.url = url;
    }

    @Override
    public String getShortDescription() {
        return message;
    }

    /** The job's page in the AWS console. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JobFailure that && message.equals(that.message) && Objects.equals(url, that.url);
    }

    @Override
    public int hashCode() {
        return Objects.hash(message, url);
    }
}
