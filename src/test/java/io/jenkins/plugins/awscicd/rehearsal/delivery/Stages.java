package io.jenkins.plugins.awscicd.rehearsal.delivery;

import io.jenkins.plugins.awscicd.engine.time.Durations;
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
    private final Deque<Stage> open = new ArrayDeque<>();
    private final Map<Throwable, String> failedIn = new IdentityHashMap<>();

    Stages(Console console, Environment env) {
        this.console = console;
        this.env = env;
    }

    /** Runs a stage, with a line at its begin and one at its end. */
    public <T> T run(String name, Supplier<T> body) {
        Stage stage = new Stage(name);
        open.push(stage);
        console.line("");
        console.line("=== " + name);
        long begin = System.nanoTime();
        try {
            return env.with(Map.of("STAGE_NAME", name), body);
        } catch (RuntimeException | Error e) {
            stage.result = stage.result.and(StepFailure.resultOf(e));
            failedIn.putIfAbsent(e, name);
            throw e;
        } finally {
            open.pop();
            console.line("=== " + name + ": " + stage.result + " in "
                    + Durations.inWords(Duration.ofNanos(System.nanoTime() - begin)));
            if (!open.isEmpty()) {
                open.element().result = open.element().result.and(stage.result);
            }
        }
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
