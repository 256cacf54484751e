package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.EndCondition;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import java.util.concurrent.CompletableFuture;

/** An update and what follows it, as one job: told and ended together, and stopped by whichever part is under way. */
public final class UpdateAndSequel implements ProgressLog<EnvironmentSnapshot>, EndCondition<EnvironmentSnapshot> {

    private final FollowedUpdate update;
    private final Sequel sequel;
    private final JobConsole console;
    private boolean cutShort;
    private String concluded = "";

    public UpdateAndSequel(FollowedUpdate update, Sequel sequel, JobConsole console) {
        this.update = update;
        this.sequel = sequel;
        this.console = console;
    }

    public void reconsider(@NonNull Runnable again) {
        update.reconsider(again);
        sequel.reconsider(again);
    }

    @Override
    public boolean test(@NonNull EnvironmentSnapshot now, boolean stopping) {
        if (stopping && !update.hasVerdict() && sequel.endsUpdate()) {
            if (!cutShort) {
                cutShort = true;
                update.abandon();
            }
        } else if (!update.isReported(now, stopping)) {
            return false;
        }
        return sequel.isOver(now, update.cause(), stopping);
    }

    /** Whether an abort means that AWS is to abort the update. */
    public boolean abortsUpdate() {
        return !update.hasVerdict() && !sequel.endsUpdate();
    }

    @Override
    public void looked(@NonNull EnvironmentSnapshot now) {
        update.looked(now);
        sequel.looked(now);
    }

    @Override
    public void observed(@NonNull EnvironmentSnapshot now) {
        if (!cutShort) {
            update.observed(now);
        }
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull EnvironmentSnapshot last) {
        return (cutShort ? CompletableFuture.<Void>completedFuture(null) : update.ended(last)).thenRun(() -> {
            sequel.leave();
            conclude(sequel.conclusion(last, update.cause()));
        });
    }

    /** Once, although an end is told again if an abort comes while it is. */
    private synchronized void conclude(@CheckForNull String line) {
        if (line != null && !line.equals(concluded)) {
            concluded = line;
            console.line(line);
            console.flush();
        }
    }

    @Override
    public void abandon() {
        update.abandon();
        sequel.leave();
    }

    /** Why the whole is no success; null if it is one. */
    @CheckForNull
    public String cause(@NonNull EnvironmentSnapshot last) {
        String cause = sequel.cause(update.cause());
        return cause == null && last.ended() && !sequel.endsEnvironment() ? "the environment was terminated" : cause;
    }

    @NonNull
    public BeanstalkResult.Aftermath aftermath() {
        return sequel.aftermath();
    }
}
