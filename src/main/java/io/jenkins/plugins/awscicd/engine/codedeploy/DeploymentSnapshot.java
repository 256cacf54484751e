package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Progress.What;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/**
 * A deployment at one moment
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html">DeploymentInfo</a>).
 *
 * @param id such as {@code d-ABCDEF123}
 * @param status {@code Created}, {@code Queued}, {@code InProgress}, {@code Baking}, {@code Ready}, {@code Succeeded},
 *     {@code Failed}, {@code Stopped}, or one that is newer than this version, which counts as running
 * @param ended whether nothing more happens to it, the start of its rollback included
 * @param terminationWait whether the traffic has been shifted and the original waits for its end
 * @param errorCode why it failed, in one of AWS's words; empty if it did not
 * @param rollbackId the deployment that AWS has started to undo this one; null if there is none
 * @param rollbackOf the deployment that this one undoes; null if it undoes none
 * @param rollbackMessage what AWS says of the rollback; empty if nothing
 */
public record DeploymentSnapshot(
        @NonNull String id,
        @NonNull String application,
        @NonNull String group,
        @NonNull String config,
        @NonNull String status,
        boolean ended,
        boolean terminationWait,
        @NonNull Overview overview,
        @CheckForNull Revision revision,
        @CheckForNull Revision previousRevision,
        @NonNull String errorCode,
        @NonNull String errorMessage,
        @CheckForNull String rollbackId,
        @CheckForNull String rollbackOf,
        @NonNull String rollbackMessage,
        @NonNull List<String> messages,
        @NonNull String description,
        @CheckForNull Instant created,
        @CheckForNull Instant completed)
        implements Snapshot {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed", "Stopped");
    /** How long after a deployment's end AWS may take to name the rollback that it has promised. */
    private static final Duration ROLLBACK_GRACE = Duration.ofMinutes(1);

    /**
     * @param now by which a rollback that is promised, but never comes, is no longer waited for
     * @param rollBackOnStop whether a rollback was asked for when it was stopped
     */
    static DeploymentSnapshot of(DeploymentInfo info, Instant now, boolean rollBackOnStop) {
        String rollback =
                info.rollbackInfo() == null ? null : info.rollbackInfo().rollbackDeploymentId();
        String said = info.rollbackInfo() == null ? null : info.rollbackInfo().rollbackMessage();
        boolean over = OVER.contains(info.statusAsString());
        return new DeploymentSnapshot(
                info.deploymentId(),
                orEmpty(info.applicationName()),
                orEmpty(info.deploymentGroupName()),
                orEmpty(info.deploymentConfigName()),
                orEmpty(info.statusAsString()),
                over && (rollback != null || said != null || !awaitsRollback(info, now, rollBackOnStop)),
                !over && Boolean.TRUE.equals(info.instanceTerminationWaitTimeStarted()),
                Overview.of(info.deploymentOverview()),
                Revision.of(info.revision()),
                Revision.of(info.previousRevision()),
                info.errorInformation() == null
                        ? ""
                        : orEmpty(info.errorInformation().codeAsString()),
                info.errorInformation() == null
                        ? ""
                        : orEmpty(info.errorInformation().message()),
                rollback,
                info.rollbackInfo() == null ? null : info.rollbackInfo().rollbackTriggeringDeploymentId(),
                orEmpty(said),
                List.copyOf(info.deploymentStatusMessages()),
                orEmpty(info.description()),
                info.createTime(),
                info.completeTime());
    }

    /** Whether AWS has said that it rolls such a deployment back, and may yet do so. */
    private static boolean awaitsRollback(DeploymentInfo info, Instant now, boolean rollBackOnStop) {
        AutoRollbackConfiguration config = info.autoRollbackConfiguration();
        AutoRollbackEvent cause = cause(info);
        boolean asked = rollBackOnStop && cause == AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST;
        boolean configured = config != null
                && Boolean.TRUE.equals(config.enabled())
                && config.events().contains(cause);
        boolean promised = (asked || configured)
                && !info.statusAsString().equals("Succeeded")
                && (info.creator() == null || !"codeDeployRollback".equals(info.creatorAsString()));
        return promised
                && info.completeTime() != null
                && now.isBefore(info.completeTime().plus(ROLLBACK_GRACE));
    }

    private static AutoRollbackEvent cause(DeploymentInfo info) {
        String code = info.errorInformation() == null
                ? ""
                : orEmpty(info.errorInformation().codeAsString());
        if (code.equals("ALARM_ACTIVE")) {
            return AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM;
        }
        return info.statusAsString().equals("Stopped")
                ? AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST
                : AutoRollbackEvent.DEPLOYMENT_FAILURE;
    }

    private static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    @Override
    public String stage() {
        return status;
    }

    @Override
    public String successor() {
        return rollbackId;
    }

    @Override
    public boolean stopPassesOn() {
        return false;
    }

    /** Whether the deployment did what it was to do. */
    boolean succeeded() {
        return "Succeeded".equals(status);
    }

    /** Whether it is over without having done so; its rollback may be yet to come. */
    boolean failed() {
        return OVER.contains(status) && !succeeded();
    }

    /** Whether it waits for somebody to have it continued. */
    boolean waits() {
        return "Ready".equals(status) || terminationWait;
    }

    /** Such as {@code web to prod}. */
    String name() {
        return application + " to " + group;
    }

    /** What is deployed, in a few words. */
    String what() {
        Revision deployed = revision;
        return deployed == null ? "no revision" : deployed.toString();
    }

    /** Why it failed, in AWS's words. */
    String cause() {
        if (errorCode.isEmpty() && errorMessage.isEmpty()) {
            return "AWS gives no reason";
        }
        return errorCode.isEmpty() || errorMessage.isEmpty()
                ? errorCode + errorMessage
                : errorCode + ": " + errorMessage;
    }

    @Override
    public Progress progress(AwsSession session) {
        List<Progress.Fact> facts = new ArrayList<>();
        if (rollbackOf != null) {
            facts.add(new Progress.Fact(What.ROLLBACK_OF, rollbackOf));
        }
        Revision deployed = revision;
        if (deployed != null) {
            facts.add(new Progress.Fact(What.REVISION, deployed.toString()));
        }
        if (!config.isEmpty()) {
            facts.add(new Progress.Fact(What.CONFIGURATION, config));
        }
        if (overview.total() > 0) {
            facts.add(new Progress.Fact(What.TARGETS, overview.inWords()));
        }
        return new Progress(
                id,
                name(),
                status,
                state(),
                terminationWait ? "TerminationWait" : status,
                List.of(),
                facts,
                failed() ? cause() : "",
                CodeDeploy.consoleUrl(session, id),
                created,
                completed);
    }

    private Progress.State state() {
        return switch (status) {
            case "Succeeded" -> Progress.State.SUCCEEDED;
            case "Stopped" -> Progress.State.STOPPED;
            case "Failed" -> Progress.State.FAILED;
            default -> Progress.State.RUNNING;
        };
    }
}
