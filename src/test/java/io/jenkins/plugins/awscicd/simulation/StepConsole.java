package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A run's console, as long as its controller lives. */
final class StepConsole extends JobConsole {

    private final Step<?> step;
    private final BooleanSupplier alive;

    StepConsole(Step<?> step, BooleanSupplier alive) {
        this.step = step;
        this.alive = alive;
    }

    @Override
    protected void printLine(String text) {
        if (alive.getAsBoolean()) {
            step.line(text);
        }
    }

    @Override
    protected void printLink(String text, String url) {
        printLine(text);
    }

    @Override
    protected void printRaw(List<String> parts) {
        if (alive.getAsBoolean()) {
            step.raw(parts);
        }
    }

    @Override
    public void flush() {
        // nothing is held back
    }
}
