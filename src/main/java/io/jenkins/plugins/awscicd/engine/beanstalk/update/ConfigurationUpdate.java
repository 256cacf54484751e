package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An update of what an environment is like, followed and told to its end like a job of its own. */
public final class ConfigurationUpdate implements JobListener<EnvironmentSnapshot> {

    private final CompletableFuture<EnvironmentSnapshot> end = new CompletableFuture<>();

    /** The environment when it is over; fails if it cannot be followed. */
    @NonNull
    CompletableFuture<EnvironmentSnapshot> end() {
        return end;
    }

    @Override
    public void started(String id) {
        // it was begun before it is followed
    }

    @Override
    public void ended(List<EnvironmentSnapshot> environments) {
        end.complete(environments.get(environments.size() - 1));
    }

    @Override
    public void failed(RuntimeException why) {
        end.completeExceptionally(why);
    }

    /** Such an update, with what makes out its end. */
    public record Followed(
            @NonNull RemoteJob<EnvironmentSnapshot> job,
            @NonNull Course course,
            @NonNull ConfigurationUpdate update) {

        /** Why it has failed; null if it has not. */
        @CheckForNull
        String cause(@NonNull EnvironmentSnapshot last) {
            return course.cause(last);
        }
    }
}
