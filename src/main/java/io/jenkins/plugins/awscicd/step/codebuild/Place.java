package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.step.NestedArguments;
import org.kohsuke.stapler.DataBoundSetter;

/** Where a build gets something from, or puts it. */
public abstract class Place<T extends Place<T>> extends NestedArguments<T> {

    /** What kind of place it is, such as {@code S3}; which there are is each argument's own. */
    @CheckForNull
    public String getType() {
        return text("type");
    }

    @DataBoundSetter
    public void setType(@CheckForNull String type) {
        set("type", type);
    }

    /** Where in it: a bucket, with a key or a folder where there is one, or a repository's URL. */
    @CheckForNull
    public String getLocation() {
        return text("location");
    }

    @DataBoundSetter
    public void setLocation(@CheckForNull String location) {
        set("location", location);
    }
}
