package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.List;

/** A console that knows for how long nothing was said on it. */
public final class TimedConsole extends JobConsole {

    private final JobConsole console;
    private final Scheduler scheduler;
    private volatile Moment last;

    public TimedConsole(@NonNull JobConsole console, @NonNull Scheduler scheduler) {
        this.console = console;
        this.scheduler = scheduler;
        last = scheduler.moment();
    }

    @NonNull
    public Duration silence() {
        return last.until(scheduler.moment());
    }

    @Override
    public void flush() {
        console.flush();
    }

    @Override
    protected void printLine(String text) {
        last = scheduler.moment();
        console.line(text);
    }

    @Override
    protected void printLink(String text, String url) {
        last = scheduler.moment();
        console.link(text, url);
    }

    @Override
    protected void printRaw(List<String> parts) {
        last = scheduler.moment();
        console.raw(parts);
    }
}
