package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/** What the forms of all steps that run a job at AWS have in common. */
public abstract class AwsStepDescriptor extends AwsAccessStepDescriptor {

    /** What {@code onAbort} may be, the default first. */
    @NonNull
    public abstract List<String> getAbortWords();
}
