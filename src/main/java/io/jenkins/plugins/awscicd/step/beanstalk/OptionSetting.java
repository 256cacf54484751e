package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A setting of an environment
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ConfigurationOptionSetting.html">ConfigurationOptionSetting</a>).
 */
public final class OptionSetting extends NestedArguments<OptionSetting> {

    @DataBoundConstructor
    public OptionSetting() {
        // everything is optional
    }

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

    /** What it is set to, which may be a secret, or nothing. */
    @CheckForNull
    public String getValue() {
        return text("value");
    }

    @DataBoundSetter
    public void setValue(@CheckForNull String value) {
        seal("value", value);
    }

    /** What an earlier version has kept is not sealed. */
    private Object readResolve() {
        String value = getValue();
        if (value != null) {
            setValue(value);
        }
        return this;
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

    @Extension
    public static final class DescriptorImpl extends Descriptor<OptionSetting> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.OptionSetting_displayName();
        }
    }
}
