package io.jenkins.plugins.awscicd.engine.codepipeline.follow;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.function.Consumer;

/** Reports the jobs of one service, as its own step does. */
public interface JobFollower {

    /**
     * Reports a job from now on, or from where the journal says.
     *
     * @param id what the service calls the job
     * @param over told once that it is reported to its end, with null, or why it cannot be
     */
    @NonNull
    RemoteJob<?> follow(
            @NonNull AwsSession session,
            @NonNull JobConsole console,
            @NonNull Journal journal,
            @NonNull String id,
            @NonNull Consumer<RuntimeException> over);
}
