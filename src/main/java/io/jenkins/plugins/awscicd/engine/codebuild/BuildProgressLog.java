package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.ProgressLog;
import io.jenkins.plugins.awscicd.engine.log.LogFollower;
import io.jenkins.plugins.awscicd.engine.log.LogLocation;
import io.jenkins.plugins.awscicd.engine.log.LogSink;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Tells a build: what was started, its phases with their durations, its own log as it comes, and how it ended, the cause of a
 * failure last. Where AWS tries again, the builds are told one after the other. The journal keeps how far it has got: the builds
 * told to their end, the one being told, its phases told and its log's token.
 */
final class BuildProgressLog implements ProgressLog<BuildSnapshot> {

    /** Always over at once, or not worth a line. */
    private static final Set<String> UNTOLD_PHASES = Set.of("SUBMITTED", "COMPLETED");

    /** How long after a build's end its last lines may become readable. */
    private static final Duration LATE = Duration.ofSeconds(5);
    /** The same for a build that was stopped: somebody waits, and nobody for its last lines. */
    private static final Duration LATE_WHEN_STOPPED = Duration.ofSeconds(2);

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final Journal journal;
    private final LogMode logMode;

    private final Set<String> reportedToEnd = new LinkedHashSet<>();
    private String build;
    private boolean commitReported;
    private int phasesReported;
    private String logToken;
    private LogFollower log;
    /** What was seen last: its phases are told when the log has been read so far. */
    private BuildSnapshot latest;

    private volatile LogEnd logEnd = new LogEnd();
    private boolean abandoned;

    BuildProgressLog(AwsSession session, Scheduler scheduler, JobConsole console, Journal journal, LogMode logMode) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.journal = journal;
        this.logMode = logMode;
        Map<String, String> marks = journal.read();
        Arrays.stream(marks.getOrDefault("ended", "").split(" "))
                .filter(id -> !id.isEmpty())
                .forEach(reportedToEnd::add);
        build = marks.get("build");
        commitReported = build != null && build.equals(marks.get("commit"));
        phasesReported = Integer.parseInt(marks.getOrDefault("phases", "0"));
        String token = marks.getOrDefault("log", "");
        logToken = token.isEmpty() ? null : token;
    }

    @Override
    public synchronized void observed(@NonNull BuildSnapshot now) {
        if (reportedToEnd.contains(now.id())) {
            return;
        }
        announce(now);
        tellCommit(now);
        followLog(now);
        latest = now;
        if (log == null || !log.isReading()) {
            tellPhases(now);
        } else {
            log.look(); // what the build has said in a phase is told before the phase's end
        }
    }

    private void announce(BuildSnapshot now) {
        if (now.id().equals(build)) {
            return;
        }
        boolean retry = build != null;
        build = now.id();
        phasesReported = 0;
        logToken = null;
        latest = null;
        logEnd = new LogEnd();
        commitReported = false;
        console.link(
                retry ? "AWS retries: " + now.name() : "Started " + now.name() + now.builds(),
                CodeBuild.consoleUrl(session, now));
        mark();
    }

    /** A branch is a commit only now. */
    private void tellCommit(BuildSnapshot now) {
        String commit = now.commit();
        if (commit != null && !commitReported) {
            commitReported = true;
            if (!commit.equals(now.askedVersion())) {
                console.line("Source is at commit " + commit);
            }
            mark();
        }
    }

    private void tellPhases(BuildSnapshot now) {
        int reported = phasesReported;
        List<BuildSnapshot.Phase> phases = now.phases();
        while (phasesReported < phases.size() && phases.get(phasesReported).took() != null) {
            tellPhase(phases.get(phasesReported++));
        }
        if (phasesReported != reported) {
            mark();
        }
    }

    private void tellPhase(BuildSnapshot.Phase phase) {
        Duration took = phase.took();
        if (took != null && !UNTOLD_PHASES.contains(phase.type())) {
            String line = String.format("%-16s %9s", phase.type(), Durations.inWords(took));
            console.line(phase.failed() ? line + "  " + phase.status() : line);
        }
    }

    private void followLog(BuildSnapshot now) {
        LogLocation location = now.log();
        if (log != null || location == null || logMode == LogMode.NONE) {
            return;
        }
        if (logMode == LogMode.STREAM) {
            log = new LogFollower(session, scheduler, location, logToken, new LogSink() {
                @Override
                public void page(List<String> messages, String next) {
                    tellLog(messages, next);
                }

                @Override
                public void caughtUp() {
                    tellLatestPhases();
                }

                @Override
                public void unreadable(AwsCallException why) {
                    tellLogTrouble("The log cannot be read at the moment, retrying: " + why.getMessage());
                }

                @Override
                public void readable() {
                    tellLogTrouble("The log can be read again");
                }

                @Override
                public void again() {
                    tellAgain();
                }
            });
            log.follow();
        } else if (logToken == null) {
            String url = now.logUrl();
            console.link("Log", url == null ? location.toString() : url);
            logToken = "told";
            mark();
        }
    }

    private synchronized void tellLog(List<String> messages, String next) {
        if (abandoned) {
            return;
        }
        console.raw(messages);
        logToken = next;
        mark();
        tellLatestPhases();
        logEnd.read(messages);
    }

    private synchronized void tellLatestPhases() {
        if (!abandoned && latest != null) {
            tellPhases(latest);
        }
    }

    private synchronized void tellLogTrouble(String line) {
        if (!abandoned) {
            console.line(line);
            tellLatestPhases(); // they do not wait for what the build has said
        }
    }

    private synchronized void tellAgain() {
        if (!abandoned) {
            console.line("AWS no longer knows the position in the log, so the log is repeated from the beginning");
        }
    }

    /** What was told is made to outlive this process before it counts as told. */
    private void mark() {
        console.flush();
        Map<String, String> marks = new HashMap<>();
        marks.put("build", build);
        if (!reportedToEnd.isEmpty()) {
            marks.put("ended", String.join(" ", reportedToEnd));
        }
        marks.put("commit", commitReported ? build : "");
        marks.put("phases", String.valueOf(phasesReported));
        marks.put("log", logToken == null ? "" : logToken);
        journal.write(marks);
    }

    @Override
    @NonNull
    public CompletableFuture<Void> ended(@NonNull BuildSnapshot last) {
        LogFollower rest;
        synchronized (this) {
            if (reportedToEnd.contains(last.id())) {
                return CompletableFuture.completedFuture(null);
            }
            announce(last);
            tellCommit(last);
            followLog(last);
            rest = log;
        }
        CompletableFuture<Void> drained = rest == null
                ? CompletableFuture.completedFuture(null)
                : rest.drain(late(last), () -> logEnd.isReached());
        return drained.handle((done, failure) -> {
            tellEnd(last, failure);
            return null;
        });
    }

    /** How long from now on lines may still become readable. When AWS says that it ended is by another clock than ours. */
    private static Duration late(BuildSnapshot last) {
        return last.status().equals("STOPPED") ? LATE_WHEN_STOPPED : LATE;
    }

    private synchronized void tellEnd(BuildSnapshot last, @CheckForNull Throwable logFailure) {
        log = null;
        if (abandoned) {
            return;
        }
        if (logFailure != null) {
            console.line("The log could not be read: "
                    + AwsCallException.unwrap(logFailure).getMessage());
        }
        tellPhases(last);
        String took = last.start() == null || last.end() == null
                ? "an unknown time"
                : Durations.inWords(Duration.between(last.start(), last.end()));
        if (last.succeeded()) {
            last.artifacts().forEach(artifact -> console.line("Artifact " + artifact.getLocation()));
            console.line(last.name() + " succeeded in " + took);
        } else {
            console.line(last.name() + " ended with status " + last.status() + " after " + took);
            console.line(last.cause());
        }
        reportedToEnd.add(last.id());
        mark();
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        if (log != null) {
            log.close();
        }
    }
}
