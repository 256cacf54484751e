package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What happens in a delivery, in order. The delivery's thread and the engine's both tell it. */
public final class Timeline {

    private final Entry delivery;
    private final Deque<Entry> open = new ArrayDeque<>();

    public Timeline(String job) {
        delivery = new Entry(Entry.Kind.DELIVERY, job, Instant.now());
        open.push(delivery);
    }

    /** Something begins; what happens from now on happens in it. */
    public synchronized Entry open(Entry.Kind kind, String title) {
        Entry entry = new Entry(kind, title, Instant.now());
        open.element().parts.add(entry);
        open.push(entry);
        return entry;
    }

    /**
     * It has ended, and all that was begun in it.
     *
     * @param cause why it is no success; null if it is
     */
    public synchronized void close(Entry entry, String result, String cause) {
        while (open.contains(entry)) {
            Entry ended = open.pop();
            ended.end = Instant.now();
            ended.result = result;
        }
        entry.cause = cause;
    }

    /** A stage that does not run. */
    public synchronized void skipped(String stage, String why) {
        close(open(Entry.Kind.STAGE, stage), "SKIPPED", why);
    }

    /** A line of the console. */
    public synchronized void line(String text) {
        // What comes after the end, such as where the report is, is nobody's.
        if (!open.isEmpty()) {
            open.element().line(text);
        }
    }

    /** How far a job is. */
    public synchronized void progress(Entry job, Progress now) {
        job.progress = now;
    }

    /** What the targets of a deployment went through. */
    public synchronized void lifecycles(Entry job, List<Entry.Lifecycle> targets) {
        job.lifecycles.addAll(targets);
    }

    /** What a change set does. */
    public synchronized void changes(Entry entry, List<ResourceChange> changes) {
        entry.changes.addAll(changes);
    }

    /** What became of the resources of a stack. */
    public synchronized void resources(Entry job, List<Progress.Phase> resources) {
        job.resources.addAll(resources);
    }

    /** The tests that a build has run. */
    public synchronized void tests(Entry job, Entry.Tests tests) {
        job.tests = tests;
    }

    /** Something that is known of an entry, such as for which stage it is. */
    public synchronized void fact(Entry entry, String name, String value) {
        if (value != null && !value.isBlank()) {
            entry.facts.put(name, value);
        }
    }

    public synchronized void answer(Entry question, Entry.Answer answer) {
        question.answers.add(answer);
    }

    /** The same of whatever is under way. */
    public synchronized void fact(String name, String value) {
        fact(open.element(), name, value);
    }

    /** The delivery has ended. */
    public synchronized void end(String result, String cause) {
        close(delivery, result, cause);
    }

    /** Looks at all of it at one moment. */
    synchronized void read(Consumer<Entry> reader) {
        reader.accept(delivery);
    }
}
