package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.log.LogSink;
import java.util.List;
import java.util.function.Consumer;

/** Takes a build's log as it is read, to be printed between the build's phases. */
final class PhasedSink implements LogSink {

    private final JobConsole console;
    private final Consumer<List<String>> read;
    private final Consumer<Consumer<PhasedLog>> printing;

    /**
     * @param read gets what was read, once it is printed or held
     * @param printing does this with what is printed of the build, unless nobody reads it any more
     */
    PhasedSink(
            @NonNull JobConsole console,
            @NonNull Consumer<List<String>> read,
            @NonNull Consumer<Consumer<PhasedLog>> printing) {
        this.console = console;
        this.read = read;
        this.printing = printing;
    }

    @Override
    public void page(List<String> messages, String next) {
        printing.accept(it -> {
            it.page(messages, next);
            read.accept(messages);
        });
    }

    @Override
    public void caughtUp() {
        printing.accept(PhasedLog::caughtUp);
    }

    @Override
    public void unreadable(AwsCallException why) {
        trouble("The log cannot be read at the moment, retrying: " + why.getMessage());
    }

    @Override
    public void readable() {
        trouble("The log can be read again");
    }

    private void trouble(String line) {
        printing.accept(it -> {
            it.close(); // the phases do not wait for what the build has said
            console.line(line);
        });
    }

    @Override
    public void again() {
        printing.accept(it -> {
            it.again();
            console.line("AWS no longer knows the position in the log, so the log is repeated from the beginning");
        });
    }
}
