package io.jenkins.plugins.awscicd.engine;

import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import java.util.ArrayList;
import java.util.List;

/** A console that keeps what it is told: our own lines, and what the remote job has printed. */
public final class RecordedConsole extends JobConsole {

    private final List<String> lines = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final List<String> raw = new ArrayList<>();
    private int unflushed;
    private boolean broken;

    @Override
    protected synchronized void printLine(String text) {
        check();
        lines.add(text);
        unflushed++;
    }

    @Override
    protected synchronized void printLink(String text, String url) {
        check();
        lines.add(text);
        links.add(url);
        unflushed++;
    }

    @Override
    protected synchronized void printRaw(List<String> parts) {
        check();
        raw.addAll(parts);
        unflushed++;
    }

    @Override
    public synchronized void flush() {
        unflushed = 0;
    }

    private void check() {
        if (broken) {
            throw new IllegalStateException("The console is closed");
        }
    }

    /** From now on nothing can be printed. */
    public synchronized void breakDown() {
        broken = true;
    }

    /** Our own lines, links included. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Where the links lead. */
    public synchronized List<String> links() {
        return List.copyOf(links);
    }

    /** What the remote job has printed, message by message. */
    public synchronized List<String> raw() {
        return List.copyOf(raw);
    }

    /** What the remote job has printed but for the frame that CodeBuild puts around it. */
    public List<String> output() {
        return raw().stream()
                .filter(message -> !message.startsWith("[Container] "))
                .toList();
    }

    /** How often something was printed since the last flush. */
    public synchronized int unflushed() {
        return unflushed;
    }

    public String lastLine() {
        List<String> all = lines();
        return all.get(all.size() - 1);
    }
}
