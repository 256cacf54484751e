package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.step.Arguments;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code cloudFormationDeploy} that are a text, a number or a yes or no. */
public abstract class CloudFormationArguments extends AwsStep {

    private final Arguments arguments = new Arguments();

    /** What was given, by name. */
    @NonNull
    final Map<String, Object> toMap() {
        return arguments.toMap();
    }

    private String text(String name) {
        return arguments.get(name, String.class);
    }

    private Integer number(String name) {
        return arguments.get(name, Integer.class);
    }

    private Boolean flag(String name) {
        return arguments.get(name, Boolean.class);
    }

    /** The stack. */
    @CheckForNull
    public String getStack() {
        return text("stack");
    }

    @DataBoundSetter
    public void setStack(@CheckForNull String stack) {
        arguments.set("stack", stack);
    }

    /** The role that CloudFormation works with; null for the one that the stack has, or else for whoever calls. */
    @CheckForNull
    public String getRoleArn() {
        return text("roleArn");
    }

    @DataBoundSetter
    public void setRoleArn(@CheckForNull String roleArn) {
        arguments.set("roleArn", roleArn);
    }

    /** What AWS shows of the change set's purpose. */
    @CheckForNull
    public String getDescription() {
        return text("description");
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        arguments.set("description", description);
    }

    /** How long the alarms are watched after all is done; 0 to 180. */
    @CheckForNull
    public Integer getMonitoringMinutes() {
        return number("monitoringMinutes");
    }

    @DataBoundSetter
    public void setMonitoringMinutes(@CheckForNull Integer monitoringMinutes) {
        arguments.set("monitoringMinutes", monitoringMinutes);
    }

    /** Whether the change set shows what it does to nested stacks. */
    @CheckForNull
    public Boolean getIncludeNestedStacks() {
        return flag("includeNestedStacks");
    }

    @DataBoundSetter
    public void setIncludeNestedStacks(@CheckForNull Boolean includeNestedStacks) {
        arguments.set("includeNestedStacks", includeNestedStacks);
    }

    /** Whether resources of the template that are there already become the stack's. */
    @CheckForNull
    public Boolean getImportExistingResources() {
        return flag("importExistingResources");
    }

    @DataBoundSetter
    public void setImportExistingResources(@CheckForNull Boolean importExistingResources) {
        arguments.set("importExistingResources", importExistingResources);
    }

    /** Whether what was changed by hand is changed back. */
    @CheckForNull
    public Boolean getRevertDrift() {
        return flag("revertDrift");
    }

    @DataBoundSetter
    public void setRevertDrift(@CheckForNull Boolean revertDrift) {
        arguments.set("revertDrift", revertDrift);
    }

    /** What becomes of it when it fails: {@code rollBack}, the default, {@code keep} or {@code delete}. */
    @CheckForNull
    public String getOnFailure() {
        return text("onFailure");
    }

    @DataBoundSetter
    public void setOnFailure(@CheckForNull String onFailure) {
        arguments.set("onFailure", onFailure);
    }

    /** Whether the stack is protected from deletion; null to leave that as it is. */
    @CheckForNull
    public Boolean getTerminationProtection() {
        return flag("terminationProtection");
    }

    @DataBoundSetter
    public void setTerminationProtection(@CheckForNull Boolean terminationProtection) {
        arguments.set("terminationProtection", terminationProtection);
    }

    /** Whether the change set is executed; null for the default, which is yes. */
    @CheckForNull
    public Boolean getExecute() {
        return flag("execute");
    }

    @DataBoundSetter
    public void setExecute(@CheckForNull Boolean execute) {
        arguments.set("execute", execute);
    }

    /** Whether people are asked about the change set before it is executed. */
    @CheckForNull
    public Boolean getApprove() {
        return flag("approve");
    }

    @DataBoundSetter
    public void setApprove(@CheckForNull Boolean approve) {
        arguments.set("approve", approve);
    }

    /** Whether the stack is deleted. */
    @CheckForNull
    public Boolean getDelete() {
        return flag("delete");
    }

    @DataBoundSetter
    public void setDelete(@CheckForNull Boolean delete) {
        arguments.set("delete", delete);
    }

    /** Whether the template is only looked at. */
    @CheckForNull
    public Boolean getValidate() {
        return flag("validate");
    }

    @DataBoundSetter
    public void setValidate(@CheckForNull Boolean validate) {
        arguments.set("validate", validate);
    }

    /** Whether it is only looked for what is not as the template has it. */
    @CheckForNull
    public Boolean getDriftOnly() {
        return flag("driftOnly");
    }

    @DataBoundSetter
    public void setDriftOnly(@CheckForNull Boolean driftOnly) {
        arguments.set("driftOnly", driftOnly);
    }

    /** Whether a stack whose creation was rolled back is deleted and created anew. */
    @CheckForNull
    public Boolean getRecreateFailed() {
        return flag("recreateFailed");
    }

    @DataBoundSetter
    public void setRecreateFailed(@CheckForNull Boolean recreateFailed) {
        arguments.set("recreateFailed", recreateFailed);
    }

    /** While AWS is at work on the stack: {@code wait}, the default, or {@code fail}. */
    @CheckForNull
    public String getWhenBusy() {
        return text("whenBusy");
    }

    @DataBoundSetter
    public void setWhenBusy(@CheckForNull String whenBusy) {
        arguments.set("whenBusy", whenBusy);
    }

    /** Where a template goes that is too large for a call. */
    @CheckForNull
    public String getBucket() {
        return text("bucket");
    }

    @DataBoundSetter
    public void setBucket(@CheckForNull String bucket) {
        arguments.set("bucket", bucket);
    }

    /** The folder in that bucket. */
    @CheckForNull
    public String getKeyPrefix() {
        return text("keyPrefix");
    }

    @DataBoundSetter
    public void setKeyPrefix(@CheckForNull String keyPrefix) {
        arguments.set("keyPrefix", keyPrefix);
    }

    /** The KMS key to encrypt the upload with. */
    @CheckForNull
    public String getKmsKey() {
        return text("kmsKey");
    }

    @DataBoundSetter
    public void setKmsKey(@CheckForNull String kmsKey) {
        arguments.set("kmsKey", kmsKey);
    }

    /** After how many minutes it is stopped, its wait included; 1 to 10080. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return number("timeoutMinutes");
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        arguments.set("timeoutMinutes", timeoutMinutes);
    }
}
