package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.RunStarters;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentBuilder;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.scm.RunWithSCM;

/**
 * A deployment that a run makes, on its way into {@link Deployments}. Reads runs from disk and writes, so not for a program's thread.
 */
public final class RunningDeployment {

    private final Run<?, ?> run;
    private final String service;
    private final String region;
    private final String whose;
    /** The commit that the run's environment names; null if it names none. */
    private final String commit;
    /** Where what is deployed is in S3; null if that is not known. */
    private final String archive;
    /** Of this deployment, or of the earlier one that is continued. */
    private String token;
    /** Whether it is an earlier one. */
    private boolean earlier;

    /**
     * @param token chosen for this deployment alone
     * @param service the step, such as {@code codeDeploy}
     * @param whose where the step's access leads to
     * @param commit that the run's environment names; null if it names none
     * @param archive where what is deployed is in S3; null if that is not known
     */
    public RunningDeployment(
            @NonNull Run<?, ?> run,
            @NonNull String token,
            @NonNull String service,
            @NonNull String region,
            @NonNull String whose,
            @CheckForNull String commit,
            @CheckForNull String archive) {
        this.run = run;
        this.token = token;
        this.service = service;
        this.region = region;
        this.whose = whose;
        this.commit = commit;
        this.archive = archive;
    }

    /**
     * AWS has started it, or goes on with one of which is known since an earlier step, or since before a restart.
     *
     * @param id AWS's
     * @param destination null if that of the earlier one has to be known; another one than before if it has turned out so
     * @param revision null if it is not known yet
     * @param override why a guard of the stage was passed over; null if none was
     * @param seen what guards have seen of it
     */
    public void started(
            @NonNull String id,
            @CheckForNull Destination destination,
            @CheckForNull String revision,
            @CheckForNull String override,
            @CheckForNull String consoleUrl,
            @NonNull Deployment.Seen seen) {
        Deployments deployments = Deployments.get();
        if (destination == null) { // else the id may be that of an environment, which is deployed to again and again
            deployments
                    .findById(service, id)
                    .filter(it -> region.equals(it.region()) && whose.equals(it.whose())) // ids are those of an account
                    .map(Deployment::token)
                    .ifPresent(this::takeUp);
        }
        Deployment known = deployments.find(token).orElse(null);
        if (known != null) {
            Deployment now = known.continued(id, revision, consoleUrl).seen(seen);
            deployments.started(destination == null || earlier ? now : now.to(destination));
        } else if (destination != null) {
            Origin origin = new Origin(
                    run.getParent().getFullName(),
                    run.getNumber(),
                    run.getUrl(),
                    List.copyOf(RunStarters.of(run)),
                    Origin.Left.RUN);
            deployments.started(new DeploymentBuilder(token, service, region, destination, origin, Instant.now())
                    .id(id)
                    .whose(whose)
                    .revision(revision)
                    .version(version(archive == null ? revision : archive))
                    .commit(commit == null ? newestCommit() : commit)
                    .approvals(approvals(destination.stage()))
                    .override(override)
                    .consoleUrl(consoleUrl)
                    .seen(seen)
                    .build());
        }
    }

    /** What the build that has made it has called it, if that was in this run. */
    @CheckForNull
    private String version(@CheckForNull String made) {
        AwsAction action = run.getAction(AwsAction.class);
        return action == null || made == null ? null : action.versionOf(made);
    }

    private void takeUp(String known) {
        token = known;
        earlier = true;
    }

    /**
     * It has ended.
     *
     * @param revision null if no more is known than at the start
     * @param cause null if it succeeded
     */
    public void ended(@NonNull DeploymentVerdict verdict, @CheckForNull String revision, @CheckForNull String cause) {
        Deployments.get().ended(token, verdict, revision, cause, Instant.now());
    }

    /** Nobody watches it any longer. Without effect if it has ended. */
    public void left() {
        ended(DeploymentVerdict.UNKNOWN, null, Messages.Deployment_left());
    }

    /** Those that were given in the run, for this stage, as far as both say which; for one that takes approvals, to its own questions. */
    private List<Deployment.Approval> approvals(@CheckForNull String stage) {
        List<Deployment.Approval> given = new ArrayList<>();
        boolean takes = stage != null
                && Stages.of(run.getParent())
                        .find(stage)
                        .filter(it -> it.policy() != null)
                        .isPresent();
        ApprovalAction action = run.getAction(ApprovalAction.class);
        for (ApprovalRecord record : action == null ? List.<ApprovalRecord>of() : action.getApprovals()) {
            String asked = record.getStage();
            if (record.isApproved() && (stage == null || asked == null && !takes || stage.equals(asked))) {
                for (ApprovalAnswer answer : record.getApprovals()) {
                    given.add(new Deployment.Approval(
                            answer.getPerson(), answer.getWhen().toInstant()));
                }
            }
        }
        return given;
    }

    /** The last commit of the run's changes; null if it has none. */
    @CheckForNull
    private String newestCommit() {
        String newest = null;
        if (run instanceof RunWithSCM<?, ?> withChanges) {
            for (ChangeLogSet<?> changes : withChanges.getChangeSets()) {
                for (ChangeLogSet.Entry entry : changes) {
                    newest = entry.getCommitId() == null ? newest : entry.getCommitId();
                }
            }
        }
        return newest;
    }
}
