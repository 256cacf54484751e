package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.BuildDownload;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.MakingBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.report.BuildReports;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What is left to do when a build has ended: its log is read where that is in S3 alone, its reports are read, and its artifacts are fetched. */
final class BuildAftermath {

    private final S3Log log;
    private final BuildReports reports;
    private final BuildDownload download;
    private final JobConsole console;
    private final BuildRetries retries;
    private final Consumer<BuildSnapshot> reportsRead;

    /**
     * @param retries what may try it again
     * @param reportsRead given the build again, when its reports have been read
     * @param marks what was kept of it before a restart
     * @param wanted whether somebody still waits for the build
     */
    BuildAftermath(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull JobConsole console,
            @NonNull LogMode mode,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull BuildRetries retries,
            @NonNull Consumer<BuildSnapshot> reportsRead,
            @NonNull Map<String, String> marks,
            @NonNull BooleanSupplier wanted) {
        log = new S3Log(session, console, mode, wanted);
        reports = new BuildReports(session, scheduler, tests, ReportOutcome.in(marks), wanted);
        download = new BuildDownload(session, scheduler, console, artifacts, marks);
        this.console = console;
        this.retries = retries;
        this.reportsRead = reportsRead;
    }

    void addTo(@NonNull Map<String, String> marks) {
        reports.outcome().addTo(marks);
        download.addTo(marks);
    }

    /** What its reports say. */
    @NonNull
    ReportOutcome reported() {
        return reports.outcome();
    }

    /** Why its artifacts are not where they are wanted; null if they are, or nobody wants them. */
    @CheckForNull
    String missing() {
        return download.problem();
    }

    /** Somebody waits for the end, and nobody for what comes after it. */
    void stopWaiting() {
        reports.stopWaiting();
        download.stopWaiting();
    }

    /** @return lines for the console; never fails. Somebody waits for the end of what was stopped, and nobody for its tests. */
    @NonNull
    CompletableFuture<List<String>> readReports(@NonNull BuildSnapshot last) {
        if (last.status().equals("STOPPED")) {
            reports.forget();
            return CompletableFuture.completedFuture(List.of());
        }
        boolean isTriedAgain = last.successor() != null || last.successorDue() || retries.mayFollow(last);
        return log.print(last).thenCompose(printed -> reports.read(last.id(), last.reportArns(), !isTriedAgain));
    }

    /** The build was to be tried again, and will not be after all: its tests are those to be recorded. Never fails. */
    @NonNull
    CompletableFuture<Void> leave(@NonNull BuildSnapshot last) {
        return reports.read(last.id(), last.reportArns(), true).thenAccept(told -> {
            String trouble = reported().trouble();
            if (trouble != null) {
                console.line(trouble);
            }
            show(last);
        });
    }

    /** Shows what the reports of a build say; nothing if they were not read. */
    void show(@NonNull BuildSnapshot last) {
        if (!reported().facts().isEmpty()) {
            reportsRead.accept(last.with(reported()));
        }
    }

    /** Never fails. */
    @NonNull
    CompletableFuture<Void> fetch(@NonNull BuildSnapshot last) {
        return last.succeeded()
                ? download.run(
                        new MakingBuild(last.id(), last.start(), last.end()),
                        last.artifacts().stream()
                                .map(BuildResult.Artifact::built)
                                .filter(Objects::nonNull)
                                .toList())
                : CompletableFuture.completedFuture(null);
    }
}
