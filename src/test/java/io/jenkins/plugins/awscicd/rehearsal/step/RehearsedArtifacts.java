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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The artifacts of a build in a rehearsal: they come into the delivery's directory, those that are archived to beside its report.
 *
 * @param archive the directory for what is archived; null if there is no report
 */
record RehearsedArtifacts(Delivery delivery, DownloadRequest wanted, Path archive) implements ArtifactReceiver {

    @Override
    public Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
        return RehearsedJob.blocking("rehearsal download", work, failed);
    }

    @Override
    public Fetched fetch(FetchPlan plan) throws IOException, InterruptedException {
        return new Fetch().run(directory(), plan);
    }

    private Path directory() {
        return wanted.directory() == null ? delivery.scratch().resolve("artifacts") : delivery.directory();
    }

    @Override
    public void archive(String build, List<String> paths) throws IOException {
        if (archive == null) {
            delivery.timeline().fact("Archived", String.join(", ", paths));
            return;
        }
        for (String path : paths) {
            Path copy = archive.resolve(path);
            Files.createDirectories(copy.getParent());
            Files.copy(directory().resolve(path), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        delivery.timeline()
                .fact(
                        "Archived",
                        paths.stream()
                                .map(path -> archive.getFileName() + "/" + path)
                                .collect(Collectors.joining(", ")));
    }
}
