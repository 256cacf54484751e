package io.jenkins.plugins.awscicd.engine.job.follow;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;

/** Reports the jobs of one service, as its own step does. */
public interface JobFollower {

    /** Reports a job from now on, or from where the journal says. */
    @NonNull
    RemoteJob<?> follow(@NonNull Following at, @NonNull StartedJob job);
}
