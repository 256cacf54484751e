package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** A variable that later actions of the pipeline can use. */
public final class OutputVariable extends AbstractDescribableImpl<OutputVariable> {

    private final String name;
    private final String value;

    @DataBoundConstructor
    public OutputVariable(@CheckForNull String name, @CheckForNull String value) {
        this.name = Util.fixNull(name).strip();
        this.value = Util.fixNull(value);
    }

    @NonNull
    public String getName() {
        return name;
    }

    @NonNull
    public String getValue() {
        return value;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<OutputVariable> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.OutputVariable_displayName();
        }
    }
}
