package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;

/**
 * What a step's job works with.
 *
 * @param journal what was kept of the job before a restart, and what is kept of it from now on
 * @param listener to be told of the job
 */
public record Connected<S extends Snapshot>(
        @NonNull AwsSession session,
        @NonNull JobConsole console,
        @NonNull Journal journal,
        @NonNull JobListener<S> listener) {}
