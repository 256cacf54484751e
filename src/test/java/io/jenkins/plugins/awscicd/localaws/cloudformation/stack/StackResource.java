package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.time.Instant;

/** A resource of a stack: what it is called in the template, and what there is of it. */
public final class StackResource {

    private final String logicalId;
    private Physical physical;
    private String type;
    private String status;
    private String reason;
    private Instant since;
    private String drift = "NOT_CHECKED";
    private Instant driftChecked;
    private int signals;

    StackResource(String logicalId, String type) {
        this.logicalId = logicalId;
        this.type = type;
    }

    public String logicalId() {
        return logicalId;
    }

    public String type() {
        return type;
    }

    /** {@code null} before it is made. */
    public Physical physical() {
        return physical;
    }

    /** {@code null} before it is made. */
    public String physicalId() {
        return physical == null ? null : physical.id();
    }

    public String status() {
        return status;
    }

    /** {@code null} if there is nothing to say. */
    public String reason() {
        return reason;
    }

    public Instant since() {
        return since;
    }

    /** IN_SYNC, MODIFIED, DELETED or NOT_CHECKED. */
    public String drift() {
        return drift;
    }

    public Instant driftChecked() {
        return driftChecked;
    }

    public void drift(String value, Instant now) {
        drift = value;
        driftChecked = now;
    }

    void physical(Physical value) {
        physical = value;
        if (value != null) {
            type = value.spec().type();
        }
    }

    void become(String value, String why, Instant now) {
        status = value;
        reason = why;
        since = now;
    }

    int signals() {
        return signals;
    }

    void signal() {
        signals++;
    }
}
