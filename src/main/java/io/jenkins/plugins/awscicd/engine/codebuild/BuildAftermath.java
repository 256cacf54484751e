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
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What is left to do when a build has ended: its log is read where that is in S3 alone, its reports are read, and its artifacts are fetched. */
public final class BuildAftermath {

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

    /**
     * Whether what has succeeded is a success of the step as well.
     *
     * @param name of the build or batch
     * @param url its page in the AWS console
     * @param missing why its artifacts are not where they are wanted; null if they are
     */
    @NonNull
    public static Verdict verdict(
            @NonNull String name,
            @NonNull String url,
            @NonNull TestRecorder tests,
            @NonNull ReportOutcome reported,
            @CheckForNull String missing) {
        String problem = tests.mode() == TestResults.FAIL ? reported.problem() : null;
        if (problem != null) {
            return new Verdict(Verdict.End.FAILED, name + " succeeded, but its tests did not: " + problem, url);
        }
        return missing == null
                ? new Verdict(Verdict.End.SUCCEEDED, name, url)
                : new Verdict(
                        Verdict.End.FAILED,
                        name + " succeeded, but its artifacts were not downloaded: " + missing,
                        url);
    }

    /** Has the run be unstable, if that is what its tests are to make it. */
    public static void judge(@NonNull String name, @NonNull TestRecorder tests, @NonNull ReportOutcome reported) {
        String problem = reported.problem();
        if (problem != null && tests.mode() == TestResults.UNSTABLE) {
            tests.unstable(name + ": " + problem);
        }
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
