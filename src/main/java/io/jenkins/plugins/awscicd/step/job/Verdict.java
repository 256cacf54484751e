package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;

/**
 * A job's end in Jenkins' terms.
 *
 * @param url where more is to be read; null if nowhere
 */
public record Verdict(
        @NonNull Result result,
        @NonNull String reason,
        @CheckForNull String url) {}
