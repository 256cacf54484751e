package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** One of several places. */
public abstract class NamedPlace<T extends NamedPlace<T>> extends Place<T> {

    /** The name by which the buildspec knows it. */
    @CheckForNull
    public String getIdentifier() {
        return text("identifier");
    }

    @DataBoundSetter
    public void setIdentifier(@CheckForNull String identifier) {
        set("identifier", identifier);
    }
}
