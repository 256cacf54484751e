package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;

/** How a deployment ended on one target. */
public final class TargetResult implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String status;
    private final String cause;
    /** Whether AWS says why: of interest while the result of the whole is made. */
    private final boolean explained;

    public TargetResult(@NonNull String id, @NonNull String status, @CheckForNull String cause) {
        this(id, status, cause, cause != null);
    }

    private TargetResult(String id, String status, @CheckForNull String cause, boolean explained) {
        this.id = id;
        this.status = status;
        this.cause = cause;
        this.explained = explained;
    }

    public static TargetResult of(Target target) {
        return new TargetResult(
                target.id(),
                target.status(),
                target.failure().map(Target.Event::cause).orElse(null),
                target.failure().map(Target.Event::explained).orElse(false));
    }

    /** Whether its cause says more than which event failed. */
    boolean explained() {
        return explained;
    }

    /** An instance's id, or AWS's name for a Lambda function or an ECS service. */
    @NonNull
    public String getId() {
        return id;
    }

    /** {@code Succeeded}, {@code Failed}, {@code Skipped}, or where it was left. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** The lifecycle event that failed and why; null if none did, and for most targets of a deployment to very many. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    @Override
    public String toString() {
        return id + " " + status;
    }
}
