package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;

/**
 * What a step with a job at AWS comes to: it goes on with a result, fails with what it was aborted with or could not be done for, or,
 * if there is neither, fails with the verdict on its job.
 *
 * @param verdict what became of the job, for people to see, whatever the step makes of it
 * @param result what the script gets; null if the step fails
 * @param failure what the step fails with; null if it does not, or fails as its job did
 */
public record Outcome(
        @NonNull Verdict verdict,
        @CheckForNull JobResult result,
        @CheckForNull Throwable failure) {

    static Outcome of(Verdict verdict, JobResult result) {
        return new Outcome(verdict, result, null);
    }

    static Outcome failed(Verdict verdict, @CheckForNull Throwable failure) {
        return new Outcome(verdict, null, failure);
    }
}
