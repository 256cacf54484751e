package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;

/** CloudFormation's StackSets: operations on them as remote jobs. */
public record StackSets(
        @NonNull Scheduler scheduler, @NonNull Watcher watcher) {

    /**
     * What a step does with its stack set, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param gate asked immediately before the stack set is changed; not about what was begun before a restart
     * @param files asked only if the template, or values of parameters, are in a workspace
     */
    @NonNull
    public PreparedStackSet prepare(
            @NonNull Connected<StackSetSnapshot> at,
            @NonNull StackSetRequest request,
            @NonNull StartToken token,
            @NonNull Gate gate,
            @NonNull WorkspaceSource files) {
        return new PreparedStackSet(scheduler, watcher, at, request, token, gate, files);
    }
}
