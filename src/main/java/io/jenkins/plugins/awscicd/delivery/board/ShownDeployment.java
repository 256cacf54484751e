package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A deployment as pages and the REST API show it. */
@ExportedBean(defaultVisibility = 4)
public final class ShownDeployment {

    private final Deployment deployment;

    ShownDeployment(@NonNull Deployment deployment) {
        this.deployment = deployment;
    }

    /** AWS's id; null if there is none. */
    @Exported
    @CheckForNull
    public String getId() {
        return deployment.id();
    }

    /** The step, such as {@code codeDeploy}. */
    @Exported
    @NonNull
    public String getService() {
        return deployment.service();
    }

    @Exported
    @NonNull
    public String getRegion() {
        return deployment.region();
    }

    @Exported
    @CheckForNull
    public String getStage() {
        return deployment.destination().stage();
    }

    @Exported
    @NonNull
    public String getApplication() {
        return deployment.destination().application();
    }

    @Exported
    @NonNull
    public String getTarget() {
        return deployment.destination().target();
    }

    @Exported
    @CheckForNull
    public String getRevision() {
        return deployment.revision();
    }

    /** What people call it: a version, or else the run. */
    @Exported
    @NonNull
    public String getName() {
        return new RevisionName(deployment).title();
    }

    /** Whether it is called by its run alone. */
    public boolean isNamedByRun() {
        return new RevisionName(deployment).isRun();
    }

    @CheckForNull
    public String getShortCommit() {
        return new RevisionName(deployment).commit();
    }

    /** An S3 version, an ETag or a digest; null if it is not known. */
    @CheckForNull
    public String getShortContent() {
        return new RevisionName(deployment).content();
    }

    /** What the build has called it; null if it has not. */
    @Exported
    @CheckForNull
    public String getVersion() {
        return deployment.version();
    }

    @Exported
    @CheckForNull
    public String getCommit() {
        return deployment.commit();
    }

    /** The job's full name. */
    @Exported
    @NonNull
    public String getJob() {
        return deployment.origin().job();
    }

    @Exported
    public int getNumber() {
        return deployment.origin().number();
    }

    /** Below Jenkins' own address; null if the run is gone. */
    @Exported
    @CheckForNull
    public String getRunUrl() {
        Origin origin = deployment.origin();
        return origin.left() == Origin.Left.RUN ? jobUrl(origin.job()) + origin.number() + "/" : null;
    }

    private static String jobUrl(String job) {
        StringBuilder url = new StringBuilder();
        for (String name : job.split("/", -1)) {
            url.append("job/").append(Util.rawEncode(name)).append('/');
        }
        return url.toString();
    }

    @Exported
    @NonNull
    public List<String> getStartedBy() {
        return deployment.origin().startedBy();
    }

    @NonNull
    public String getStarters() {
        return String.join(", ", deployment.origin().startedBy());
    }

    @Exported
    @NonNull
    public Date getStarted() {
        return Date.from(deployment.started());
    }

    /** Null while it runs. */
    @Exported
    @CheckForNull
    public Date getEnded() {
        Instant ended = deployment.ended();
        return ended == null ? null : Date.from(ended);
    }

    /** How long it took, or has taken so far, in words. */
    @NonNull
    public String getDuration() {
        return Util.getTimeSpanString(took().toMillis());
    }

    @NonNull
    Duration took() {
        Instant ended = deployment.ended();
        Duration took = Duration.between(deployment.started(), ended == null ? Instant.now() : ended);
        return took.isNegative() ? Duration.ZERO : took;
    }

    /** How long ago it ended, or began if it has not, in words. */
    @NonNull
    public String getAge() {
        Instant ended = deployment.ended();
        Instant since = ended == null ? deployment.started() : ended;
        return Util.getTimeSpanString(
                Math.max(0, Duration.between(since, Instant.now()).toMillis()));
    }

    @Exported
    @NonNull
    public DeploymentVerdict getVerdict() {
        return deployment.verdict();
    }

    @NonNull
    public String getVerdictInWords() {
        return switch (deployment.verdict()) {
            case RUNNING -> Messages.ShownDeployment_running();
            case SUCCESS -> Messages.ShownDeployment_success();
            case FAILURE -> Messages.ShownDeployment_failure();
            case ABORTED -> Messages.ShownDeployment_aborted();
            case ROLLED_BACK -> Messages.ShownDeployment_rolledBack();
            case HELD -> Messages.ShownDeployment_held();
            case UNKNOWN -> Messages.ShownDeployment_unknown();
        };
    }

    /** One of Jenkins' symbols. */
    @NonNull
    public String getIcon() {
        return switch (deployment.verdict()) {
            case RUNNING -> "symbol-reload";
            case SUCCESS -> "symbol-status-blue";
            case FAILURE -> "symbol-status-red";
            case ABORTED -> "symbol-status-aborted";
            case ROLLED_BACK -> "symbol-undo";
            case HELD -> "symbol-pause";
            case UNKNOWN -> "symbol-help-circle";
        };
    }

    public boolean isRunning() {
        return deployment.isRunning();
    }

    /** Why it did not succeed, in a line; null if it did, or runs. */
    @Exported
    @CheckForNull
    public String getCause() {
        return deployment.cause();
    }

    /** Who approved it. */
    @Exported
    @NonNull
    public List<ShownApproval> getApprovals() {
        return deployment.approvals().stream().map(ShownApproval::new).toList();
    }

    /** Why a guard of the stage was passed over; null if none was. */
    @Exported
    @CheckForNull
    public String getOverride() {
        return deployment.override();
    }

    /** Its page in the AWS console; null if it has none. */
    @Exported
    @CheckForNull
    public String getConsoleUrl() {
        String url = deployment.consoleUrl();
        return url != null && url.startsWith("https://") ? url : null;
    }

    /** Somebody's approval. */
    @ExportedBean(defaultVisibility = 5)
    public static final class ShownApproval {

        private final Deployment.Approval approval;

        ShownApproval(Deployment.Approval approval) {
            this.approval = approval;
        }

        @Exported
        @NonNull
        public String getPerson() {
            return approval.person();
        }

        @Exported
        @NonNull
        public Date getWhen() {
            return Date.from(approval.when());
        }
    }
}
