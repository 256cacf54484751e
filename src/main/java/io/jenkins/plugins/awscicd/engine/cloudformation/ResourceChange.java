package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a change set does to one resource. Plain data, as it is kept with the run. */
public final class ResourceChange implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    private final String action;
    private final String logicalId;
    private final String physicalId;
    private final String type;
    private final String replacement;
    private final String policyAction;
    private final String scope;
    private final ArrayList<PropertyChange> properties;

    /**
     * @param action {@code Add}, {@code Modify}, {@code Remove}, {@code Import}, {@code Dynamic} or {@code SyncWithActual}
     * @param logicalId with those of the nested stacks that it is in, such as {@code Network/Vpc}
     * @param physicalId empty if it is still to be made
     * @param replacement {@code True}, {@code False} or {@code Conditional}; empty if it is not modified
     * @param policyAction what becomes of the old one, such as {@code ReplaceAndRetain}; empty if AWS does not say
     * @param scope what is changed where no property is, such as {@code Tags}; empty if nothing
     */
    public ResourceChange(
            @NonNull String action,
            @NonNull String logicalId,
            @NonNull String physicalId,
            @NonNull String type,
            @NonNull String replacement,
            @NonNull String policyAction,
            @NonNull String scope,
            @NonNull List<PropertyChange> properties) {
        this.action = action;
        this.logicalId = logicalId;
        this.physicalId = physicalId;
        this.type = type;
        this.replacement = replacement;
        this.policyAction = policyAction;
        this.scope = scope;
        this.properties = new ArrayList<>(properties);
    }

    /** {@code Add}, {@code Modify}, {@code Remove}, {@code Import}, {@code Dynamic} or {@code SyncWithActual}. */
    @NonNull
    public String getAction() {
        return action;
    }

    /** With those of the nested stacks that it is in, such as {@code Network/Vpc}. */
    @NonNull
    public String getLogicalId() {
        return logicalId;
    }

    /** Empty if it is still to be made. */
    @NonNull
    public String getPhysicalId() {
        return physicalId;
    }

    /** Such as {@code AWS::EC2::Instance}. */
    @NonNull
    public String getType() {
        return type;
    }

    /** Whether it is replaced by a new one: {@code True}, {@code False} or {@code Conditional}; empty if it is not modified. */
    @NonNull
    public String getReplacement() {
        return replacement;
    }

    /** What becomes of the old one, such as {@code ReplaceAndRetain}; empty if AWS does not say. */
    @NonNull
    public String getPolicyAction() {
        return policyAction;
    }

    /** What is changed where no property is, such as {@code Tags}; empty if nothing. */
    @NonNull
    public String getScope() {
        return scope;
    }

    @NonNull
    public List<PropertyChange> getProperties() {
        return new ArrayList<>(properties);
    }

    /** Whether it is, or may be, replaced by a new one. */
    public boolean replaces() {
        return replacement.equals("True") || replacement.equals("Conditional");
    }

    @Override
    public String toString() {
        return action + " " + logicalId + " (" + type + ")";
    }
}
