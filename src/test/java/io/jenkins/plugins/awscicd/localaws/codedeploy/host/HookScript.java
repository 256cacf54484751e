package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.AppSpec.Hook;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs one script of a lifecycle event, as the agent does. */
final class HookScript {

    /**
     * Runs $1 with its output in $2, line by line and each line with its stream, and its process id in $3. Like the agent, it is not
     * done before everybody has closed these streams, the script's background processes included. With monitor mode the script gets
     * a process group of its own.
     */
    private static final String RUNNER = """
            set -m
            pipes=$3.pipes
            mkdir "$pipes" || exit 1
            mkfifo "$pipes/out" "$pipes/err"
            log() { while IFS= read -r line || [ -n "$line" ]; do printf '[%s]%s\\n' "$1" "$line" >>"$2"; done; }
            log stdout "$2" <"$pipes/out" & out=$!
            log stderr "$2" <"$pipes/err" & err=$!
            # Its number is known before it does anything.
            { echo "$BASHPID" >"$3"; exec "$1"; } >"$pipes/out" 2>"$pipes/err" </dev/null &
            wait $!
            status=$?
            wait "$out" "$err"
            rm -rf "$pipes"
            exit "$status"
            """;

    private final Path archive;
    private final Hook hook;
    private final Path log;
    private final Map<String, String> variables;
    private final Path directory;
    private final SimulatedTime time;
    private final HostProcesses processes;

    /**
     * @param archive the unpacked revision that the script belongs to
     * @param log to which its output is added
     * @param directory where it runs
     */
    HookScript(
            Path archive,
            Hook hook,
            Path log,
            Map<String, String> variables,
            Path directory,
            SimulatedTime time,
            HostProcesses processes) {
        this.archive = archive;
        this.hook = hook;
        this.log = log;
        this.variables = variables;
        this.directory = directory;
        this.time = time;
        this.processes = processes;
    }

    /** @param tree gets the processes while they run, to be killed if the deployment is broken off */
    void run(ProcessTree tree, long logStart) throws IOException, InterruptedException, HostException {
        String location = hook.location();
        Path script = archive.resolve(location).normalize();
        if (!script.startsWith(archive) || !Files.isRegularFile(script)) {
            throw new HostException(withLog(Diagnostics.scriptMissing(location), logStart));
        }
        // The real agent, too, makes it executable; only if it cannot, the event fails.
        if (!Files.isExecutable(script) && !script.toFile().setExecutable(true, false)) {
            throw new HostException(Diagnostics.scriptNotExecutable(location, logSince(logStart)));
        }
        Files.writeString(log, "Script - " + location + "\n", StandardOpenOption.APPEND);
        Path pid = Files.createTempFile(log.getParent(), "script", ".pid");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-c", RUNNER, "bash", script.toString(), log.toString(), pid.toString())
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        tree.add(process);
        AtomicBoolean late = new AtomicBoolean();
        SimulatedTime.Alarm alarm = time.after(Duration.ofSeconds(hook.timeout()), () -> {
            late.set(true);
            kill(tree, pid);
        });
        int exitCode = process.waitFor();
        alarm.cancel();
        long group = group(pid);
        if (group > 0) {
            processes.leftBy(group);
        }
        Files.deleteIfExists(pid);
        if (late.get()) {
            throw new HostException(Diagnostics.scriptTimedOut(location, hook.timeout(), logSince(logStart)));
        }
        if (exitCode != 0) {
            throw new HostException(Diagnostics.scriptFailed(location, exitCode, logSince(logStart)));
        }
    }

    private static void kill(ProcessTree tree, Path pid) {
        try {
            long group = group(pid);
            if (group > 0) {
                // Also those whose parent has gone: they are what keeps the streams open.
                HostProcesses.members(group).forEach(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            // The tree is all that is known.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tree.kill();
    }

    /** 0 when the script has not begun. */
    private static long group(Path pid) throws IOException {
        String text = Files.exists(pid) ? Files.readString(pid).strip() : "";
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private Diagnostics withLog(Diagnostics diagnostics, long logStart) throws IOException {
        return new Diagnostics(
                diagnostics.errorCode(), diagnostics.scriptName(), diagnostics.message(), logSince(logStart));
    }

    private String logSince(long start) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        return new String(bytes, (int) start, bytes.length - (int) start, StandardCharsets.UTF_8);
    }
}
