package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Progress.What;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.BlueInstanceTerminationOption;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/**
 * A deployment at one moment
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html">DeploymentInfo</a>).
 *
 * @param id such as {@code d-ABCDEF123}
 * @param status {@code Created}, {@code Queued}, {@code InProgress}, {@code Baking}, {@code Ready}, {@code Succeeded},
 *     {@code Failed}, {@code Stopped}, or one that is newer than this version, which counts as running
 * @param rollbackDue whether AWS is to roll it back, and has not said with which deployment
 * @param terminationWait whether the traffic has been shifted and the original waits for termination
 * @param mayWaitUnsaid whether it may wait for that without saying so, as those to ECS do
 * @param errorCode why it failed, in one of AWS's words; empty if it did not
 * @param rollbackId the deployment that AWS has started to undo this one; null if there is none
 * @param rollbackOf the deployment that this one undoes; null if it undoes none
 * @param rollbackMessage what AWS says of the rollback, also that it is in progress, or that there is none; empty if nothing
 */
public record DeploymentSnapshot(
        @NonNull String id,
        @NonNull String application,
        @NonNull String group,
        @NonNull String config,
        @NonNull String status,
        boolean rollbackDue,
        boolean terminationWait,
        boolean mayWaitUnsaid,
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

    /** @param rollBackOnStop whether a rollback was asked for when it was stopped */
    public static DeploymentSnapshot of(DeploymentInfo info, boolean rollBackOnStop) {
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
                over && rollback == null && promisesRollback(info, rollBackOnStop),
                !over && Boolean.TRUE.equals(info.instanceTerminationWaitTimeStarted()),
                mayWaitUnsaid(info),
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
                rollbackOf(info),
                orEmpty(said),
                List.copyOf(info.deploymentStatusMessages()),
                orEmpty(info.description()),
                info.createTime(),
                info.completeTime());
    }

    /** Some have seen AWS name a deployment that was rolled back as the trigger of that. */
    @CheckForNull
    private static String rollbackOf(DeploymentInfo info) {
        String trigger =
                info.rollbackInfo() == null ? null : info.rollbackInfo().rollbackTriggeringDeploymentId();
        return trigger == null || trigger.equals(info.deploymentId()) ? null : trigger;
    }

    /** Whether AWS has been told to roll back what ends like this one. When it does so is not said. */
    private static boolean promisesRollback(DeploymentInfo info, boolean rollBackOnStop) {
        if (info.statusAsString().equals("Succeeded") || "codeDeployRollback".equals(info.creatorAsString())) {
            return false;
        }
        List<AutoRollbackEvent> causes = causes(info);
        AutoRollbackConfiguration config = info.autoRollbackConfiguration();
        boolean configured = config != null
                && Boolean.TRUE.equals(config.enabled())
                && causes.stream().anyMatch(config.events()::contains);
        return configured || rollBackOnStop && causes.contains(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST);
    }

    /** What AWS may take the end for. */
    private static List<AutoRollbackEvent> causes(DeploymentInfo info) {
        String code = info.errorInformation() == null
                ? ""
                : orEmpty(info.errorInformation().codeAsString());
        if (code.equals("ALARM_ACTIVE")) {
            return List.of(AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM);
        }
        if (!info.statusAsString().equals("Stopped")) {
            return List.of(AutoRollbackEvent.DEPLOYMENT_FAILURE);
        }
        return code.equals("MANUAL_STOP")
                ? List.of(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST)
                : List.of(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST, AutoRollbackEvent.DEPLOYMENT_FAILURE);
    }

    static boolean mayWaitUnsaid(DeploymentInfo info) {
        BlueInstanceTerminationOption original = info.blueGreenDeploymentConfiguration() == null
                ? null
                : info.blueGreenDeploymentConfiguration().terminateBlueInstancesOnDeploymentSuccess();
        Integer minutes = original == null ? null : original.terminationWaitTimeInMinutes();
        return info.computePlatform() == ComputePlatform.ECS
                && "InProgress".equals(info.statusAsString())
                && (minutes == null || minutes > 0);
    }

    private static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    /** The same, waiting for the end of the original, which it does not say itself. */
    public DeploymentSnapshot withTerminationWait() {
        return new DeploymentSnapshot(
                id,
                application,
                group,
                config,
                status,
                rollbackDue,
                true,
                mayWaitUnsaid,
                overview,
                revision,
                previousRevision,
                errorCode,
                errorMessage,
                rollbackId,
                rollbackOf,
                rollbackMessage,
                messages,
                description,
                created,
                completed);
    }

    @Override
    public String stage() {
        return status;
    }

    @Override
    public boolean ended() {
        return OVER.contains(status);
    }

    @Override
    public boolean successorDue() {
        return rollbackDue;
    }

    @Override
    public String successorInWords() {
        return "roll it back";
    }

    @Override
    public String withoutSuccessor(Duration waited) {
        return rollbackMessage.isEmpty()
                ? "AWS has not named the rollback of " + id + " within " + Durations.inWords(waited)
                : rollbackMessage;
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
    public boolean succeeded() {
        return "Succeeded".equals(status);
    }

    /** Whether it is over without having done so; its rollback may be yet to come. */
    boolean failed() {
        return ended() && !succeeded();
    }

    /** What it waits for until somebody has it continued; null if it does not. */
    @CheckForNull
    public WaitType waitType() {
        return "Ready".equals(status) ? WaitType.READY_WAIT : terminationWait ? WaitType.TERMINATION_WAIT : null;
    }

    /** Such as {@code web to prod}. */
    public String name() {
        return application + " to " + group;
    }

    /** What is deployed, in a few words. */
    public String what() {
        Revision deployed = revision;
        return deployed == null ? "no revision" : deployed.toString();
    }

    /** Why it failed, in AWS's words. */
    public String cause() {
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
                AwsConsole.deployment(session.region(), id),
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
