package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where a job tells its story: a build's console, a terminal. Called by one thread at a time. Nothing that is told steers what it is
 * shown on, whoever has written it: all goes through {@link PlainText} first.
 */
public abstract class JobConsole {

    private volatile boolean closed;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Null if it is a whole one. */
    private final JobConsole whole;

    protected JobConsole() {
        whole = null;
    }

    /** Part of another one, where several jobs are told of: what is said of one of them ends the silence of all. */
    protected JobConsole(@NonNull JobConsole whole) {
        this.whole = whole;
    }

    /** @param heard run whenever something is printed, also if it is on another part of the same console */
    final void onPrint(@NonNull Runnable heard) {
        if (whole != null) {
            whole.onPrint(heard);
        } else {
            listeners.add(heard);
        }
    }

    /** Not any more. */
    final void offPrint(@NonNull Runnable heard) {
        if (whole != null) {
            whole.offPrint(heard);
        } else {
            listeners.remove(heard);
        }
    }

    /** Prints a line of our own. */
    public final void line(@NonNull String text) {
        if (!closed) {
            listeners.forEach(Runnable::run);
            printLine(PlainText.unbroken(text));
        }
    }

    /** Prints a line of our own that leads somewhere. */
    public final void link(@NonNull String text, @NonNull String url) {
        if (!closed) {
            listeners.forEach(Runnable::run);
            printLink(PlainText.unbroken(text), PlainText.unbroken(url));
        }
    }

    /**
     * Prints what the remote job itself has printed: each part as it is, with its line end if it has one, and with its colours; but nothing
     * else that steers a terminal, nor what Jenkins would take for a note of its own.
     */
    public final void raw(@NonNull List<String> parts) {
        if (!closed) {
            listeners.forEach(Runnable::run);
            printRaw(parts.stream().map(PlainText::output).toList());
        }
    }

    /** The step is over: what becomes of its job from now on is not told here any more. */
    public final void close() {
        closed = true;
    }

    /** Makes sure that what was printed outlives this process. */
    public abstract void flush();

    protected abstract void printLine(@NonNull String text);

    protected abstract void printLink(@NonNull String text, @NonNull String url);

    /** @param parts those without a line end are to get one */
    protected abstract void printRaw(@NonNull List<String> parts);
}
