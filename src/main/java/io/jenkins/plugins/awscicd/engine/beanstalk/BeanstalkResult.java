package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;

/** What came of an update of an environment. Plain data, as it is kept with the run. */
public final class BeanstalkResult implements Approvable, Serializable {

    private static final long serialVersionUID = 1L;

    private final String application;
    private final String environment;
    private final String environmentId;
    private final String versionLabel;
    private final String previousVersionLabel;
    private final String status;
    private final String health;
    private final String url;
    private final String consoleUrl;
    private final String cause;

    BeanstalkResult(
            EnvironmentSnapshot last,
            String versionLabel,
            @CheckForNull String previous,
            String consoleUrl,
            @CheckForNull String cause) {
        this.application = last.application();
        this.environment = last.name();
        this.environmentId = last.id();
        this.versionLabel = versionLabel;
        this.previousVersionLabel = previous;
        this.status = last.status();
        this.health = last.healthInWords();
        this.url = last.cname().isEmpty() ? null : "http://" + last.cname();
        this.consoleUrl = consoleUrl;
        this.cause = cause;
    }

    /** The application. */
    @NonNull
    public String getApplication() {
        return application;
    }

    /** The environment's name. */
    @NonNull
    public String getEnvironment() {
        return environment;
    }

    /** The environment's id, such as {@code e-abcdefghij}. */
    @NonNull
    public String getEnvironmentId() {
        return environmentId;
    }

    /** The version that was to be deployed. */
    @NonNull
    public String getVersionLabel() {
        return versionLabel;
    }

    /** The version that was there before; null if there was none. */
    @CheckForNull
    public String getPreviousVersionLabel() {
        return previousVersionLabel;
    }

    /** The environment's status in the end. */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** The environment's health in the end, such as {@code Green (Ok)}. */
    @NonNull
    public String getHealth() {
        return health;
    }

    /** Where the application answers; null if nowhere. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    /** The environment's page in the AWS console. */
    @Override
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** Why the version is not deployed; null if it is. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    @Override
    @NonNull
    public String subject() {
        return application + " on " + environment;
    }

    @Override
    @CheckForNull
    public String exactly() {
        return versionLabel;
    }

    @Override
    public String toString() {
        return versionLabel + " on " + environment + (cause == null ? "" : " failed");
    }
}
