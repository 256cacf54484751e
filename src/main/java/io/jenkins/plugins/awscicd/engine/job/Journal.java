package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;

/**
 * How far a job's story has been told, kept outside of the run's own state, so that it can be written after each batch of log
 * lines: after a crash the story goes on there, with one batch repeated at the most.
 */
public interface Journal {

    /** Nothing is kept: for a process that cannot be resumed anyway. */
    Journal NONE = new Journal() {
        @Override
        public Map<String, String> read() {
            return Map.of();
        }

        @Override
        public void write(Map<String, String> marks) {
            // nothing is kept
        }
    };

    /** The marks that are kept; empty if there are none. */
    @NonNull
    Map<String, String> read();

    /** Adds these marks to those that are kept, all or nothing. A failure is not fatal: it is for the journal to report. */
    void write(@NonNull Map<String, String> marks);

    /** What is kept as this mark; empty if nothing is. */
    @NonNull
    default String get(@NonNull String mark) {
        return read().getOrDefault(mark, "");
    }

    /** Whether this mark is kept, be it empty. */
    default boolean has(@NonNull String mark) {
        return read().containsKey(mark);
    }

    /** Adds one mark. */
    default void put(@NonNull String mark, @NonNull String value) {
        write(Map.of(mark, value));
    }
}
