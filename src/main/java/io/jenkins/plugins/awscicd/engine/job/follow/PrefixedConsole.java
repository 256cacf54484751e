package io.jenkins.plugins.awscicd.engine.job.follow;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import java.util.List;

/** Part of a console that several jobs are reported on at once: each line begins with whose it is. */
final class PrefixedConsole extends JobConsole {

    private final JobConsole whole;
    private final String prefix;

    PrefixedConsole(@NonNull JobConsole whole, @NonNull String name) {
        super(whole);
        this.whole = whole;
        this.prefix = PlainText.name(name) + " | ";
    }

    @Override
    public void flush() {
        whole.flush();
    }

    @Override
    protected void printLine(@NonNull String text) {
        synchronized (whole) {
            whole.line(prefix + text);
        }
    }

    @Override
    protected void printLink(@NonNull String text, @NonNull String url) {
        synchronized (whole) {
            whole.link(prefix + text, url);
        }
    }

    @Override
    protected void printRaw(@NonNull List<String> parts) {
        synchronized (whole) {
            whole.raw(parts.stream().map(part -> prefix + part).toList());
        }
    }
}
