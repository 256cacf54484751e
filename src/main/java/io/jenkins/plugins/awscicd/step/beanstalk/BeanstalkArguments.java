package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code beanstalkDeploy} that are a text, a number or a yes or no, besides those of what an environment is made of. */
public abstract class BeanstalkArguments extends EnvironmentArguments {

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

    /** The label of a version that already exists. */
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

    /** Whether a version that already exists, of the same bundle, will do. */
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

    /** While something else is done to the environment: {@code wait}, {@code abortOwn}, {@code newestWins} or {@code fail}. */
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

    /** {@code inPlace}, or {@code blueGreen} to deploy beside the environment that is live. */
    @CheckForNull
    public String getStrategy() {
        return text("strategy");
    }

    @DataBoundSetter
    public void setStrategy(@CheckForNull String strategy) {
        set("strategy", strategy);
    }

    /** The environment that takes turns with the other one. */
    @CheckForNull
    public String getTwin() {
        return text("twin");
    }

    @DataBoundSetter
    public void setTwin(@CheckForNull String twin) {
        set("twin", twin);
    }

    /** The CNAME by which customers come, or its first part. */
    @CheckForNull
    public String getCname() {
        return text("cname");
    }

    @DataBoundSetter
    public void setCname(@CheckForNull String cname) {
        set("cname", cname);
    }

    /** For how many minutes green has to be healthy before it is live. */
    @CheckForNull
    public Integer getBakeMinutes() {
        return number("bakeMinutes");
    }

    @DataBoundSetter
    public void setBakeMinutes(@CheckForNull Integer bakeMinutes) {
        set("bakeMinutes", bakeMinutes);
    }

    /** Whether green becomes live. */
    @CheckForNull
    public Boolean getSwap() {
        return flag("swap");
    }

    @DataBoundSetter
    public void setSwap(@CheckForNull Boolean swap) {
        set("swap", swap);
    }

    /** What becomes of the environment that was live: {@code keep} or {@code terminate}. */
    @CheckForNull
    public String getOldEnvironment() {
        return text("oldEnvironment");
    }

    @DataBoundSetter
    public void setOldEnvironment(@CheckForNull String oldEnvironment) {
        set("oldEnvironment", oldEnvironment);
    }

    /** How many minutes after the swap it is terminated. */
    @CheckForNull
    public Integer getTerminateAfterMinutes() {
        return number("terminateAfterMinutes");
    }

    @DataBoundSetter
    public void setTerminateAfterMinutes(@CheckForNull Integer terminateAfterMinutes) {
        set("terminateAfterMinutes", terminateAfterMinutes);
    }

    /** {@code leave}, or {@code rollBack} to deploy the previous version again. */
    @CheckForNull
    public String getOnFailure() {
        return text("onFailure");
    }

    @DataBoundSetter
    public void setOnFailure(@CheckForNull String onFailure) {
        set("onFailure", onFailure);
    }

    /** Whether the end of the instances' logs is told after a failure. */
    @CheckForNull
    public Boolean getLogTail() {
        return flag("logTail");
    }

    @DataBoundSetter
    public void setLogTail(@CheckForNull Boolean logTail) {
        set("logTail", logTail);
    }
}
