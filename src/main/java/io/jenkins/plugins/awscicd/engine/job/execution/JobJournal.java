package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.HashMap;
import java.util.Map;

/** A step's journal with what is kept in it of every job, until the step is over: then it is kept for this process alone. */
final class JobJournal implements Journal {

    /** Whatever guards where it goes to has let it begin. */
    private static final String ADMITTED = "admitted";

    private final Journal kept;
    private final JobState<?> state;
    private final Map<String, String> afterwards = new HashMap<>();

    JobJournal(@NonNull Journal kept, @NonNull JobState<?> state) {
        this.kept = kept;
        this.state = state;
    }

    /** Null if it is not known. */
    @CheckForNull
    String id() {
        return read().get(JobExecution.ID);
    }

    void started(@NonNull String id) {
        write(Map.of(JobExecution.ID, id));
    }

    /** What AWS has started in place of the job; null if it has started nothing. */
    @CheckForNull
    String now() {
        return read().get(JobExecution.NOW);
    }

    void replaced(@NonNull String id) {
        write(Map.of(JobExecution.NOW, id));
    }

    boolean isAdmitted() {
        return read().containsKey(ADMITTED);
    }

    void admitted() {
        write(Map.of(ADMITTED, "true"));
    }

    @Override
    public synchronized Map<String, String> read() {
        Map<String, String> marks = new HashMap<>(kept.read());
        marks.putAll(afterwards);
        return marks;
    }

    @Override
    public synchronized void write(Map<String, String> marks) {
        if (state.isOver()) {
            afterwards.putAll(marks); // whoever keeps the journal may have deleted it
        } else {
            kept.write(marks);
        }
    }
}
