package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** Files that are handed over as an output artifact of an action. */
public final class OutputArtifact extends AbstractDescribableImpl<OutputArtifact> {

    private final String name;
    private final String path;

    @DataBoundConstructor
    public OutputArtifact(@CheckForNull String name, @CheckForNull String path) {
        this.name = Util.fixNull(name).strip();
        this.path = Util.fixNull(path).strip();
    }

    @NonNull
    public String getName() {
        return name;
    }

    /** A directory, or a zip archive, in the workspace; empty for the workspace. */
    @NonNull
    public String getPath() {
        return path;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<OutputArtifact> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.OutputArtifact_displayName();
        }
    }
}
