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
 * A setting of an environment that is taken back
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_OptionSpecification.html">OptionSpecification</a>).
 */
public final class OptionToRemove extends NestedArguments<OptionToRemove> {

    @DataBoundConstructor
    public OptionToRemove() {
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
    public static final class DescriptorImpl extends Descriptor<OptionToRemove> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.OptionToRemove_displayName();
        }
    }
}
