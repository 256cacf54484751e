package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundSetter;

/** Which option of an environment is meant. */
public abstract class EnvironmentOption<T extends EnvironmentOption<T>> extends NestedArguments<T> {

    /** The namespace, such as {@code aws:elasticbeanstalk:application:environment}. */
    @CheckForNull
    public String getNamespace() {
        return text("namespace");
    }

    @DataBoundSetter
    public void setNamespace(@CheckForNull String namespace) {
        set("namespace", namespace);
    }

    /** The option in it. */
    @CheckForNull
    public String getOptionName() {
        return text("optionName");
    }

    @DataBoundSetter
    public void setOptionName(@CheckForNull String optionName) {
        set("optionName", optionName);
    }

    /** The resource that it is for, such as a scheduled action. */
    @CheckForNull
    public String getResourceName() {
        return text("resourceName");
    }

    @DataBoundSetter
    public void setResourceName(@CheckForNull String resourceName) {
        set("resourceName", resourceName);
    }
}
