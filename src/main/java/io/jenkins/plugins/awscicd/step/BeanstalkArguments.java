package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code beanstalkDeploy} that are a text, a number or a yes or no. */
public abstract class BeanstalkArguments extends UploadArguments {

    /** The Elastic Beanstalk application. */
    @CheckForNull
    public String getApplication() {
        return text("application");
    }

    @DataBoundSetter
    public void setApplication(@CheckForNull String application) {
        set("application", application);
    }

    /** The environment. */
    @CheckForNull
    public String getEnvironment() {
        return text("environment");
    }

    @DataBoundSetter
    public void setEnvironment(@CheckForNull String environment) {
        set("environment", environment);
    }

    /** The label of a version that is there already. */
    @CheckForNull
    public String getVersion() {
        return text("version");
    }

    @DataBoundSetter
    public void setVersion(@CheckForNull String version) {
        set("version", version);
    }

    /** How the version that is made is called. */
    @CheckForNull
    public String getVersionLabel() {
        return text("versionLabel");
    }

    @DataBoundSetter
    public void setVersionLabel(@CheckForNull String versionLabel) {
        set("versionLabel", versionLabel);
    }

    /** What AWS shows of the version. */
    @CheckForNull
    public String getDescription() {
        return text("description");
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        set("description", description);
    }

    /** Whether a version that is there already, of the same bundle, will do. */
    @CheckForNull
    public Boolean getReuseVersion() {
        return flag("reuseVersion");
    }

    @DataBoundSetter
    public void setReuseVersion(@CheckForNull Boolean reuseVersion) {
        set("reuseVersion", reuseVersion);
    }

    /** Whether AWS checks the bundle before it is deployed. */
    @CheckForNull
    public Boolean getProcess() {
        return flag("process");
    }

    @DataBoundSetter
    public void setProcess(@CheckForNull Boolean process) {
        set("process", process);
    }

    /** Whether the application is made if there is none. */
    @CheckForNull
    public Boolean getCreateApplication() {
        return flag("createApplication");
    }

    @DataBoundSetter
    public void setCreateApplication(@CheckForNull Boolean createApplication) {
        set("createApplication", createApplication);
    }

    /** While something else is done to the environment: {@code wait} or {@code fail}. */
    @CheckForNull
    public String getWhenBusy() {
        return text("whenBusy");
    }

    @DataBoundSetter
    public void setWhenBusy(@CheckForNull String whenBusy) {
        set("whenBusy", whenBusy);
    }

    /** The health that the environment is to have: {@code Green}, {@code Yellow} or {@code any}. */
    @CheckForNull
    public String getHealth() {
        return text("health");
    }

    @DataBoundSetter
    public void setHealth(@CheckForNull String health) {
        set("health", health);
    }

    /** For how many minutes it has to have that health without a break. */
    @CheckForNull
    public Integer getHealthMinutes() {
        return number("healthMinutes");
    }

    @DataBoundSetter
    public void setHealthMinutes(@CheckForNull Integer healthMinutes) {
        set("healthMinutes", healthMinutes);
    }

    /** How many minutes it may take to get there. */
    @CheckForNull
    public Integer getHealthTimeoutMinutes() {
        return number("healthTimeoutMinutes");
    }

    @DataBoundSetter
    public void setHealthTimeoutMinutes(@CheckForNull Integer healthTimeoutMinutes) {
        set("healthTimeoutMinutes", healthTimeoutMinutes);
    }

    /** After how many minutes the update is aborted, the upload and its wait included; 1 to 1440. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return number("timeoutMinutes");
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        set("timeoutMinutes", timeoutMinutes);
    }
}
