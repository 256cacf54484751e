package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.WantedHealth;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An update of what an environment is like, followed and told to its end like a job of its own, whatever the health: the version that
 * follows may be what heals it.
 */
final class ConfigurationUpdate implements JobListener<EnvironmentSnapshot> {

    private static final WantedHealth ANY = new WantedHealth(List.of(), Duration.ZERO, Duration.ZERO);

    private final CompletableFuture<String> cause = new CompletableFuture<>();
    private final UpdateAndSequel update;
    private final RemoteJob<EnvironmentSnapshot> job;

    ConfigurationUpdate(Step step) {
        this.update = new UpdateAndSequel(step.of(step.journal().configuration()), ANY, Sequel.NONE);
        this.job = update.job(update, this);
    }

    @NonNull
    RemoteJob<EnvironmentSnapshot> job() {
        return job;
    }

    /** Why it has failed, with null if it has not; fails if it cannot be followed. */
    @NonNull
    CompletableFuture<String> cause() {
        return cause;
    }

    @Override
    public void started(String id) {
        // it was begun before it is followed
    }

    @Override
    public void ended(List<EnvironmentSnapshot> environments) {
        cause.complete(update.cause(environments.get(environments.size() - 1)));
    }

    @Override
    public void failed(RuntimeException why) {
        cause.completeExceptionally(why);
    }
}
