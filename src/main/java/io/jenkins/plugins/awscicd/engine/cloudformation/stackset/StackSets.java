package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueues;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;

/** CloudFormation's StackSets: operations on them as remote jobs. */
public final class StackSets {

    private final Scheduler scheduler;
    private final Watcher watcher;
    private final TurnQueues<String> queues = new TurnQueues<>();

    public StackSets(@NonNull Scheduler scheduler, @NonNull Watcher watcher) {
        this.scheduler = scheduler;
        this.watcher = watcher;
    }

    /**
     * What a step does with its stack set, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param turn whose it is
     * @param gate asked immediately before the stack set is changed; not about what was begun before a restart
     * @param consent asked before anything is done, if the request says so
     * @param files asked only if the template, or values of parameters, are in a workspace
     */
    @NonNull
    public PreparedStackSet prepare(
            @NonNull Connected<StackSetSnapshot> at,
            @NonNull StackSetRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull Consent<StackSetPlan> consent,
            @NonNull WorkspaceSource files) {
        return new PreparedStackSet(
                scheduler, watcher, queues.of(at.session()), at, request, token, turn, gate, consent, files);
    }
}
