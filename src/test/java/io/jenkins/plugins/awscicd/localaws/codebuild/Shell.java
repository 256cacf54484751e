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
 * The shell of a build. Each command is a process of its own; directory and variables, exported or not, go on from one to the next, as
 * "Shells and commands in build environments" in the CodeBuild user guide says of version 0.2.
 */
final class Shell {

    /** How often output is looked for, in milliseconds of real time. */
    private static final int POLL = 20;

    /** What the shell sets itself and does not let be set, and what would be in the way of the next one. */
    private static final String ITS_OWN =
            "BASH[A-Z_]*|DIRSTACK|EUID|FUNCNAME|GROUPS|LINENO|OPTIND|PIPESTATUS|PPID|SHELLOPTS|SHLVL|UID|_";

    /** Variables that are not exported come first: the exported ones are among them. */
    private static final String EPILOGUE = String.join(
            "\n",
            "local_aws_keep() {",
            "    [ -z \"$BASH_VERSION\" ] || set -o posix",
            "    (set) | command -p sed -E '/^(" + ITS_OWN + ")=/d' > \"$local_aws_env\"",
            "    export -p | command -p sed -E '/^(export|declare -[a-z]+) (" + ITS_OWN
                    + ")(=|$)/d' >> \"$local_aws_env\"",
            "    pwd > \"$local_aws_dir\"",
            "}",
            "trap 'local_aws_status=$?; set +x +e +u; local_aws_keep; exit $local_aws_status' EXIT");

    private final String program;
    private final Path home;
    private final Path environment;
    private final Path directory;
    private final Path script;
    private final Path output;
    private final OutputTail tail;
    private final ProcessTree processes;
    private final boolean remembers;

    /**
     * @param remembers whether what a command has set is there for the next; not in version 0.1
     * @param state where the shell keeps what goes from one command to the next
     * @param start the directory of the first command
     */
    Shell(
            String program,
            boolean remembers,
            Path state,
            Path home,
            Path start,
            ProcessTree processes,
            Consumer<String> lines)
            throws IOException {
        this.remembers = remembers;
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
        Files.writeString(script, String.join("\n", prologue(), remembers ? EPILOGUE : "", command, ""));
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
