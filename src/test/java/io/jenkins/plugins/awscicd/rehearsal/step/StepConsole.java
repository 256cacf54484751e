package io.jenkins.plugins.awscicd.rehearsal.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A step's console. Our own lines carry the service's name, so that they stand out from the job's log. */
final class StepConsole extends JobConsole {

    private final Console console;
    private final String prefix;
    /** What the next line begins with, once. */
    private final AtomicReference<String> opening;

    /** @param stage the first line names it; null for none */
    StepConsole(Console console, String service, @CheckForNull String stage) {
        this.opening = new AtomicReference<>(stage == null ? "" : "Stage " + stage + ": ");
        this.console = console;
        this.prefix = "[" + service + "] ";
    }

    @Override
    protected void printLine(String text) {
        console.line(prefix + opening.getAndSet("") + text);
    }

    @Override
    protected void printLink(String text, String url) {
        console.line(prefix + opening.getAndSet("") + text + ": " + url);
    }

    @Override
    protected void printRaw(List<String> parts) {
        console.lines(parts);
    }

    @Override
    public void flush() {
        // the console does so after each line
    }
}
