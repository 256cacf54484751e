package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.logs.Logs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A build that runs nothing and behaves as its PLAINTEXT environment variables say; a thousand at once cost next to nothing.
 *
 * <ul>
 *   <li>{@code SIMULATED_SECONDS}: length of the BUILD phase; 60
 *   <li>{@code SIMULATED_STATUS}: SUCCEEDED, FAILED, FAULT or TIMED_OUT; several, by the attempts of a build, with commas
 *   <li>{@code SIMULATED_COMMIT}: what the version of the source turns out to be; none
 *   <li>{@code SIMULATED_LOG_LINES}: "line 000001" and so on; 0
 *   <li>{@code SIMULATED_LOG_SHAPE}: {@code even} over the BUILD phase; {@code burst-at-end}, evenly over its last 12 s;
 *       {@code one-timestamp}, all in the middle of it
 *   <li>{@code SIMULATED_LINE_LENGTH}: characters of a line; 11
 *   <li>{@code SIMULATED_EXPORTED_VARIABLES}: {@code A=1,B=2}
 *   <li>{@code SIMULATED_BREAKPOINT}: {@code true} if the BUILD phase begins with a breakpoint, at which debugged builds pause
 *   <li>{@code SIMULATED_QUEUED_SECONDS}, {@code SIMULATED_PROVISIONING_SECONDS}: instead of those of {@link CodeBuild}
 * </ul>
 */
final class SimulatedWork implements Work {

    private static final Duration BURST = Duration.ofSeconds(12);

    private final Build build;
    private final SimulatedTime time;
    private final Logs logs;
    private final Map<String, String> variables;
    private BuildLog log;
    private SimulatedLines lines;
    private SimulatedTime.Alarm end;
    private Over over;
    private Status brokenOff;
    private boolean paused;

    SimulatedWork(Build build, SimulatedTime time, Logs logs) {
        this.build = build;
        this.time = time;
        this.logs = logs;
        variables = build.settings().plainVariables();
    }

    @Override
    public synchronized void begin(Over whenOver) {
        over = whenOver;
        log = new BuildLog(logs, time, build.log());
        pass(PhaseType.DOWNLOAD_SOURCE);
        build.resolved(variables.get("SIMULATED_COMMIT"));
        pass(PhaseType.INSTALL);
        pass(PhaseType.PRE_BUILD);
        Instant now = time.now();
        build.enter(PhaseType.BUILD, now);
        log.container("Entering phase BUILD");
        if (Boolean.parseBoolean(variables.get("SIMULATED_BREAKPOINT"))) {
            log.container("Running command codebuild-breakpoint");
            paused = build.isDebugged();
        }
        if (paused) {
            end = () -> {};
            lines = new SimulatedLines(now.toEpochMilli(), 0, 0, 0);
        } else {
            work();
        }
        if (brokenOff != null) {
            breakOff(brokenOff);
        }
    }

    private void work() {
        Duration length = seconds(variables, "SIMULATED_SECONDS", Duration.ofSeconds(60));
        lines = lines(time.now(), length);
        log.section(lines);
        end = time.after(length, () -> end(outcome()));
    }

    @Override
    public synchronized void resume() {
        if (paused && over != null) {
            paused = false;
            log.container("Running command make");
            work();
        }
    }

    private SimulatedLines lines(Instant begin, Duration length) {
        int count = Integer.parseInt(variables.getOrDefault("SIMULATED_LOG_LINES", "0"));
        int lineLength = Integer.parseInt(variables.getOrDefault("SIMULATED_LINE_LENGTH", "11"));
        String shape = variables.getOrDefault("SIMULATED_LOG_SHAPE", "even").toLowerCase(Locale.ROOT);
        Duration span =
                switch (shape) {
                    case "even" -> length;
                    case "burst-at-end" -> length.compareTo(BURST) < 0 ? length : BURST;
                    case "one-timestamp" -> Duration.ZERO;
                    default ->
                        throw new IllegalArgumentException(
                                "SIMULATED_LOG_SHAPE is even, burst-at-end or one-timestamp, not " + shape);
                };
        Instant first = shape.equals("one-timestamp")
                ? begin.plus(length.dividedBy(2))
                : begin.plus(length).minus(span);
        return new SimulatedLines(first.toEpochMilli(), span.toMillis(), count, lineLength);
    }

    private Status outcome() {
        String[] statuses = variables
                .getOrDefault("SIMULATED_STATUS", Status.SUCCEEDED.name())
                .split(",");
        return Status.valueOf(statuses[Math.min(build.attempt(), statuses.length - 1)]);
    }

    @Override
    public synchronized void breakOff(Status why) {
        brokenOff = why;
        // It may be asked before it has begun.
        if (end != null) {
            end.cancel();
            end(why);
        }
    }

    private synchronized void end(Status status) {
        if (over == null) {
            return;
        }
        Instant now = time.now();
        lines.end(now.toEpochMilli());
        Phase.Context context =
                switch (status) {
                    case FAILED ->
                        new Phase.Context(
                                "COMMAND_EXECUTION_ERROR",
                                "Error while executing command: simulated. Reason: exit status 1");
                    case TIMED_OUT -> new Phase.Context("BUILD_TIMED_OUT", "Build has timed out. ");
                    case FAULT -> new Phase.Context("INTERNAL_SERVER_ERROR", "Build failed due to an internal error. ");
                    default -> Phase.Context.NONE;
                };
        if (status == Status.SUCCEEDED || status == Status.FAILED) {
            log.phaseComplete(PhaseType.BUILD, status, context);
        }
        build.leave(status, context, now);
        if (status == Status.SUCCEEDED || status == Status.FAILED) {
            pass(PhaseType.POST_BUILD);
            pass(PhaseType.UPLOAD_ARTIFACTS);
            build.export(exported());
        }
        Over reported = over;
        over = null;
        reported.over(status);
    }

    private Map<String, String> exported() {
        Map<String, String> exported = new LinkedHashMap<>();
        for (String pair :
                variables.getOrDefault("SIMULATED_EXPORTED_VARIABLES", "").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                exported.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return exported;
    }

    private void pass(PhaseType phase) {
        Instant now = time.now();
        build.enter(phase, now);
        log.container("Entering phase " + phase);
        log.phaseComplete(phase, Status.SUCCEEDED, Phase.Context.NONE);
        build.leave(Status.SUCCEEDED, Phase.Context.NONE, now);
    }

    /** A duration that a simulated build's variables may say. */
    static Duration seconds(Map<String, String> variables, String name, Duration otherwise) {
        String value = variables.get(name);
        return value == null ? otherwise : Duration.ofMillis((long) (Double.parseDouble(value) * 1000));
    }
}
