package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.artifact.Fetch;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The artifacts of a build in a rehearsal: they come into the delivery's directory, those that are archived to beside its report. */
record RehearsedArtifacts(Delivery delivery, DownloadRequest wanted) implements ArtifactReceiver {

    @Override
    public Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
        return RehearsedJob.blocking("rehearsal download", work, failed);
    }

    @Override
    public Fetched fetch(FetchPlan plan) throws IOException, InterruptedException {
        Path directory = wanted.directory() == null ? delivery.directory().resolve("artifacts") : delivery.directory();
        return new Fetch().run(directory, plan);
    }

    @Override
    public void archive(String build, List<String> paths) {
        delivery.timeline().fact("Archived", String.join(", ", paths));
    }
}
