package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.step.DirectoryArguments;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code codeDeploy} that are a text, a number or a yes or no. */
public abstract class CodeDeployArguments extends DirectoryArguments {

    /** The CodeDeploy application. */
    @CheckForNull
    public String getApplication() {
        return text("application");
    }

    @DataBoundSetter
    public void setApplication(@CheckForNull String application) {
        set("application", application);
    }

    /** The deployment group. */
    @CheckForNull
    public String getDeploymentGroup() {
        return text("deploymentGroup");
    }

    @DataBoundSetter
    public void setDeploymentGroup(@CheckForNull String deploymentGroup) {
        set("deploymentGroup", deploymentGroup);
    }

    /** The file in the workspace that is the revision's AppSpec file. */
    @CheckForNull
    public String getAppspec() {
        return text("appspec");
    }

    @DataBoundSetter
    public void setAppspec(@CheckForNull String appspec) {
        set("appspec", appspec);
    }

    /** {@code STANDARD}, or {@code RESTART} to restart the application as it is. */
    @CheckForNull
    public String getDeploymentMode() {
        return text("deploymentMode");
    }

    @DataBoundSetter
    public void setDeploymentMode(@CheckForNull String deploymentMode) {
        set("deploymentMode", deploymentMode);
    }

    /** How fast it is deployed, such as {@code CodeDeployDefault.OneAtATime}. */
    @CheckForNull
    public String getDeploymentConfig() {
        return text("deploymentConfig");
    }

    @DataBoundSetter
    public void setDeploymentConfig(@CheckForNull String deploymentConfig) {
        set("deploymentConfig", deploymentConfig);
    }

    /** What AWS shows of the deployment's purpose. */
    @CheckForNull
    public String getDescription() {
        return text("description");
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        set("description", description);
    }

    /** What becomes of files that are in the way: {@code DISALLOW}, {@code OVERWRITE} or {@code RETAIN}. */
    @CheckForNull
    public String getFileExistsBehavior() {
        return text("fileExistsBehavior");
    }

    @DataBoundSetter
    public void setFileExistsBehavior(@CheckForNull String fileExistsBehavior) {
        set("fileExistsBehavior", fileExistsBehavior);
    }

    /** Whether it goes on when the scripts of the last revision fail to stop it. */
    @CheckForNull
    public Boolean getIgnoreApplicationStopFailures() {
        return flag("ignoreApplicationStopFailures");
    }

    @DataBoundSetter
    public void setIgnoreApplicationStopFailures(@CheckForNull Boolean ignoreApplicationStopFailures) {
        set("ignoreApplicationStopFailures", ignoreApplicationStopFailures);
    }

    /** Whether only instances are deployed to that do not run the group's last revision. */
    @CheckForNull
    public Boolean getUpdateOutdatedInstancesOnly() {
        return flag("updateOutdatedInstancesOnly");
    }

    @DataBoundSetter
    public void setUpdateOutdatedInstancesOnly(@CheckForNull Boolean updateOutdatedInstancesOnly) {
        set("updateOutdatedInstancesOnly", updateOutdatedInstancesOnly);
    }

    /** While another deployment is active: {@code wait}, {@code fail} or {@code newestWins}. */
    @CheckForNull
    public String getWhenBusy() {
        return text("whenBusy");
    }

    @DataBoundSetter
    public void setWhenBusy(@CheckForNull String whenBusy) {
        set("whenBusy", whenBusy);
    }

    /** Which wait {@code continueAfterReady} ends: {@code READY_WAIT}, the default, or {@code TERMINATION_WAIT}. */
    @CheckForNull
    public String getWaitType() {
        return text("waitType");
    }

    @DataBoundSetter
    public void setWaitType(@CheckForNull String waitType) {
        set("waitType", waitType);
    }

    /** Whether what {@code stop} stops is rolled back, whatever its group says. */
    public boolean isRollBack() {
        return Boolean.TRUE.equals(flag("rollBack"));
    }

    @DataBoundSetter
    public void setRollBack(boolean rollBack) {
        set("rollBack", rollBack ? true : null);
    }

    /** After how many minutes the deployment is stopped, its wait included; 1 to 10080. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return number("timeoutMinutes");
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        set("timeoutMinutes", timeoutMinutes);
    }

    /** Whether the revision is only made known to the application, not deployed. */
    public boolean isRegisterOnly() {
        return Boolean.TRUE.equals(flag("registerOnly"));
    }

    @DataBoundSetter
    public void setRegisterOnly(boolean registerOnly) {
        set("registerOnly", registerOnly ? true : null);
    }
}
