package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of steps that can upload the workspace or a directory of it. */
public abstract class DirectoryArguments extends UploadArguments {

    /** The part of the workspace to upload; the whole if not given. */
    @CheckForNull
    public String getDirectory() {
        return text("directory");
    }

    @DataBoundSetter
    public void setDirectory(@CheckForNull String directory) {
        set("directory", directory);
    }
}
