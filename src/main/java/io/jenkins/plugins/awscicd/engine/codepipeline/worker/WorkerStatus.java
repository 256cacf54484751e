package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.List;

/**
 * How a worker is, for people. Times are this machine's.
 *
 * @param polled when AWS answered last; null if it has not
 * @param error why it does not answer, or what went wrong last with a job; null if nothing did
 * @param offered how many jobs wait for their turn here
 * @param held how many are worked on
 * @param unknown projects of jobs that nobody here does
 * @param finishing whether it takes no more jobs, and ends those that it has
 */
public record WorkerStatus(
        @NonNull ActionType type,
        @NonNull Instant since,
        @CheckForNull Instant polled,
        @CheckForNull String error,
        int offered,
        int held,
        @NonNull List<String> unknown,
        boolean finishing) {}
