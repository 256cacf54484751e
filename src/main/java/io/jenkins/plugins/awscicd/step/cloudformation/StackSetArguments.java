package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.step.Arguments;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code cloudFormationStackSet} that are a text, a number or a yes or no. */
public abstract class StackSetArguments extends AwsStep {

    private final Arguments arguments = new Arguments();

    /** What was given, by name. */
    @NonNull
    final Map<String, Object> toMap() {
        return arguments.toMap();
    }

    /** The stack set. */
    @CheckForNull
    public String getStackSet() {
        return arguments.get("stackSet", String.class);
    }

    @DataBoundSetter
    public void setStackSet(@CheckForNull String stackSet) {
        arguments.set("stackSet", stackSet);
    }

    /** What AWS shows of its purpose. */
    @CheckForNull
    public String getDescription() {
        return arguments.get("description", String.class);
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        arguments.set("description", description);
    }

    /** The role by which CloudFormation takes on those of other accounts; null for the one that the stack set has, or else AWS's default. */
    @CheckForNull
    public String getAdministrationRoleArn() {
        return arguments.get("administrationRoleArn", String.class);
    }

    @DataBoundSetter
    public void setAdministrationRoleArn(@CheckForNull String administrationRoleArn) {
        arguments.set("administrationRoleArn", administrationRoleArn);
    }

    /** The role in each account; null for the one that the stack set has, or else AWS's default. */
    @CheckForNull
    public String getExecutionRoleName() {
        return arguments.get("executionRoleName", String.class);
    }

    @DataBoundSetter
    public void setExecutionRoleName(@CheckForNull String executionRoleName) {
        arguments.set("executionRoleName", executionRoleName);
    }

    /** {@code SELF_MANAGED} or {@code SERVICE_MANAGED}; null for what the stack set has, or else AWS's default. */
    @CheckForNull
    public String getPermissionModel() {
        return arguments.get("permissionModel", String.class);
    }

    @DataBoundSetter
    public void setPermissionModel(@CheckForNull String permissionModel) {
        arguments.set("permissionModel", permissionModel);
    }

    /** {@code SELF} or {@code DELEGATED_ADMIN}; null for AWS's default. */
    @CheckForNull
    public String getCallAs() {
        return arguments.get("callAs", String.class);
    }

    @DataBoundSetter
    public void setCallAs(@CheckForNull String callAs) {
        arguments.set("callAs", callAs);
    }

    /** Which accounts of organizational units are meant; null for all. */
    @CheckForNull
    public String getAccountFilter() {
        return arguments.get("accountFilter", String.class);
    }

    @DataBoundSetter
    public void setAccountFilter(@CheckForNull String accountFilter) {
        arguments.set("accountFilter", accountFilter);
    }

    /** {@code STRICT_FAILURE_TOLERANCE} or {@code SOFT_FAILURE_TOLERANCE}; null for AWS's default. */
    @CheckForNull
    public String getConcurrencyMode() {
        return arguments.get("concurrencyMode", String.class);
    }

    @DataBoundSetter
    public void setConcurrencyMode(@CheckForNull String concurrencyMode) {
        arguments.set("concurrencyMode", concurrencyMode);
    }

    /** {@code SEQUENTIAL} or {@code PARALLEL}; null for AWS's default. */
    @CheckForNull
    public String getRegionConcurrency() {
        return arguments.get("regionConcurrency", String.class);
    }

    @DataBoundSetter
    public void setRegionConcurrency(@CheckForNull String regionConcurrency) {
        arguments.set("regionConcurrency", regionConcurrency);
    }

    /** While AWS is at work on it for somebody else: {@code wait}, the default, or {@code fail}. */
    @CheckForNull
    public String getWhenBusy() {
        return arguments.get("whenBusy", String.class);
    }

    @DataBoundSetter
    public void setWhenBusy(@CheckForNull String whenBusy) {
        arguments.set("whenBusy", whenBusy);
    }

    /** Where a template goes that is too large for a call. */
    @CheckForNull
    public String getBucket() {
        return arguments.get("bucket", String.class);
    }

    @DataBoundSetter
    public void setBucket(@CheckForNull String bucket) {
        arguments.set("bucket", bucket);
    }

    /** The folder in that bucket. */
    @CheckForNull
    public String getKeyPrefix() {
        return arguments.get("keyPrefix", String.class);
    }

    @DataBoundSetter
    public void setKeyPrefix(@CheckForNull String keyPrefix) {
        arguments.set("keyPrefix", keyPrefix);
    }

    /** The KMS key to encrypt the upload with. */
    @CheckForNull
    public String getKmsKey() {
        return arguments.get("kmsKey", String.class);
    }

    @DataBoundSetter
    public void setKmsKey(@CheckForNull String kmsKey) {
        arguments.set("kmsKey", kmsKey);
    }

    /** Whether stacks are deleted, and with the last of them the stack set. */
    @CheckForNull
    public Boolean getDelete() {
        return arguments.get("delete", Boolean.class);
    }

    @DataBoundSetter
    public void setDelete(@CheckForNull Boolean delete) {
        arguments.set("delete", delete);
    }

    /** Whether people are asked before anything is done. */
    @CheckForNull
    public Boolean getApprove() {
        return arguments.get("approve", Boolean.class);
    }

    @DataBoundSetter
    public void setApprove(@CheckForNull Boolean approve) {
        arguments.set("approve", approve);
    }

    /** Whether the stacks stay in their accounts. */
    @CheckForNull
    public Boolean getRetainStacks() {
        return arguments.get("retainStacks", Boolean.class);
    }

    @DataBoundSetter
    public void setRetainStacks(@CheckForNull Boolean retainStacks) {
        arguments.set("retainStacks", retainStacks);
    }

    /** After how many minutes it is stopped, its wait included; 1 to 10080. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return arguments.get("timeoutMinutes", Integer.class);
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        arguments.set("timeoutMinutes", timeoutMinutes);
    }
}
