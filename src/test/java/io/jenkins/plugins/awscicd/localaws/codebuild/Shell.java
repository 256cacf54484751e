package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The shell of a build. Each command is a process of its own, as in CodeBuild's containers; directory and exported variables go on from
 * one to the next.
 */
final class Shell {

    /** How often output is looked for, in milliseconds of real time. */
    private static final int POLL = 20;

    private final String program;
    private final Path home;
    private final Path environment;
    private final Path directory;
    private final Path script;
    private final Path output;
    private final OutputTail tail;
    private final ProcessTree processes;

    /**
     * @param state where the shell keeps what goes from one command to the next
     * @param start the directory of the first command
     */
    Shell(String program, Path state, Path home, Path start, ProcessTree processes, Consumer<String> lines)
            throws IOException {
        this.processes = processes;
        this.program = program;
        this.home = home;
        environment = state.resolve("env.sh");
        directory = state.resolve("dir.txt");
        script = state.resolve("script.sh");
        output = Files.createFile(state.resolve("output.txt"));
        tail = new OutputTail(output, lines);
        Files.createFile(environment);
        Files.writeString(directory, start + "\n");
    }

    /** Sets variables for the commands to come. */
    void export(Map<String, String> variables) throws IOException {
        StringBuilder lines = new StringBuilder();
        variables.forEach((name, value) -> lines.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('\n'));
        Files.writeString(environment, lines, StandardOpenOption.APPEND);
    }

    /** Runs one command and returns its exit status; its output is passed on while it runs. */
    int run(String command) throws IOException, InterruptedException {
        Files.writeString(
                script,
                String.join(
                        "\n",
                        prologue(),
                        "trap 'local_aws_status=$?; export -p > \"$local_aws_env\"; pwd > \"$local_aws_dir\"; exit $local_aws_status' EXIT",
                        command,
                        ""));
        Process process = process(output).start();
        try {
            processes.add(process);
            while (!process.waitFor(POLL, TimeUnit.MILLISECONDS)) {
                tail.follow();
                processes.look();
            }
        } finally {
            tail.end();
        }
        return process.exitValue();
    }

    /** The output of a command that leaves nothing behind: no variables, no lines in the log. */
    String evaluate(String command) throws IOException, InterruptedException {
        Path result = Files.createTempFile(script.getParent(), "result", ".txt");
        Files.writeString(script, String.join("\n", prologue(), command, ""));
        Process process = process(result)
                .redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        process.waitFor();
        return Files.readString(result);
    }

    private String prologue() {
        return String.join(
                "\n",
                "local_aws_env=" + quoted(environment.toString()),
                "local_aws_dir=" + quoted(directory.toString()),
                ". \"$local_aws_env\"",
                "cd \"$(cat \"$local_aws_dir\")\"");
    }

    private ProcessBuilder process(Path out) {
        ProcessBuilder builder = new ProcessBuilder(program, script.toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
        // What the build may see of this machine is in the variables; the host's own may be secret.
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        return builder;
    }

    static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
