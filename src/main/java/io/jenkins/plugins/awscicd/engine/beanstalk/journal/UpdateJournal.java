package io.jenkins.plugins.awscicd.engine.beanstalk.journal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.execution.JournalPart;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is kept of one update in its journal, by what it means; of all marks there those of an update are known here alone. */
public final class UpdateJournal implements Journal {

    private static final String LABEL = "label";
    private static final String VERSION_ASKED = "versionAsked";
    private static final String REQUEST = "request";
    private static final String PREPARED = "prepared";
    private static final String ASKED = "asked";
    private static final String FIRST_ASKED = "firstAsked";
    private static final String ENVIRONMENT = "environment";
    private static final String PREVIOUS = "previous";
    private static final String PREVIOUS_CNAME = "previousCname";
    private static final String RUN = "run";
    private static final String ORDER = "order";
    private static final String CONFIGURED = "configured";
    private static final String EVENTS = "events";
    private static final String EXPLAINED = "explained";

    private final Journal marks;

    private UpdateJournal(Journal marks) {
        this.marks = marks;
    }

    @NonNull
    public static UpdateJournal of(@NonNull Journal marks) {
        return marks instanceof UpdateJournal same ? same : new UpdateJournal(marks);
    }

    /** That of the update of settings and platform which comes before the version's. */
    @NonNull
    public UpdateJournal configuration() {
        return new UpdateJournal(new JournalPart(marks, "configuration"));
    }

    /** That of the update which brings the version before back. */
    @NonNull
    public UpdateJournal rollBack() {
        return new UpdateJournal(new JournalPart(marks, "rollBack"));
    }

    @Override
    public Map<String, String> read() {
        return marks.read();
    }

    @Override
    public void write(Map<String, String> more) {
        marks.write(more);
    }

    /** Null if it is not kept, or empty. */
    @CheckForNull
    private Instant at(String mark) {
        String at = get(mark);
        return at.isEmpty() ? null : Instant.parse(at);
    }

    /** The version that is deployed; empty until it is known. */
    @NonNull
    public String label() {
        return get(LABEL);
    }

    public boolean hasLabel() {
        return has(LABEL);
    }

    public void label(@NonNull String label) {
        put(LABEL, label);
    }

    /** The version that was there before; empty if there was none, or it is not known. */
    @NonNull
    public String previous() {
        return get(PREVIOUS);
    }

    /** Whether a version is neither the one that is deployed nor the one before, which is known. */
    public boolean isThird(@NonNull String versionLabel) {
        return !previous().isEmpty() && !List.of(previous(), label()).contains(versionLabel);
    }

    /** What the environment had then; null if an earlier version has not kept it. */
    @CheckForNull
    public String previousCname() {
        return read().get(PREVIOUS_CNAME);
    }

    /** @param cname what the environment has; empty if it has none */
    public void previous(@NonNull String label, @NonNull String cname) {
        marks.write(Map.of(PREVIOUS, label, PREVIOUS_CNAME, cname));
    }

    /** The call that has begun it, by which AWS names its events; null until it is known. */
    @CheckForNull
    public String request() {
        return read().get(REQUEST);
    }

    public void request(@NonNull String id) {
        put(REQUEST, id);
    }

    /**
     * There is no update, as it is another step's that is gone on from.
     *
     * @param request the call that has prepared it; null if that is not known
     */
    public void prepared(@NonNull String label, @NonNull String previous, @CheckForNull String request) {
        marks.write(Map.of(LABEL, label, PREVIOUS, previous, PREPARED, request == null ? "" : request));
    }

    /** The call that has brought the version where it is, this step's or that which it goes on from; null if that is not known. */
    @CheckForNull
    public String deployedBy() {
        String prepared = get(PREPARED);
        return prepared.isEmpty() ? request() : prepared;
    }

    /** When AWS was asked for it last, and may have begun it, by AWS's clock; null if it was not, or has refused since. */
    @CheckForNull
    public Instant asked() {
        return at(ASKED);
    }

    /** The same of the first time: from then on it may have begun. */
    @CheckForNull
    public Instant firstAsked() {
        Instant first = at(FIRST_ASKED);
        return first == null ? asked() : first;
    }

    /** AWS is being asked for it. */
    public void asked(@NonNull Instant at, @NonNull Turn turn) {
        Instant first = firstAsked();
        marks.write(Map.of(
                ASKED,
                at.toString(),
                FIRST_ASKED,
                (first == null ? at : first).toString(),
                RUN,
                turn.name(),
                ORDER,
                String.valueOf(turn.order())));
    }

    /** AWS has refused the first call: what is begun at that time is not ours, whatever the events leave open. */
    public void refused() {
        marks.write(Map.of(ASKED, "", FIRST_ASKED, ""));
    }

    /** The run that has asked for it; null if that is not known. */
    @CheckForNull
    public Turn turn() {
        String run = read().get(RUN);
        return run == null ? null : new Turn(run, Long.parseLong(read().getOrDefault(ORDER, "0")));
    }

    /** When AWS was first asked to make the version, by its clock; null if it was not. */
    @CheckForNull
    public Instant versionAsked() {
        return at(VERSION_ASKED);
    }

    public void versionAsked(@NonNull Instant at) {
        put(VERSION_ASKED, at.toString());
    }

    /** The id of the environment in which it has begun; null until then. */
    @CheckForNull
    public String environment() {
        return read().get(ENVIRONMENT);
    }

    public void environment(@NonNull String id) {
        put(ENVIRONMENT, id);
    }

    /** Whether settings and platform are as they are to be. */
    public boolean isConfigured() {
        return Boolean.parseBoolean(get(CONFIGURED));
    }

    public void configured(boolean so) {
        put(CONFIGURED, Boolean.toString(so));
    }

    /** How many events were told. */
    public int events() {
        String events = get(EVENTS);
        return events.isEmpty() ? 0 : Integer.parseInt(events);
    }

    public void events(int reported) {
        put(EVENTS, String.valueOf(reported));
    }

    /** Whether it was told why it has failed. */
    public boolean isExplained() {
        return has(EXPLAINED);
    }

    public void explained() {
        put(EXPLAINED, "yes");
    }
}
