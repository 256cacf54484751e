package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code cloudFormationDeploy} that are a text, a number or a yes or no. */
public abstract class CloudFormationArguments extends TemplateArguments {

    /** The stack. */
    @CheckForNull
    public String getStack() {
        return text("stack");
    }

    @DataBoundSetter
    public void setStack(@CheckForNull String stack) {
        keep("stack", stack);
    }

    /** The role that CloudFormation works with; null for the one that the stack has, or else for whoever calls. */
    @CheckForNull
    public String getRoleArn() {
        return text("roleArn");
    }

    @DataBoundSetter
    public void setRoleArn(@CheckForNull String roleArn) {
        keep("roleArn", roleArn);
    }

    /** How long the alarms are watched after all is done; 0 to 180. */
    @CheckForNull
    public Integer getMonitoringMinutes() {
        return number("monitoringMinutes");
    }

    @DataBoundSetter
    public void setMonitoringMinutes(@CheckForNull Integer monitoringMinutes) {
        keep("monitoringMinutes", monitoringMinutes);
    }

    /** Whether the change set shows what it does to nested stacks. */
    @CheckForNull
    public Boolean getIncludeNestedStacks() {
        return flag("includeNestedStacks");
    }

    @DataBoundSetter
    public void setIncludeNestedStacks(@CheckForNull Boolean includeNestedStacks) {
        keep("includeNestedStacks", includeNestedStacks);
    }

    /** Whether resources of the template that are there already become the stack's. */
    @CheckForNull
    public Boolean getImportExistingResources() {
        return flag("importExistingResources");
    }

    @DataBoundSetter
    public void setImportExistingResources(@CheckForNull Boolean importExistingResources) {
        keep("importExistingResources", importExistingResources);
    }

    /** Whether what was changed by hand is changed back. */
    @CheckForNull
    public Boolean getRevertDrift() {
        return flag("revertDrift");
    }

    @DataBoundSetter
    public void setRevertDrift(@CheckForNull Boolean revertDrift) {
        keep("revertDrift", revertDrift);
    }

    /** What becomes of it when it fails: {@code rollBack}, the default, {@code keep} or {@code delete}. */
    @CheckForNull
    public String getOnFailure() {
        return text("onFailure");
    }

    @DataBoundSetter
    public void setOnFailure(@CheckForNull String onFailure) {
        keep("onFailure", onFailure);
    }

    /** Whether the stack is protected from deletion; null to leave that as it is. */
    @CheckForNull
    public Boolean getTerminationProtection() {
        return flag("terminationProtection");
    }

    @DataBoundSetter
    public void setTerminationProtection(@CheckForNull Boolean terminationProtection) {
        keep("terminationProtection", terminationProtection);
    }

    /** Whether the change set is executed; null for the default, which is yes. */
    @CheckForNull
    public Boolean getExecute() {
        return flag("execute");
    }

    @DataBoundSetter
    public void setExecute(@CheckForNull Boolean execute) {
        keep("execute", execute);
    }

    /** Whether the template is only looked at. */
    @CheckForNull
    public Boolean getValidate() {
        return flag("validate");
    }

    @DataBoundSetter
    public void setValidate(@CheckForNull Boolean validate) {
        keep("validate", validate);
    }

    /** Whether it is only looked for what is not as the template has it. */
    @CheckForNull
    public Boolean getDriftOnly() {
        return flag("driftOnly");
    }

    @DataBoundSetter
    public void setDriftOnly(@CheckForNull Boolean driftOnly) {
        keep("driftOnly", driftOnly);
    }

    /** Whether a stack whose creation was rolled back is deleted and created anew. */
    @CheckForNull
    public Boolean getRecreateFailed() {
        return flag("recreateFailed");
    }

    @DataBoundSetter
    public void setRecreateFailed(@CheckForNull Boolean recreateFailed) {
        keep("recreateFailed", recreateFailed);
    }
}
