package io.jenkins.plugins.awscicd.localaws.codecommit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine's git, with none of its configuration. */
final class GitProgram {

    private GitProgram() {}

    /** Runs a command of git and returns what it says. */
    static String run(Path directory, String... command) {
        try {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int exit = run(directory, Map.of(), InputStream.nullInputStream(), said, command);
            String text = said.toString(StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new IllegalStateException(
                        "git " + String.join(" ", command) + ": exit code " + exit + " " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of git between two streams. */
    static int run(Path directory, Map<String, String> environment, InputStream in, OutputStream out, String... command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("git"), List.of(command).stream()).toList());
        builder.directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "HOME", directory.toString()));
        // Whoever runs this may not be who made the directory.
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "safe.directory", "GIT_CONFIG_VALUE_0", "*"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        // What git is sent is small beside what it says: it reads all of a request before it answers.
        try (OutputStream to = process.getOutputStream()) {
            in.transferTo(to);
        } catch (IOException e) {
            // It has ended without reading on: its exit code tells.
        }
        try (InputStream from = process.getInputStream()) {
            from.transferTo(out);
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
