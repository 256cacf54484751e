package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import java.util.List;

/** A step's console. Our own lines carry the service's name, so that they stand out from the job's log. */
final class StepConsole extends JobConsole {

    private final Console console;
    private final String prefix;

    StepConsole(Console console, String service) {
        this.console = console;
        this.prefix = "[" + service + "] ";
    }

    @Override
    protected void printLine(String text) {
        console.line(prefix + text);
    }

    @Override
    protected void printLink(String text, String url) {
        console.line(prefix + text + ": " + url);
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
