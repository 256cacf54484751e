package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.Trees;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.s3.S3Object;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An instance that is a folder: its application is in {@code var/app/current}, as on a real instance, and its logs are in
 * {@code var/log}.
 */
final class FolderInstance {

    private static final Set<String> HOOKS = Set.of("prebuild", "predeploy", "postdeploy");
    private static final int TAIL_LINES = 100;
    private static final long STARTING_SECONDS = 15;

    private final Path root;
    private final int port;
    private final S3 s3;
    private volatile WebProcess web;
    private volatile String command;
    private Map<String, String> variables = Map.of();

    FolderInstance(Path root, int port, S3 s3) {
        this.root = root;
        this.port = port;
        this.s3 = s3;
    }

    int port() {
        return port;
    }

    private Path current() {
        return root.resolve("var/app/current");
    }

    private Path log(String name) throws IOException {
        return Files.createDirectories(root.resolve("var/log")).resolve(name);
    }

    private void tell(String level, String message) throws IOException {
        Files.writeString(
                log("eb-engine.log"),
                "[" + level + "] " + message + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Unpacks a version, checks it, and starts it in the place of the one that runs. However long that takes. */
    CommandResult deploy(Version version, Map<String, String> settings) throws InterruptedException {
        try {
            try {
                tell("INFO", "Executing instruction: StageApplication, version " + version.label());
                Path staging = root.resolve("var/app/staging");
                Trees.delete(staging);
                Files.createDirectories(staging);
                String start = version.bucket() == null ? null : stage(version, staging);
                replace(staging, start, settings);
                tell("INFO", "Instance deployment completed successfully.");
                return CommandResult.SUCCESS;
            } catch (IOException e) {
                tell(
                        "ERROR",
                        "An error occurred during execution of command [app-deploy] - [StageApplication]. Stop"
                                + " running the command. Error: " + e.getMessage());
                return CommandResult.failed(Simulation.OUTPUT);
            }
        } catch (IOException e) {
            return CommandResult.failed(e.getMessage());
        }
    }

    /** @return the command of its web process */
    private String stage(Version version, Path staging) throws IOException {
        S3Object bundle = s3.object(version.bucket(), version.key())
                .orElseThrow(() -> new IOException("download of s3://" + version.bucket() + "/" + version.key()
                        + " failed: the source bundle is not there"));
        String problem = SourceBundle.problem(bundle.file());
        if (problem != null) {
            throw new IOException(problem);
        }
        Archive.unpack(bundle.file(), staging);
        checkHooks(staging);
        return Procfile.web(staging);
    }

    /** Hooks are not run: they are made to change a machine of their own. */
    private static void checkHooks(Path staging) throws IOException {
        Path hooks = staging.resolve(".platform/hooks");
        if (!Files.isDirectory(hooks)) {
            return;
        }
        for (Map.Entry<String, Path> hook : Archive.files(hooks).entrySet()) {
            String directory = hook.getKey().replaceFirst("/.*", "");
            String beginning = new String(Files.readAllBytes(hook.getValue()), StandardCharsets.ISO_8859_1);
            boolean program = beginning.startsWith("#!") || beginning.startsWith("\u007fELF");
            if (!HOOKS.contains(directory) || !program) {
                throw new IOException("the hook .platform/hooks/" + hook.getKey()
                        + " failed with error fork/exec: exec format error");
            }
        }
    }

    private synchronized void replace(Path staging, String start, Map<String, String> settings)
            throws IOException, InterruptedException {
        end();
        Trees.delete(current());
        Files.move(staging, current());
        command = start;
        variables = settings;
        start();
    }

    private void start() throws IOException, InterruptedException {
        if (command == null) {
            // The sample application has nothing to start.
            return;
        }
        tell("INFO", "Executing instruction: start process web: " + command + ", PORT=" + port);
        web = WebProcess.start(command, current(), port, variables, log("web.stdout.log"));
        web.await(STARTING_SECONDS);
    }

    synchronized void restart() throws IOException, InterruptedException {
        end();
        start();
    }

    /** Does not wait for what is being done. */
    Health health() {
        WebProcess running = web;
        if (command == null) {
            return Health.of(HealthStatus.OK);
        }
        if (running == null || !running.alive()) {
            return Health.of(HealthStatus.SEVERE, "Following services are not running: web.");
        }
        return running.answers()
                ? Health.of(HealthStatus.OK)
                : Health.of(HealthStatus.SEVERE, "ELB health is failing or not available for all instances.");
    }

    /** The last lines of each log file. */
    String tail() {
        StringBuilder all = new StringBuilder();
        try {
            for (String name : List.of("eb-engine.log", "web.stdout.log")) {
                Path file = log(name);
                if (Files.exists(file)) {
                    List<String> lines = Files.readString(file).lines().toList();
                    String rule = "-".repeat(40) + "\n";
                    all.append(rule)
                            .append("/var/log/")
                            .append(name)
                            .append('\n')
                            .append(rule);
                    lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())
                            .forEach(line -> all.append(line).append('\n'));
                    all.append("\n\n");
                }
            }
        } catch (IOException e) {
            all.append(e);
        }
        return all.toString();
    }

    /** Ends its web process. */
    synchronized void end() throws InterruptedException {
        if (web != null) {
            web.end();
            web = null;
        }
    }

    void delete() throws IOException, InterruptedException {
        end();
        Trees.delete(root);
    }
}
