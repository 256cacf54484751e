package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * A setting of an environment that is taken back
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_OptionSpecification.html">OptionSpecification</a>).
 */
public final class OptionToRemove extends EnvironmentOption<OptionToRemove> {

    @DataBoundConstructor
    public OptionToRemove() {
        // everything is optional
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
