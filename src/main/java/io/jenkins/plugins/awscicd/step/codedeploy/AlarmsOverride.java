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

/** Which alarms of CloudWatch stop the deployment, instead of those of the deployment group (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html">AlarmConfiguration</a>). */
public final class AlarmsOverride extends NestedArguments<AlarmsOverride> {

    @DataBoundConstructor
    public AlarmsOverride() {
        // everything is optional
    }

    /** Whether alarms are heeded at all. */
    @CheckForNull
    public Boolean getEnabled() {
        return flag("enabled");
    }

    @DataBoundSetter
    public void setEnabled(@CheckForNull Boolean enabled) {
        set("enabled", enabled);
    }

    /** Whether it goes on when CloudWatch cannot be asked. */
    @CheckForNull
    public Boolean getIgnorePollAlarmFailure() {
        return flag("ignorePollAlarmFailure");
    }

    @DataBoundSetter
    public void setIgnorePollAlarmFailure(@CheckForNull Boolean ignorePollAlarmFailure) {
        set("ignorePollAlarmFailure", ignorePollAlarmFailure);
    }

    /** The alarms. */
    @CheckForNull
    public List<String> getNames() {
        return texts("names");
    }

    @DataBoundSetter
    public void setNames(@CheckForNull List<String> names) {
        setTexts("names", names);
    }

    @Extension
    public static final class DescriptorImpl extends ListsDescriptor<AlarmsOverride> {

        public DescriptorImpl() {
            super("names");
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.AlarmsOverride_displayName();
        }
    }
}
