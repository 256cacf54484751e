package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.follow.JobFollower;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.Map;
import java.util.function.Supplier;

/** CodePipeline: executions of pipelines as remote jobs. */
public final class CodePipeline {

    private final Scheduler scheduler;
    private final Watcher watcher;
    private final Map<String, JobFollower> followers;

    /** @param followers report what actions start, by their providers */
    public CodePipeline(
            @NonNull Scheduler scheduler, @NonNull Watcher watcher, @NonNull Map<String, JobFollower> followers) {
        this.scheduler = scheduler;
        this.watcher = watcher;
        this.followers = Map.copyOf(followers);
    }

    /**
     * A step's execution, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param kept the request as it is kept with the step, without the values of variables
     * @param asked the whole of it; asked only if the execution is to be started
     * @param gate asked immediately before the pipeline is started; not about what may have been started already. May block
     * @param consent asks people what manual approval actions ask, if the request says so; null if that is not possible here
     * @param abandons whether to stop the execution abandons what runs, and does not wait for it
     */
    @NonNull
    public PreparedJob<PipelineSnapshot> prepare(
            @NonNull Connected<PipelineSnapshot> at,
            @NonNull PipelineRequest kept,
            @NonNull Supplier<PipelineRequest> asked,
            @NonNull StartToken token,
            @NonNull Gate gate,
            @CheckForNull PipelineConsent consent,
            boolean abandons) {
        return new PreparedPipeline(scheduler, watcher, followers, at, kept, asked, token, gate, consent, abandons);
    }
}
