package io.jenkins.plugins.awscicd.rehearsal.delivery;

import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.rehearsal.report.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A delivery under way: all that its steps share. Belongs to the thread that it is made on. */
public final class Delivery implements AutoCloseable {

    private final Console console;
    private final Timeline timeline;
    private final Environment env;
    private final Stages stages;
    private final Interruption interruption;
    private final CurrentBuild build;
    private final Map<String, Object> params = new LinkedHashMap<>();
    private final Path workspace;
    private final Deque<Path> directories = new ArrayDeque<>();
    private final Path scratch;

    /**
     * @param job the job's full name
     * @param starter who has started it
     * @param workspace the directory that stands for a checkout
     * @param terminal the environment variables to begin with
     */
    public Delivery(
            Console console,
            String job,
            String starter,
            Path workspace,
            Map<String, String> terminal,
            Scheduler scheduler)
            throws IOException {
        this.console = console;
        timeline = new Timeline(job + " #1");
        console.listener(timeline::line);
        this.workspace = workspace.toAbsolutePath().normalize();
        env = new Environment(terminal);
        stages = new Stages(console, env, timeline);
        interruption = new Interruption(scheduler);
        build = new CurrentBuild(job, starter);
        scratch = Files.createTempDirectory("rehearsal");
        env.set("WORKSPACE", this.workspace);
        env.set("JOB_NAME", build.getFullProjectName());
        env.set("JOB_BASE_NAME", build.getProjectName());
        env.set("BUILD_NUMBER", build.getNumber());
        env.set("BUILD_ID", build.getId());
        env.set("BUILD_DISPLAY_NAME", build.getDisplayName());
        env.set("BUILD_TAG", "jenkins-" + job.replace('/', '-') + "-" + build.getNumber());
        env.set("EXECUTOR_NUMBER", 0);
        env.set("NODE_NAME", "built-in");
    }

    public Console console() {
        return console;
    }

    /** What has happened. */
    public Timeline timeline() {
        return timeline;
    }

    public Environment env() {
        return env;
    }

    public Stages stages() {
        return stages;
    }

    public Interruption interruption() {
        return interruption;
    }

    public CurrentBuild build() {
        return build;
    }

    public Map<String, Object> params() {
        return params;
    }

    /** Gives a parameter its default; environment variables have it as well. */
    public void parameter(String name, Object value) {
        params.put(name, value);
        env.set(name, value);
    }

    /** Makes the delivery's and the open stage's result worse. */
    public void worsen(Result result, String why) {
        build.worsen(result, stages.tell(why));
        stages.worsen(result);
    }

    public Path workspace() {
        return workspace;
    }

    /** The directory that the script is in, by {@code dir}. */
    public Path directory() {
        return directories.isEmpty() ? workspace : directories.element();
    }

    /** Runs a block in another directory, which is made if it is not there. */
    public <T> T in(String directory, Supplier<T> body) {
        try {
            directories.push(
                    Files.createDirectories(directory().resolve(directory).normalize()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return body.get();
        } finally {
            directories.pop();
        }
    }

    /** A directory for what must not be in the workspace; gone after the delivery. */
    public Path scratch() {
        return scratch;
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(scratch)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
