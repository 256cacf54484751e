package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.HashMap;
import java.util.Map;

/** The marks of one part of a step, in the step's journal under names of their own. */
public final class JournalPart implements Journal {

    private final Journal whole;
    private final String prefix;

    public JournalPart(@NonNull Journal whole, @NonNull String name) {
        this.whole = whole;
        this.prefix = name + ".";
    }

    @Override
    public Map<String, String> read() {
        Map<String, String> part = new HashMap<>();
        whole.read().forEach((mark, value) -> {
            if (mark.startsWith(prefix)) {
                part.put(mark.substring(prefix.length()), value);
            }
        });
        return part;
    }

    @Override
    public void write(Map<String, String> marks) {
        Map<String, String> part = new HashMap<>();
        marks.forEach((mark, value) -> part.put(prefix + mark, value));
        whole.write(part);
    }
}
