package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.BuildDownload;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.BuiltArtifact;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.MakingBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.report.BuildReports;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What is left to do when a batch has ended for good: the tests of its builds are recorded, and its artifacts are fetched. Of a build that was
 * tried again, the attempt that counts is the last one. Of what was stopped, nobody waits for either.
 */
final class BatchAftermath {

    private final Scheduler scheduler;
    private final Connected<BatchSnapshot> at;
    private final TestRecorder tests;
    private final BatchBuilds builds;
    private final BuildDownload download;
    private ReportOutcome reports;
    /** Those that are being read; null if none are. */
    private BuildReports reading;

    private boolean wanted = true;

    BatchAftermath(
            @NonNull Scheduler scheduler,
            @NonNull Connected<BatchSnapshot> at,
            @NonNull TestRecorder tests,
            @NonNull ArtifactReceiver artifacts,
            @NonNull BatchBuilds builds) {
        this.scheduler = scheduler;
        this.at = at;
        this.tests = tests;
        this.builds = builds;
        Map<String, String> marks = at.journal().read();
        reports = ReportOutcome.in(marks);
        download = new BuildDownload(at.session(), scheduler, at.console(), artifacts, marks);
    }

    /** What the reports of all builds say together. */
    @NonNull
    synchronized ReportOutcome reported() {
        return reports;
    }

    /** Why the artifacts are not where they are wanted; null if they are, or nobody wants them. */
    @CheckForNull
    String missing() {
        return download.problem();
    }

    private synchronized boolean isWanted() {
        return wanted;
    }

    /** Somebody waits for the end, and nobody for what comes after it. */
    void stopWaiting() {
        BuildReports now;
        synchronized (this) {
            wanted = false;
            now = reading;
        }
        if (now != null) {
            now.stopWaiting();
        }
        download.stopWaiting();
    }

    /** @return lines for the console; never fails */
    @NonNull
    CompletableFuture<List<String>> read(@NonNull BatchSnapshot last) {
        if (last.status().equals("STOPPED") || !isWanted()) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<ReportOutcome> sum = tests.mode() == null
                ? CompletableFuture.completedFuture(builds.reported(last))
                : record(builds.with(last));
        return sum.thenApply(outcome -> {
            keep(outcome);
            return lines(outcome, last);
        });
    }

    private CompletableFuture<ReportOutcome> record(BatchSnapshot last) {
        CompletableFuture<ReportOutcome> sum = CompletableFuture.completedFuture(ReportOutcome.NONE);
        for (BatchMember member : last.members()) {
            BuildSnapshot build = last.build(member.current());
            if (build != null
                    && !build.reportArns().isEmpty()
                    && !build.status().equals("STOPPED")) {
                sum = sum.thenCompose(
                        before -> record(build).thenApply(more -> before.plus(more.of(member.identifier()))));
            }
        }
        return sum.thenApply(all -> all.counts() == null && all.trouble() == null
                ? all.plus(new ReportOutcome(null, null, "The builds of the batch have no test reports"))
                : all);
    }

    private CompletableFuture<ReportOutcome> record(BuildSnapshot build) {
        BuildReports of = new BuildReports(at.session(), scheduler, tests, ReportOutcome.NONE, this::isWanted);
        synchronized (this) {
            reading = of;
        }
        return of.read(build.id(), build.reportArns(), isWanted())
                .thenApply(lines -> of.outcome().withoutMissingTests());
    }

    private void keep(ReportOutcome outcome) {
        synchronized (this) {
            reports = outcome;
        }
        Map<String, String> marks = new HashMap<>();
        outcome.addTo(marks);
        at.journal().write(marks);
        builds.read(outcome);
    }

    /** Each build's own were told with it. */
    private List<String> lines(ReportOutcome outcome, BatchSnapshot last) {
        List<String> lines = new ArrayList<>();
        if (last.members().size() > 1) {
            outcome.facts().forEach(fact -> lines.add("All builds: " + fact.value()));
        }
        String trouble = outcome.trouble();
        if (trouble != null && tests.mode() != null) {
            lines.add(trouble);
        }
        return lines;
    }

    /** Never fails. */
    @NonNull
    CompletableFuture<Void> fetch(@NonNull BatchSnapshot last) {
        if (!last.succeeded()) {
            return CompletableFuture.completedFuture(null);
        }
        Map<BuiltArtifact, MakingBuild> makers = artifacts(last);
        return download.run(last.id(), List.copyOf(makers.keySet()), makers::get)
                .thenRun(() -> {
                    Map<String, String> marks = new HashMap<>();
                    download.addTo(marks);
                    if (!marks.isEmpty() && isWanted()) {
                        at.journal().write(marks);
                    }
                });
    }

    /**
     * Those of each build, in a directory of its own; where AWS combines them, what it has made of them in the place of those that it names
     * alike. With who has made them.
     */
    static Map<BuiltArtifact, MakingBuild> artifacts(BatchSnapshot last) {
        Map<BuiltArtifact, MakingBuild> all = new LinkedHashMap<>();
        MakingBuild whole = new MakingBuild(last.id(), last.start(), last.end());
        built(last.artifacts()).forEach(one -> all.put(one, whole));
        Set<String> combined = new HashSet<>(); // null of the primary ones
        all.keySet().forEach(one -> combined.add(one.identifier()));
        for (BatchMember member : last.members()) {
            BuildSnapshot build = last.build(member.current());
            if (build != null && build.succeeded()) {
                MakingBuild by = new MakingBuild(build.id(), build.start(), build.end());
                built(last.artifacts(member)).stream()
                        .filter(one -> !combined.contains(one.identifier()))
                        .forEach(one -> all.put(one.below(member.identifier()), by));
            }
        }
        return all;
    }

    private static List<BuiltArtifact> built(List<BuildResult.Artifact> artifacts) {
        return artifacts.stream()
                .map(BuildResult.Artifact::built)
                .filter(Objects::nonNull)
                .toList();
    }
}
