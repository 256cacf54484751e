package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import java.util.List;

/** A step's console. Our own lines carry the service's name, so that they stand out from the job's log. */
final class StepConsole implements JobConsole {

    private final Console console;
    private final String prefix;

    StepConsole(Console console, String service) {
        this.console = console;
        this.prefix = "[" + service + "] ";
    }

    @Override
    public void line(String text) {
        console.line(prefix + text);
    }

    @Override
    public void link(String text, String url) {
        console.line(prefix + text + ": " + url);
    }

    @Override
    public void raw(List<String> parts) {
        console.lines(parts);
    }

    @Override
    public void flush() {
        // the console does so after each line
    }
}
