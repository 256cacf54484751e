package io.jenkins.plugins.awscicd.localaws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks sources out of git repositories, with the machine's git but none of its configuration. */
public final class Git {

    /** Git has refused; the message is its own. */
    public static final class Failure extends Exception {
        private Failure(String message) {
            super(message);
        }
    }

    /** {@code refs/heads/main^{commit}}: a commit, and the branch in which it is found. */
    private static final Pattern PINNED = Pattern.compile("(.+)\\^\\{([0-9a-fA-F]{7,64})}");

    private final Path home;
    private final ProcessTree processes;

    /** @param home a directory for its configuration */
    public Git(Path home, ProcessTree processes) throws IOException {
        this.home = home;
        this.processes = processes;
        // Repositories of tests may belong to somebody else, and submodules of theirs are files too.
        Files.writeString(
                home.resolve(".gitconfig"),
                "[safe]\n\tdirectory = *\n[protocol \"file\"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n");
    }

    /**
     * Checks a version out and returns the commit.
     *
     * @param version a branch, tag, commit, {@code pr/1} or {@code ref^{commit}}; {@code null} for the default branch
     * @param depth of history; 0 for all of it
     */
    public String checkOut(String url, String version, int depth, boolean submodules, Path directory)
            throws IOException, InterruptedException, Failure {
        if (version == null) {
            List<String> clone = new ArrayList<>(List.of("clone", "--quiet"));
            if (depth > 0) {
                clone.add("--depth=" + depth);
            }
            clone.addAll(List.of(url, directory.toString()));
            must(home, clone);
        } else {
            must(home, List.of("clone", "--quiet", "--no-checkout", url, directory.toString()));
            must(directory, List.of("checkout", "--quiet", "--force", resolve(directory, version)));
        }
        if (submodules) {
            must(directory, List.of("submodule", "--quiet", "update", "--init", "--recursive"));
        }
        return must(directory, List.of("rev-parse", "HEAD")).strip();
    }

    private String resolve(Path directory, String version) throws IOException, InterruptedException, Failure {
        Matcher pinned = PINNED.matcher(version);
        if (pinned.matches()) {
            return pinned.group(2);
        }
        if (version.startsWith("pr/")) {
            must(directory, List.of("fetch", "--quiet", "origin", "refs/pull/" + version.substring(3) + "/head"));
            return "FETCH_HEAD";
        }
        String plain = version.replaceFirst("^refs/(heads|tags)/", "");
        // A branch is only known as the remote's; checking it out by its own name would make a local one.
        boolean branch = run(directory, List.of("rev-parse", "--quiet", "--verify", "refs/remotes/origin/" + plain))
                        .status()
                == 0;
        return branch ? "refs/remotes/origin/" + plain : plain;
    }

    private String must(Path directory, List<String> arguments) throws IOException, InterruptedException, Failure {
        Result result = run(directory, arguments);
        if (result.status() != 0) {
            throw new Failure(result.output().strip());
        }
        return result.output();
    }

    private record Result(int status, String output) {}

    private Result run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        process.getOutputStream().close();
        processes.add(process);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
