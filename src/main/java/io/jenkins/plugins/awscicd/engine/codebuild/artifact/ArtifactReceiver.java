package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Takes the artifacts of builds: whatever a step runs in. */
public interface ArtifactReceiver {

    /** Takes none. */
    ArtifactReceiver NONE = new ArtifactReceiver() {
        @Override
        public DownloadRequest wanted() {
            return null;
        }

        @Override
        public Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
            throw new IllegalStateException("Nothing is wanted");
        }

        @Override
        public Fetched fetch(FetchPlan plan) {
            throw new IllegalStateException("Nothing is wanted");
        }

        @Override
        public void archive(String build, List<String> paths) {
            throw new IllegalStateException("Nothing is wanted");
        }
    };

    /** What is wanted; null if nothing is. */
    @CheckForNull
    DownloadRequest wanted();

    /**
     * Does this on a thread that may block.
     *
     * @param failed told if it fails, unless this process ends: then it is done again after the restart
     * @return takes it back, by an interrupt if it has begun
     */
    @NonNull
    Scheduler.Task work(@NonNull JobHost.Blocking work, @NonNull Consumer<Throwable> failed);

    /** Fetches files to where they are wanted. Blocks. May be asked again for files that are there already. */
    @NonNull
    Fetched fetch(@NonNull FetchPlan plan) throws IOException, InterruptedException;

    /**
     * Keeps files as the run's own. Blocks. May be asked again after a restart.
     *
     * @param paths as they were {@linkplain Fetched#paths fetched}
     */
    void archive(@NonNull String build, @NonNull List<String> paths) throws IOException, InterruptedException;
}
