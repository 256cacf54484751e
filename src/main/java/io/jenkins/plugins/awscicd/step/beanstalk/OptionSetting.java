package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A setting of an environment
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ConfigurationOptionSetting.html">ConfigurationOptionSetting</a>).
 */
public final class OptionSetting extends EnvironmentOption<OptionSetting> {

    @DataBoundConstructor
    public OptionSetting() {
        // everything is optional
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

    @Extension
    public static final class DescriptorImpl extends Descriptor<OptionSetting> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.OptionSetting_displayName();
        }
    }
}
