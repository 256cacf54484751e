package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;

/** What a change set does to one property of a resource. Plain data, as it is kept with the run. */
public final class PropertyChange implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String before;
    private final String after;
    private final String recreation;
    private final String cause;

    /**
     * @param name the property's path, such as {@code InstanceType}
     * @param before null if there is no value before, or AWS does not say
     * @param after null if there is no value after, or AWS does not say
     * @param recreation {@code Never}, {@code Conditionally} or {@code Always}: whether this change alone replaces the resource
     * @param cause what it comes from, such as a parameter; empty if from the template alone
     */
    public PropertyChange(
            @NonNull String name,
            @CheckForNull String before,
            @CheckForNull String after,
            @NonNull String recreation,
            @NonNull String cause) {
        this.name = name;
        this.before = before;
        this.after = after;
        this.recreation = recreation;
        this.cause = cause;
    }

    /** The property's path. */
    @NonNull
    public String getName() {
        return name;
    }

    /** Its value before; null if there is none, or AWS does not say. */
    @CheckForNull
    public String getBefore() {
        return before;
    }

    /** Its value after; null if there is none, or AWS does not say. */
    @CheckForNull
    public String getAfter() {
        return after;
    }

    /** Whether this change alone replaces the resource: {@code Never}, {@code Conditionally} or {@code Always}. */
    @NonNull
    public String getRecreation() {
        return recreation;
    }

    /** What it comes from, such as a parameter; empty if from the template alone. */
    @NonNull
    public String getCause() {
        return cause;
    }

    @Override
    public String toString() {
        return name + ": " + (before == null ? "?" : before) + " -> " + (after == null ? "?" : after);
    }
}
