package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

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
    /** Null in results that were kept by a version that did not tell the waits apart. */
    private final String waitType;

    private final boolean stoppedByHand;

    /**
     * @param jobs the deployment, and its rollback if there is one
     * @param request what was asked for
     */
    public DeploymentResult(
            List<DeploymentSnapshot> jobs, List<TargetResult> targets, String consoleUrl, DeploymentRequest request) {
        DeploymentSnapshot deployment = jobs.get(0);
        DeploymentSnapshot rollback = jobs.size() > 1 ? jobs.get(jobs.size() - 1) : null;
        this.id = deployment.id();
        this.application = deployment.application();
        this.deploymentGroup = deployment.group();
        this.status = deployment.status();
        this.revision = request.reusable(deployment.revision());
        this.targets = new ArrayList<>(targets);
        this.rollbackId = rollback == null ? null : rollback.id();
        this.rollbackStatus = rollback == null ? null : rollback.status();
        this.rollbackRevision = rollback == null ? null : rollback.revision();
        this.consoleUrl = consoleUrl;
        this.cause = request.aim() == Aim.STOP ? causeOfNoStop(deployment, rollback) : cause(deployment, targets);
        WaitType wait = deployment.waitType();
        this.waiting = wait != null;
        this.waitType = wait == null ? null : wait.toString();
        this.stoppedByHand = "MANUAL_STOP".equals(deployment.errorCode());
    }

    @CheckForNull
    private static String cause(DeploymentSnapshot deployment, List<TargetResult> targets) {
        if (!deployment.failed()) {
            return null;
        }
        // What was going on when a deployment was stopped is no cause of that.
        return deployment.status().equals("Stopped")
                ? deployment.cause()
                : targets.stream()
                        .filter(TargetResult::explained)
                        .map(target -> target.getId() + ": " + target.getCause())
                        .findFirst()
                        .orElse(deployment.cause());
    }

    @CheckForNull
    private static String causeOfNoStop(DeploymentSnapshot deployment, @CheckForNull DeploymentSnapshot rollback) {
        if (deployment.ended() && !deployment.status().equals("Stopped")) {
            return "it could not be stopped, because it was " + deployment.status() + " by then"
                    + (deployment.failed() ? ": " + deployment.cause() : "");
        }
        return rollback != null && rollback.failed() ? rollback.cause() : null;
    }

    /** Of a revision that was only registered. */
    public DeploymentResult(String application, @CheckForNull Revision revision) {
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
        this.waitType = null;
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

    /**
     * What it waits for: {@code READY_WAIT}, for its traffic, or {@code TERMINATION_WAIT}, for the end of the original, which has no
     * traffic any more; null if for neither.
     */
    @CheckForNull
    public String getWaitType() {
        return waitType;
    }

    /** Whether it waits to be continued with {@code continueAfterReady}, in whichever of its waits. */
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
            return name
                    + (waiting
                            ? WaitType.TERMINATION_WAIT.toString().equals(waitType)
                                    ? " is shifted, and the original waits for termination"
                                    : " is ready"
                            : " is " + status);
        }
        return name
                + switch (status) {
                    case "Stopped" -> " was stopped";
                    case "Succeeded" -> " went on";
                    default -> " failed";
                }
                + rollback() + ": " + cause;
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
