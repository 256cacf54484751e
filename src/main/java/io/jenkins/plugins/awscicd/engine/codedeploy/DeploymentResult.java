package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What came of a deployment: what {@code codeDeploy} returns to a Jenkinsfile. Plain data, as it is kept with the run. */
public final class DeploymentResult implements Approvable, Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String application;
    private final String deploymentGroup;
    private final String status;
    private final Revision revision;
    private final ArrayList<TargetResult> targets;
    private final String rollbackId;
    private final String rollbackStatus;
    private final Revision rollbackRevision;
    private final String consoleUrl;
    private final String cause;
    private final boolean waiting;
    private final boolean stoppedByHand;

    /** @param jobs the deployment, and its rollback if there is one */
    DeploymentResult(List<DeploymentSnapshot> jobs, List<TargetResult> targets, String consoleUrl) {
        DeploymentSnapshot deployment = jobs.get(0);
        DeploymentSnapshot rollback = jobs.size() > 1 ? jobs.get(jobs.size() - 1) : null;
        this.id = deployment.id();
        this.application = deployment.application();
        this.deploymentGroup = deployment.group();
        this.status = deployment.status();
        this.revision = deployment.revision();
        this.targets = new ArrayList<>(targets);
        this.rollbackId = rollback == null ? null : rollback.id();
        this.rollbackStatus = rollback == null ? null : rollback.status();
        this.rollbackRevision = rollback == null ? null : rollback.revision();
        this.consoleUrl = consoleUrl;
        this.cause = !deployment.failed()
                ? null
                : targets.stream()
                        .map(target -> target.getCause() == null ? null : target.getId() + ": " + target.getCause())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(deployment.cause());
        this.waiting = deployment.waits();
        this.stoppedByHand = "MANUAL_STOP".equals(deployment.errorCode());
    }

    /** Of a revision that was only registered. */
    DeploymentResult(String application, @CheckForNull Revision revision) {
        this.id = "";
        this.application = application;
        this.deploymentGroup = "";
        this.status = "Registered";
        this.revision = revision;
        this.targets = new ArrayList<>();
        this.rollbackId = null;
        this.rollbackStatus = null;
        this.rollbackRevision = null;
        this.consoleUrl = "";
        this.cause = null;
        this.waiting = false;
        this.stoppedByHand = false;
    }

    /** The deployment's id, such as {@code d-ABCDEF123}; empty if the revision was only registered. */
    @NonNull
    public String getId() {
        return id;
    }

    /** The application that was deployed. */
    @NonNull
    public String getApplication() {
        return application;
    }

    /** The deployment group that was deployed to; empty if the revision was only registered. */
    @NonNull
    public String getDeploymentGroup() {
        return deploymentGroup;
    }

    /**
     * {@code Succeeded}, {@code Failed} or {@code Stopped}; another of AWS's words if the step has not waited for the end;
     * {@code Registered} if the revision was only registered.
     */
    @NonNull
    public String getStatus() {
        return status;
    }

    /** What was deployed; null if an application was only restarted. */
    @CheckForNull
    public Revision getRevision() {
        return revision;
    }

    /** Where it was deployed to; empty if AWS does not let us look. */
    @NonNull
    public List<TargetResult> getTargets() {
        return new ArrayList<>(targets);
    }

    /** The deployment with which AWS has rolled this one back; null if it has not. */
    @CheckForNull
    public String getRollbackId() {
        return rollbackId;
    }

    /** How the rollback ended, or where it was when the step no longer waited; null if there was none. */
    @CheckForNull
    public String getRollbackStatus() {
        return rollbackStatus;
    }

    /** What runs after the rollback; null if there was none. */
    @CheckForNull
    public Revision getRollbackRevision() {
        return rollbackRevision;
    }

    /** The deployment's page in the AWS console; empty if the revision was only registered. */
    @Override
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** Why the deployment failed; null if it did not. */
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** Whether it waits to be continued with {@code continueAfterReady}. */
    public boolean getWaiting() {
        return waiting;
    }

    /** Whether somebody has stopped it in AWS. */
    public boolean stoppedByHand() {
        return stoppedByHand;
    }

    /** How it ended, in one sentence. */
    @NonNull
    public String summary() {
        String name = application + " to " + deploymentGroup;
        if (cause == null) {
            return name + (waiting ? " is ready" : " is " + status);
        }
        return name + ("Stopped".equals(status) ? " was stopped" : " failed") + rollback() + ": " + cause;
    }

    private String rollback() {
        if (rollbackId == null) {
            return "";
        }
        return switch (rollbackStatus) {
            case "Succeeded" -> ", rolled back to " + rollbackRevision;
            case "Failed", "Stopped" -> ", rollback " + rollbackId + " failed too";
            default -> ", rollback " + rollbackId + " is " + rollbackStatus; // nobody has waited for its end
        };
    }

    @Override
    @NonNull
    public String subject() {
        return "deployment of " + application + " to " + deploymentGroup;
    }

    @Override
    @CheckForNull
    public String exactly() {
        return revision == null ? null : revision.toString();
    }

    @Override
    public String toString() {
        return "deployment " + id + " " + status;
    }
}
