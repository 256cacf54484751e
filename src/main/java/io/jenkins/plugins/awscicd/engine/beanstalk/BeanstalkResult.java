package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

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
    private final String cname;
    private final String oldEnvironment;
    private final String oldEnvironmentId;
    private final boolean swapped;
    private final String rolledBackTo;
    /** Null in results that were kept before it was there. */
    private final ArrayList<String> causes;
    /** The call by which it was deployed; null in results that were kept before it was there. */
    private final String update;

    /**
     * @param previous the version that was there before, in place; empty if there was none
     * @param sides of a blue/green deployment; null for one in place
     * @param swapped whether the environment has become live instead of the old one
     * @param rolledBackTo the version that is back after a failure; null if none was brought back
     */
    public BeanstalkResult(
            EnvironmentSnapshot last,
            String versionLabel,
            String previous,
            @CheckForNull Sides sides,
            String consoleUrl,
            @CheckForNull String cause,
            List<String> causes,
            @CheckForNull String update,
            boolean swapped,
            @CheckForNull String rolledBackTo) {
        this.application = last.application();
        this.environment = last.name();
        this.environmentId = last.id();
        this.versionLabel = versionLabel;
        this.previousVersionLabel = sides != null ? sides.blueLabel() : previous.isEmpty() ? null : previous;
        this.status = last.status();
        this.health = last.healthInWords();
        this.url = last.cname().isEmpty() ? null : "http://" + last.cname();
        this.consoleUrl = consoleUrl;
        this.cause = cause;
        this.cname = sides == null ? null : sides.cname();
        this.oldEnvironment = sides == null ? null : sides.blue();
        this.oldEnvironmentId = sides == null ? null : sides.blueId();
        this.swapped = swapped;
        this.rolledBackTo = rolledBackTo;
        this.causes = new ArrayList<>(causes);
        this.update = update;
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

    /** The CNAME by which customers come, of a blue/green deployment; null for one in place. */
    @CheckForNull
    public String getCname() {
        return cname;
    }

    /** The name of the environment that was live before a blue/green deployment; null for one in place. */
    @CheckForNull
    public String getOldEnvironment() {
        return oldEnvironment;
    }

    /** The id of the environment that was live before a blue/green deployment; null for one in place. */
    @CheckForNull
    public String getOldEnvironmentId() {
        return oldEnvironmentId;
    }

    /** Whether the environment has become live instead of the old one. */
    public boolean isSwapped() {
        return swapped;
    }

    /** The version that was brought back after a failure; null if none was. */
    @CheckForNull
    public String getRolledBackTo() {
        return rolledBackTo;
    }

    /**
     * What is behind a failure, each in a sentence: what AWS has told of it, and what it says of the environment and its instances.
     * Empty after a success.
     */
    @NonNull
    public List<String> getCauses() {
        return causes == null ? List.of() : List.copyOf(causes);
    }

    /** The request's id of the call by which it was deployed; null if that is not known. */
    @CheckForNull
    String update() {
        return update;
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
