package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reports a batch: what was started, of which builds it is made, each of them with its phases and its log, and how all of it ended, the
 * cause of a failure last. The journal keeps what was told.
 */
final class BatchProgressLog implements ProgressLog<BatchSnapshot> {

    private static final String TOLD = "told";
    private static final String TREE = "tree";
    private static final String ENDED = "ended";
    /** Those of the batch's phases that say more than its builds do. */
    private static final List<String> TOLD_PHASES = List.of("DOWNLOAD_BATCHSPEC", "COMBINE_ARTIFACTS");

    private final Connected<BatchSnapshot> at;
    private final JobConsole console;
    private final BatchBuilds builds;
    private final BatchAftermath aftermath;
    /** What was told, each as one word. */
    private final Set<String> told = new LinkedHashSet<>();

    private boolean abandoned;

    BatchProgressLog(
            @NonNull Connected<BatchSnapshot> at, @NonNull BatchBuilds builds, @NonNull BatchAftermath aftermath) {
        this.at = at;
        this.console = at.console();
        this.builds = builds;
        this.aftermath = aftermath;
        Arrays.stream(at.journal().read().getOrDefault(TOLD, "").split(" "))
                .filter(word -> !word.isEmpty())
                .forEach(told::add);
    }

    @Override
    public void looked(@NonNull BatchSnapshot now) {
        synchronized (this) {
            if (!abandoned) {
                announce(now); // before anything of its builds
            }
        }
        builds.looked(now);
    }

    @Override
    public synchronized void observed(@NonNull BatchSnapshot now) {
        if (abandoned) {
            return;
        }
        int before = told.size();
        tell(now);
        if (told.size() != before) {
            mark();
        }
    }

    private void announce(BatchSnapshot now) {
        if (told.add(now.id())) {
            console.link(
                    "Started " + now.name() + BuildSnapshot.builds(now.source(), now.askedVersion()),
                    now.consoleUrl(at.session()));
            mark();
        }
    }

    private void tell(BatchSnapshot now) {
        String commit = now.commit();
        if (commit != null && told.add("commit") && !commit.equals(now.askedVersion())) {
            console.line("Source is at commit " + commit);
        }
        for (int i = 0; i < now.phases().size(); i++) {
            BuildSnapshot.Phase phase = now.phases().get(i);
            Duration took = phase.took();
            if (took != null && TOLD_PHASES.contains(phase.type()) && told.add("phase" + i)) {
                console.line(String.format(
                        Locale.ROOT, "%-20s %9s%s", phase.type(), Durations.inWords(took), status(phase)));
            }
        }
        // Before the buildspec is read, AWS lists no more than the build that downloads it.
        boolean known = now.members().size() > 1 || now.stage().equals("IN_PROGRESS");
        if (known && !now.members().isEmpty() && told.add(TREE)) {
            console.line("Builds of the batch:");
            new BatchTree(now).plan().forEach(console::line);
        }
    }

    private static String status(BuildSnapshot.Phase phase) {
        return phase.failed() ? "  " + phase.status() : "";
    }

    private void mark() {
        console.flush();
        at.journal().write(Map.of(TOLD, String.join(" ", told)));
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull BatchSnapshot last) {
        observed(last);
        return builds.ended(last)
                .thenCompose(reported -> isTold() ? none() : aftermath.read(last))
                .thenCompose(lines -> {
                    printEnd(builds.with(last), lines);
                    return aftermath.fetch(builds.with(last));
                });
    }

    private static CompletableFuture<List<String>> none() {
        return CompletableFuture.completedFuture(List.of());
    }

    private synchronized boolean isTold() {
        return abandoned || told.contains(ENDED);
    }

    private synchronized void printEnd(BatchSnapshot last, List<String> lines) {
        if (isTold()) {
            return;
        }
        new BatchTree(last).outcome().forEach(console::line);
        lines.forEach(console::line);
        last.endInWords().forEach(console::line);
        told.add(ENDED);
        mark();
    }

    @Override
    public void abandon() {
        synchronized (this) {
            abandoned = true;
        }
        aftermath.stopWaiting();
        builds.close();
    }

    /** How long something took; empty if that is not known. */
    @NonNull
    static String inWords(Duration took) {
        return took == null ? "" : Durations.inWords(took);
    }
}
