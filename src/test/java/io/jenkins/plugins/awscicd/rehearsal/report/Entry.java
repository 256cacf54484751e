package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that takes time in a delivery, and what happens in it. Guarded by the {@link Timeline} that it belongs to. */
public final class Entry {

    /** What it is. */
    public enum Kind {
        DELIVERY,
        STAGE,
        JOB,
        QUESTION
    }

    /**
     * What somebody has answered.
     *
     * @param comment null for none
     * @param refusal why the answer does not count; null if it does
     */
    public record Answer(String who, String comment, String refusal, Instant when) {}

    /**
     * What a target of a deployment has gone through.
     *
     * @param status in AWS's word
     */
    public record Lifecycle(String target, String status, List<Progress.Phase> events) {}

    /** How many tests a build has run, and how they ended. */
    public record Tests(int total, int succeeded, int failed, int skipped) {}

    /** What is longer is shown from its end: it is read for how it ended. */
    private static final int MOST_LINES = 400;

    final Kind kind;
    final String title;
    final Instant begin;
    final List<Entry> parts = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final Map<String, String> facts = new LinkedHashMap<>();
    final List<Lifecycle> lifecycles = new ArrayList<>();
    /** What is done to a stack, or is to be. */
    final List<ResourceChange> changes = new ArrayList<>();
    /** What became of each resource of a stack. */
    final List<Progress.Phase> resources = new ArrayList<>();
    /** Null if it is not known of any. */
    Tests tests;

    int linesLeftOut;
    /** How far a job is; null if AWS has not said. */
    Progress progress;
    /** Null while it runs. */
    Instant end;
    /** A result's word, such as SUCCESS; null while it runs. */
    String result;
    /** Why it is no success; null if it is, or if a part of it says so. */
    String cause;

    Entry(Kind kind, String title, Instant begin) {
        this.kind = kind;
        this.title = title;
        this.begin = begin;
    }

    void line(String text) {
        lines.add(text);
        if (lines.size() > MOST_LINES) {
            lines.remove(0);
            linesLeftOut++;
        }
    }
}
