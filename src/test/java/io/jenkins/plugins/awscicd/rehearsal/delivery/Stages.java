package io.jenkins.plugins.awscicd.rehearsal.delivery;

import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.rehearsal.report.Entry;
import io.jenkins.plugins.awscicd.rehearsal.report.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The stages that are open, one within the other, and how they come out. */
public final class Stages {

    private static final class Stage {
        final String name;
        Result result = Result.SUCCESS;

        Stage(String name) {
            this.name = name;
        }
    }

    private final Console console;
    private final Environment env;
    private final Timeline timeline;
    private final Deque<Stage> open = new ArrayDeque<>();
    private final Map<Throwable, String> failedIn = new IdentityHashMap<>();

    Stages(Console console, Environment env, Timeline timeline) {
        this.console = console;
        this.env = env;
        this.timeline = timeline;
    }

    /** Runs a stage, with a line at its begin and one at its end. */
    public <T> T run(String name, Supplier<T> body) {
        Stage stage = new Stage(name);
        open.push(stage);
        console.line("");
        console.line("=== " + name);
        Entry entry = timeline.open(Entry.Kind.STAGE, name);
        String cause = null;
        long begin = System.nanoTime();
        try {
            return env.with(Map.of("STAGE_NAME", name), body);
        } catch (RuntimeException | Error e) {
            stage.result = stage.result.and(StepFailure.resultOf(e));
            failedIn.putIfAbsent(e, name);
            cause = console.masked(StepFailure.messageOf(e));
            throw e;
        } finally {
            open.pop();
            timeline.close(entry, stage.result.name(), cause);
            console.line("=== " + name + ": " + stage.result + " in "
                    + Durations.inWords(Duration.ofNanos(System.nanoTime() - begin)));
            if (!open.isEmpty()) {
                open.element().result = open.element().result.and(stage.result);
            }
        }
    }

    /** A stage that does not run. */
    public void skip(String name, String why) {
        console.line("");
        console.line("=== " + name + ": skipped, as " + why);
        timeline.skipped(name, "Skipped because " + why);
    }

    /** Makes the result of the innermost open stage worse. */
    public void worsen(Result result) {
        if (!open.isEmpty()) {
            open.element().result = open.element().result.and(result);
        }
    }

    /** How the innermost open stage has come out so far. */
    public Result result() {
        return open.isEmpty() ? Result.SUCCESS : open.element().result;
    }

    /** What a person is told of a failure: the stage that it comes from, and what happened. */
    public String tell(Throwable failure) {
        String stage = failedIn.get(failure);
        if (stage == null && !open.isEmpty()) {
            stage = open.element().name;
        }
        return stage == null ? StepFailure.messageOf(failure) : stage + ": " + StepFailure.messageOf(failure);
    }

    /** The same for something that failed nothing. */
    public String tell(String what) {
        return open.isEmpty() ? what : open.element().name + ": " + what;
    }
}
