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

    /** While AWS is at work on it for somebody else: {@code wait}, the default, or {@code fail}. */
    @CheckForNull
    public String getWhenBusy() {
        return text("whenBusy");
    }

    @DataBoundSetter
    public void setWhenBusy(@CheckForNull String whenBusy) {
        keep("whenBusy", whenBusy);
    }

    /** Where a template goes that is too large for a call. */
    @CheckForNull
    public String getBucket() {
        return text("bucket");
    }

    @DataBoundSetter
    public void setBucket(@CheckForNull String bucket) {
        keep("bucket", bucket);
    }

    /** The folder in that bucket. */
    @CheckForNull
    public String getKeyPrefix() {
        return text("keyPrefix");
    }

    @DataBoundSetter
    public void setKeyPrefix(@CheckForNull String keyPrefix) {
        keep("keyPrefix", keyPrefix);
    }

    /** The KMS key to encrypt the upload with. */
    @CheckForNull
    public String getKmsKey() {
        return text("kmsKey");
    }

    @DataBoundSetter
    public void setKmsKey(@CheckForNull String kmsKey) {
        keep("kmsKey", kmsKey);
    }

    /** Whether stacks are deleted, and with the last of them the stack set. */
    @CheckForNull
    public Boolean getDelete() {
        return flag("delete");
    }

    @DataBoundSetter
    public void setDelete(@CheckForNull Boolean delete) {
        keep("delete", delete);
    }

    /** Whether people are asked before anything is done. */
    @CheckForNull
    public Boolean getApprove() {
        return flag("approve");
    }

    @DataBoundSetter
    public void setApprove(@CheckForNull Boolean approve) {
        keep("approve", approve);
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

    /** After how many minutes it is stopped, its wait included; 1 to 10080. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return number("timeoutMinutes");
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        keep("timeoutMinutes", timeoutMinutes);
    }
}
