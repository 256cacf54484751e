package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;

/** One of the builds that it took. Plain data, as it is kept with the run. */
public final class BuildTry implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final long number;
    private final String status;
    private final String cause;
    private final String consoleUrl;

    BuildTry(BuildSnapshot ended, String consoleUrl) {
        this.id = ended.id();
        this.number = ended.number();
        this.status = ended.status();
        this.cause = ended.succeeded() ? null : ended.cause();
        this.consoleUrl = consoleUrl;
    }

    /** The build's id, such as {@code web:0123…}. */
    @NonNull
    public String getId() {
        return id;
    }

    /** Counts the project's builds. */
    public long getNumber() {
        return number;
    }

    /** As of {@link BuildResult#getStatus}. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** Why the build failed; null if it did not. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** The build's page in the AWS console. */
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    @Override
    public String toString() {
        return "build " + id + " " + status;
    }
}
