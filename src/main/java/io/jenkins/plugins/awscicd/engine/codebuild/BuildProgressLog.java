package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.log.LogFollower;
import io.jenkins.plugins.awscicd.engine.log.LogLocation;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reports a build: what was started, its phases with their durations, its own log as it comes, and how it ended, the cause of a
 * failure last. Where AWS tries again, the builds are reported one after the other. The journal keeps how far it has got: the builds
 * reported to their end, the one being reported, how many of its phases, its log's token, and how its tests ended.
 */
final class BuildProgressLog implements ProgressLog<BuildSnapshot> {

    /** In the journal, in place of a token: only the link to the log was printed. */
    private static final String LINKED = "told";
    /** In the journal: the build was started by something else. */
    private static final String ATTACHED = "attached";

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final Journal journal;
    private final LogMode logMode;

    private final Set<String> reportedToEnd = new LinkedHashSet<>();
    private String build;
    private boolean commitReported;
    private PhasedLog phased;
    /** Whether the build was started by something else. */
    private boolean attached;
    /** Whether the link to the log was printed, where the log itself is not. */
    private boolean logLinked;

    private LogFollower log;
    private final BuildAftermath aftermath;
    /** Whether the end was printed of the build that is being reported: what comes after it may take long. */
    private boolean endPrinted;

    private final BuildRetries retries;
    private volatile LogEnd logEnd = new LogEnd();
    private volatile DebugSession.Told debug;
    private volatile boolean abandoned;

    BuildProgressLog(
            AwsSession session,
            Scheduler scheduler,
            JobConsole console,
            Journal journal,
            LogMode logMode,
            TestRecorder tests,
            ArtifactReceiver artifacts,
            BuildRetries retries,
            Consumer<BuildSnapshot> reportsRead) {
        this.retries = retries;
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.journal = journal;
        this.logMode = logMode;
        Map<String, String> marks = journal.read();
        aftermath = new BuildAftermath(
                session, scheduler, console, logMode, tests, artifacts, retries, reportsRead, marks, () -> !abandoned);
        retries.whenLeft(last -> aftermath.leave(last).thenRun(this::mark));
        reportedToEnd.addAll(List.of(marks.getOrDefault("ended", "").split(" ")));
        reportedToEnd.remove("");
        build = marks.get("build");
        attached = marks.containsKey(ATTACHED);
        commitReported = build != null && build.equals(marks.get("commit"));
        endPrinted = build != null && build.equals(marks.get("printedEnd"));
        debug = new DebugSession.Told(console, scheduler, build != null && build.equals(marks.get("debug")));
        String token = marks.getOrDefault("log", "");
        logLinked = token.equals(LINKED);
        phased = phased(
                token.isEmpty() ? null : token,
                Integer.parseInt(marks.getOrDefault("printed", "0")),
                Integer.parseInt(marks.getOrDefault("phases", "0")));
    }

    private PhasedLog phased(@CheckForNull String token, int printed, int reported) {
        return new PhasedLog(console, session.time()::now, token, printed, reported);
    }

    @Override
    public void looked(@NonNull BuildSnapshot now) {
        debug.looked();
    }

    @Override
    public synchronized void observed(@NonNull BuildSnapshot now) {
        if (reportedToEnd.contains(now.id())) {
            return;
        }
        announce(now);
        reportCommit(now);
        if (debug.look(now.debug())) {
            mark();
        }
        marked(it -> it.phases(now.phases()));
        followLog(now);
        if (log == null || !log.isReading()) {
            marked(PhasedLog::reportOver);
        } else {
            log.look(); // what the build has said in a phase is printed before the phase's end
        }
    }

    private void announce(BuildSnapshot now) {
        if (now.id().equals(build)) {
            return;
        }
        boolean retry = build != null;
        build = now.id();
        phased = phased(null, 0, 0);
        logLinked = false;
        logEnd = new LogEnd();
        debug = new DebugSession.Told(console, scheduler, false);
        commitReported = false;
        endPrinted = false;
        String introduction = retries.introduction();
        String first = (attached ? "Following " : "Started ") + now.name() + now.builds();
        String next = introduction == null ? "AWS retries: " + now.name() : now.name() + " is " + introduction;
        console.link(retry ? next : first, CodeBuild.consoleUrl(session, now));
        mark();
    }

    /** A branch is a commit only now. */
    private void reportCommit(BuildSnapshot now) {
        String commit = now.commit();
        if (commit != null && !commitReported) {
            commitReported = true;
            if (!commit.equals(now.askedVersion())) {
                console.line("Source is at commit " + commit);
            }
            mark();
        }
    }

    /** Does this, and keeps how far it has come. */
    private void marked(Consumer<PhasedLog> printing) {
        PhasedLog here = phased;
        String token = here.token();
        int printed = here.printed();
        int reported = here.reported();
        printing.accept(here);
        if (!Objects.equals(token, here.token()) || printed != here.printed() || reported != here.reported()) {
            mark();
        }
    }

    private void followLog(BuildSnapshot now) {
        LogLocation location = now.log();
        if (log != null || location == null || logMode == LogMode.NONE) {
            return;
        }
        if (logMode == LogMode.FAILED && !now.failed()) {
            return;
        }
        if (logMode == LogMode.STREAM || logMode == LogMode.FAILED) {
            log = new LogFollower(
                    session, scheduler, location, phased.token(), new PhasedSink(console, this::read, this::printLog));
            log.follow();
        } else if (!logLinked) {
            String url = now.logUrl();
            console.link("Log", url == null ? location.toString() : url);
            logLinked = true;
            mark();
        }
    }

    private void read(List<String> messages) {
        logEnd.read(messages);
        debug.read(messages);
    }

    private synchronized void printLog(Consumer<PhasedLog> printing) {
        if (!abandoned) {
            marked(printing);
        }
    }

    /** What was printed is made to outlive this process before it counts as printed. */
    private void mark() {
        console.flush();
        Map<String, String> marks = new HashMap<>();
        marks.put("build", build);
        if (!reportedToEnd.isEmpty()) {
            marks.put("ended", String.join(" ", reportedToEnd));
        }
        marks.put("commit", commitReported ? build : "");
        marks.put("phases", String.valueOf(phased.reported()));
        String token = logLinked ? LINKED : phased.token();
        marks.put("log", token == null ? "" : token);
        marks.put("printed", String.valueOf(phased.printed()));
        marks.put("printedEnd", endPrinted ? build : "");
        marks.put("debug", debug.isTold() ? build : "");
        aftermath.addTo(marks);
        journal.write(marks);
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull BuildSnapshot last) {
        LogFollower rest;
        synchronized (this) {
            if (reportedToEnd.contains(last.id())) {
                if (last.id()
                        .equals(build)) { // of one that is tried again, it is known only until the next one's are read
                    aftermath.show(last);
                }
                return CompletableFuture.completedFuture(null);
            }
            announce(last);
            reportCommit(last);
            marked(it -> it.phases(last.phases()));
            followLog(last);
            rest = log;
        }
        CompletableFuture<Void> drained = rest == null
                ? CompletableFuture.completedFuture(null)
                : rest.drain(LogEnd.late(last), () -> logEnd.isReached());
        return drained.handle((done, failure) -> failure)
                .thenCombine(aftermath.readReports(last), (failure, lines) -> {
                    printEnd(last, failure, lines);
                    return last;
                })
                .thenCompose(aftermath::fetch)
                .thenRun(() -> close(last));
    }

    /** What is reported was started by something else. */
    synchronized void attach() {
        attached = true;
        journal.write(Map.of(ATTACHED, "true"));
    }

    @NonNull
    BuildAftermath aftermath() {
        return aftermath;
    }

    private synchronized void printEnd(BuildSnapshot last, @CheckForNull Throwable logFailure, List<String> reported) {
        log = null;
        if (abandoned || endPrinted) {
            return;
        }
        phased.close();
        if (logFailure != null) {
            console.line("The log could not be read: "
                    + AwsCallException.unwrap(logFailure).getMessage());
        }
        reported.forEach(console::line);
        aftermath.show(last);
        last.endInWords().forEach(console::line);
        endPrinted = true;
        mark();
    }

    private synchronized void close(BuildSnapshot last) {
        if (!abandoned) {
            reportedToEnd.add(last.id());
            mark();
        }
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        aftermath.stopWaiting();
        if (log != null) {
            log.close();
        }
    }
}
