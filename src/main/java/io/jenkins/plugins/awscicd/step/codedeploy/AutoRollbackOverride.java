package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.step.ListsDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** When the deployment is rolled back, instead of when the deployment group says (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html">AutoRollbackConfiguration</a>). */
public final class AutoRollbackOverride extends NestedArguments<AutoRollbackOverride> {

    @DataBoundConstructor
    public AutoRollbackOverride() {
        // everything is optional
    }

    /** Whether it is rolled back at all. */
    @CheckForNull
    public Boolean getEnabled() {
        return flag("enabled");
    }

    @DataBoundSetter
    public void setEnabled(@CheckForNull Boolean enabled) {
        set("enabled", enabled);
    }

    /** {@code DEPLOYMENT_FAILURE}, {@code DEPLOYMENT_STOP_ON_ALARM}, {@code DEPLOYMENT_STOP_ON_REQUEST}. */
    @CheckForNull
    public List<String> getEvents() {
        return texts("events");
    }

    @DataBoundSetter
    public void setEvents(@CheckForNull List<String> events) {
        setTexts("events", events);
    }

    @Extension
    public static final class DescriptorImpl extends ListsDescriptor<AutoRollbackOverride> {

        public DescriptorImpl() {
            super("events");
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.AutoRollbackOverride_displayName();
        }
    }
}
