package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An execution of a pipeline at one moment
 * (<a href="https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecutionSummary.html">PipelineExecutionSummary</a>),
 * with its actions.
 *
 * @param status such as {@code Succeeded}; one that is newer than this version counts as running
 * @param reason what AWS says of the status; empty if nothing
 * @param rollbackOf the execution that a rollback brings back; null if this is no rollback
 * @param actions the newest run of each, in the order in which they began
 * @param retriable whether a failed one may be tried again under the same id, and so has not ended
 * @param rollback the execution by which AWS itself rolls this failed one back; null if there is none
 * @param rollbackDue whether AWS is still to start or to name that
 */
public record PipelineSnapshot(
        @NonNull String id,
        @NonNull String pipeline,
        @NonNull String status,
        @NonNull String reason,
        @NonNull String mode,
        @CheckForNull String rollbackOf,
        @CheckForNull Instant started,
        @CheckForNull Instant updated,
        @NonNull List<SourceRevision> revisions,
        @NonNull List<ActionSnapshot> actions,
        boolean retriable,
        @CheckForNull String rollback,
        boolean rollbackDue)
        implements Snapshot {

    private static final Set<String> ENDS = Set.of("Cancelled", "Stopped", "Succeeded", "Superseded", "Failed");

    boolean failed() {
        return status.equals("Failed");
    }

    boolean succeeded() {
        return status.equals("Succeeded");
    }

    /** Whether AWS itself is done with it, whatever we mean to do. */
    boolean isAtRest() {
        return ENDS.contains(status);
    }

    @Override
    public boolean ended() {
        return isAtRest() && !(failed() && retriable && rollback == null && !rollbackDue);
    }

    @Override
    public String successor() {
        return rollback;
    }

    @Override
    public boolean successorDue() {
        return rollbackDue;
    }

    @Override
    public String successorInWords() {
        return "roll the stage back";
    }

    @Override
    public String withoutSuccessor(Duration waited) {
        return "AWS has not rolled the stage back within " + Durations.inWords(waited)
                + ": it only does so if the stage has succeeded before, with the current version of the pipeline";
    }

    @Override
    public boolean stopPassesOn() {
        return false; // what follows is a rollback
    }

    /** What its sources have brought, in one line; null if AWS does not say. */
    @CheckForNull
    String exactly() {
        return PipelineContent.line(revisions);
    }

    /** The actions that are not done. */
    @NonNull
    List<ActionSnapshot> running() {
        return actions.stream().filter(action -> !action.ended()).toList();
    }

    /** A run of an action by its id; null if it is not the newest of its action. */
    @CheckForNull
    ActionSnapshot action(@NonNull String run) {
        return actions.stream()
                .filter(action -> action.id().equals(run))
                .findFirst()
                .orElse(null);
    }

    /**
     * The one whose failure has the execution fail, the newest: of others a stage that was tried again as a whole may not have come so far
     * again. Empty if a condition has, or AWS does not say.
     */
    @NonNull
    Optional<ActionSnapshot> culprit() {
        return actions.stream().filter(ActionSnapshot::failed).reduce((older, newer) -> newer);
    }

    /** Whether it has failed because somebody has said no. */
    boolean isRejected() {
        return failed() && culprit().filter(ActionSnapshot::isRejection).isPresent();
    }

    /** What it is called. */
    @NonNull
    public String name() {
        return pipeline + " " + shortened(id);
    }

    /** Enough of an execution's id to tell it from others. */
    @NonNull
    static String shortened(@NonNull String id) {
        return id.length() > 8 ? id.substring(0, 8) : id;
    }

    /** Where it is: what is running, or else its status. */
    @Override
    public String stage() {
        List<ActionSnapshot> running = running();
        return running.isEmpty() || isAtRest()
                ? status
                : running.stream().map(ActionSnapshot::path).collect(Collectors.joining(", "));
    }

    /** What AWS is doing; empty if it waits for people alone. */
    @Override
    public String running(Instant at) {
        List<ActionSnapshot> busy =
                running().stream().filter(action -> !action.isApproval()).toList();
        if (busy.isEmpty()) {
            return running().isEmpty() ? "waiting to enter its next stage" : "";
        }
        return busy.stream()
                .map(action -> action.path()
                        + (action.started() == null
                                ? ""
                                : " for " + Durations.inWords(Duration.between(action.started(), at))))
                .collect(Collectors.joining(", "));
    }

    /** Why it did not succeed, in a sentence; empty if it did, or has not ended. */
    @NonNull
    String cause() {
        if (!isAtRest() || succeeded()) {
            return "";
        }
        String said = reason.isEmpty() ? "" : ": " + reason;
        return switch (status) {
            case "Superseded" -> "superseded: a newer execution has taken its place before it entered its next stage";
            case "Stopped" -> "stopped" + said;
            case "Cancelled" -> "cancelled: the pipeline was changed in the meantime" + said;
            default -> culprit().map(ActionSnapshot::cause).orElse(reason.isEmpty() ? "AWS gives no reason" : reason);
        };
    }

    /** By stage, in order: its status in AWS's words as its actions show it. */
    @NonNull
    Map<String, String> stages() {
        Map<String, String> stages = new LinkedHashMap<>();
        for (ActionSnapshot action : actions) {
            stages.merge(action.stage(), action.status(), PipelineSnapshot::worse);
        }
        return stages;
    }

    private static String worse(String one, String other) {
        for (String status : List.of("Failed", "Abandoned", "InProgress")) {
            if (one.equals(status) || other.equals(status)) {
                return status;
            }
        }
        return one;
    }

    @Override
    public Progress progress(AwsSession session) {
        List<Progress.Phase> phases = new ArrayList<>();
        for (ActionSnapshot action : actions) {
            phases.add(new Progress.Phase(
                    action.path(),
                    action.ended() ? action.status() : null,
                    action.failed(),
                    action.started(),
                    action.took(),
                    action.failed() ? action.cause() : ""));
        }
        List<Progress.Fact> facts = new ArrayList<>();
        revisions.forEach(revision -> facts.add(new Progress.Fact(
                Progress.What.REVISION, revision.inWords(), revision.getUrl().isEmpty() ? null : revision.getUrl())));
        if (rollbackOf != null) {
            facts.add(new Progress.Fact(Progress.What.ROLLBACK_OF, rollbackOf));
        }
        return new Progress(
                id,
                name(),
                status,
                state(),
                stage(),
                phases,
                facts,
                cause(),
                AwsConsole.pipelineExecution(session.region(), pipeline, id),
                started,
                isAtRest() ? updated : null);
    }

    private Progress.State state() {
        return switch (status) {
            case "Succeeded" -> Progress.State.SUCCEEDED;
            case "Failed" -> Progress.State.FAILED;
            case "Stopped", "Superseded", "Cancelled" -> Progress.State.STOPPED;
            default -> Progress.State.RUNNING;
        };
    }
}
