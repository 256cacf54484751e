package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.ForwardingProgressLog;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.follow.FollowedJobs;
import io.jenkins.plugins.awscicd.engine.job.follow.StartedJob;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Has what actions start followed, beside all else that is told of an execution; its end is told after that. */
final class ActionsLog extends ForwardingProgressLog<PipelineSnapshot> {

    private static final Set<String> NAMED = Set.of("CloudFormation", "ElasticBeanstalk");

    private final FollowedJobs followed;

    ActionsLog(@NonNull ProgressLog<PipelineSnapshot> progressLog, @NonNull FollowedJobs followed) {
        super(progressLog);
        this.followed = followed;
    }

    private static List<StartedJob> started(PipelineSnapshot now) {
        return now.actions().stream()
                .map(action -> new StartedJob(
                        action.id(),
                        action.path(),
                        action.starts(),
                        id(action),
                        action.started(),
                        action.region(),
                        action.role(),
                        action.deletes(),
                        state(action)))
                .toList();
    }

    /** Where a provider goes by names, nobody has published what it gives as an ID. */
    private static String id(ActionSnapshot action) {
        if (!action.isOfAws()) { // its worker gives what IDs it likes
            return "";
        }
        return NAMED.contains(action.provider()) ? action.target() : action.externalId();
    }

    private static StartedJob.State state(ActionSnapshot action) {
        return action.status().equals("Abandoned")
                ? StartedJob.State.ABANDONED
                : action.ended() ? StartedJob.State.ENDED : StartedJob.State.RUNNING;
    }

    @Override
    public void looked(PipelineSnapshot now) {
        super.looked(now);
        followed.looked(started(now));
    }

    @Override
    public CompletableFuture<Void> ended(PipelineSnapshot last) {
        return followed.end(started(last)).thenCompose(done -> super.ended(last));
    }

    @Override
    public void abandon() {
        followed.close();
        super.abandon();
    }
}
