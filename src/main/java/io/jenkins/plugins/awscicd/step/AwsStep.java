package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps that run a job at AWS have in common: what becomes of the Pipeline when the job fails or the step is aborted. */
public abstract class AwsStep extends AwsAccessStep {

    private boolean propagate = true;
    private String onAbort;

    /** What is wrong with {@code onAbort}. */
    @NonNull
    protected List<String> abortProblems() {
        List<String> words = ((AwsStepDescriptor) getDescriptor()).getAbortWords();
        return onAbort == null || words.contains(onAbort)
                ? List.of()
                : List.of("onAbort: '" + onAbort + "' is not known; use one of " + String.join(", ", words));
    }

    /** Whether AWS's job is stopped when the step is aborted, or its time is over. */
    public boolean stopsOnAbort() {
        return !"leave".equals(onAbort);
    }

    /** Whether the Pipeline fails when AWS's job does; otherwise the step returns what came of it. */
    public boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    /** What becomes of AWS's job when the step is aborted; null for the default, {@code stop}. */
    @CheckForNull
    public String getOnAbort() {
        return onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(@CheckForNull String onAbort) {
        this.onAbort = Util.fixEmptyAndTrim(onAbort);
    }
}
