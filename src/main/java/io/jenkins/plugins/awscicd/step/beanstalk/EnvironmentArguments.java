package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.step.UploadArguments;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code beanstalkDeploy} that say what an environment is made of, and so what it is like. */
public abstract class EnvironmentArguments extends UploadArguments {

    /** Whether the environment is made if there is none. */
    @CheckForNull
    public Boolean getCreateEnvironment() {
        return flag("createEnvironment");
    }

    @DataBoundSetter
    public void setCreateEnvironment(@CheckForNull Boolean createEnvironment) {
        set("createEnvironment", createEnvironment);
    }

    /** The platform by its full name. */
    @CheckForNull
    public String getSolutionStackName() {
        return text("solutionStackName");
    }

    @DataBoundSetter
    public void setSolutionStackName(@CheckForNull String solutionStackName) {
        set("solutionStackName", solutionStackName);
    }

    /** The platform by its ARN. */
    @CheckForNull
    public String getPlatformArn() {
        return text("platformArn");
    }

    @DataBoundSetter
    public void setPlatformArn(@CheckForNull String platformArn) {
        set("platformArn", platformArn);
    }

    /** A saved configuration of the application, for platform and settings. */
    @CheckForNull
    public String getTemplateName() {
        return text("templateName");
    }

    @DataBoundSetter
    public void setTemplateName(@CheckForNull String templateName) {
        set("templateName", templateName);
    }

    /** What a new environment is for: {@code WebServer} or {@code Worker}. */
    @CheckForNull
    public String getTier() {
        return text("tier");
    }

    @DataBoundSetter
    public void setTier(@CheckForNull String tier) {
        set("tier", tier);
    }

    /** The first part of a new environment's host. */
    @CheckForNull
    public String getCnamePrefix() {
        return text("cnamePrefix");
    }

    @DataBoundSetter
    public void setCnamePrefix(@CheckForNull String cnamePrefix) {
        set("cnamePrefix", cnamePrefix);
    }

    /** The role with which AWS runs a new environment, as an ARN. */
    @CheckForNull
    public String getOperationsRole() {
        return text("operationsRole");
    }

    @DataBoundSetter
    public void setOperationsRole(@CheckForNull String operationsRole) {
        set("operationsRole", operationsRole);
    }
}
