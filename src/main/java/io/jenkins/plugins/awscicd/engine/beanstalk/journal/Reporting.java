package io.jenkins.plugins.awscicd.engine.beanstalk.journal;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;

/**
 * Where an update is reported, and how far it has been.
 *
 * @param journal that of the update alone
 */
public record Reporting(
        @NonNull AwsSession session,
        @NonNull Scheduler scheduler,
        @NonNull JobConsole console,
        @NonNull UpdateJournal journal) {}
