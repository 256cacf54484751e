package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;

/**
 * Ends environments for a step.
 *
 * @param gate asked immediately before each
 * @param reconsider run when there is more to see of one
 */
record Terminations(
        @NonNull AwsSession session,
        @NonNull Scheduler scheduler,
        @NonNull JobConsole console,
        @NonNull Gate gate,
        @NonNull Runnable reconsider) {

    /**
     * @param cname an environment that has this is left alone
     * @param own the CNAME that it has to have still; null if any but that will do
     */
    @NonNull
    Termination of(@NonNull String cname, @CheckForNull String own) {
        return new Termination(session, scheduler, console, gate, cname, own, reconsider);
    }
}
