package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code cloudFormationStackSet} that are a text, a number or a yes or no. */
public abstract class StackSetArguments extends TemplateArguments {

    /** The stack set. */
    @CheckForNull
    public String getStackSet() {
        return text("stackSet");
    }

    @DataBoundSetter
    public void setStackSet(@CheckForNull String stackSet) {
        keep("stackSet", stackSet);
    }

    /** The role by which CloudFormation takes on those of other accounts; null for the one that the stack set has, or else AWS's default. */
    @CheckForNull
    public String getAdministrationRoleArn() {
        return text("administrationRoleArn");
    }

    @DataBoundSetter
    public void setAdministrationRoleArn(@CheckForNull String administrationRoleArn) {
        keep("administrationRoleArn", administrationRoleArn);
    }

    /** The role in each account; null for the one that the stack set has, or else AWS's default. */
    @CheckForNull
    public String getExecutionRoleName() {
        return text("executionRoleName");
    }

    @DataBoundSetter
    public void setExecutionRoleName(@CheckForNull String executionRoleName) {
        keep("executionRoleName", executionRoleName);
    }

    /** {@code SELF_MANAGED} or {@code SERVICE_MANAGED}; null for what the stack set has, or else AWS's default. */
    @CheckForNull
    public String getPermissionModel() {
        return text("permissionModel");
    }

    @DataBoundSetter
    public void setPermissionModel(@CheckForNull String permissionModel) {
        keep("permissionModel", permissionModel);
    }

    /** {@code SELF} or {@code DELEGATED_ADMIN}; null for AWS's default. */
    @CheckForNull
    public String getCallAs() {
        return text("callAs");
    }

    @DataBoundSetter
    public void setCallAs(@CheckForNull String callAs) {
        keep("callAs", callAs);
    }

    /** Which accounts of organizational units are meant; null for all. */
    @CheckForNull
    public String getAccountFilter() {
        return text("accountFilter");
    }

    @DataBoundSetter
    public void setAccountFilter(@CheckForNull String accountFilter) {
        keep("accountFilter", accountFilter);
    }

    /** {@code STRICT_FAILURE_TOLERANCE} or {@code SOFT_FAILURE_TOLERANCE}; null for AWS's default. */
    @CheckForNull
    public String getConcurrencyMode() {
        return text("concurrencyMode");
    }

    @DataBoundSetter
    public void setConcurrencyMode(@CheckForNull String concurrencyMode) {
        keep("concurrencyMode", concurrencyMode);
    }

    /** {@code SEQUENTIAL} or {@code PARALLEL}; null for AWS's default. */
    @CheckForNull
    public String getRegionConcurrency() {
        return text("regionConcurrency");
    }

    @DataBoundSetter
    public void setRegionConcurrency(@CheckForNull String regionConcurrency) {
        keep("regionConcurrency", regionConcurrency);
    }

    /** Whether the stacks stay in their accounts. */
    @CheckForNull
    public Boolean getRetainStacks() {
        return flag("retainStacks");
    }

    @DataBoundSetter
    public void setRetainStacks(@CheckForNull Boolean retainStacks) {
        keep("retainStacks", retainStacks);
    }
}
