package io.jenkins.plugins.awscicd.engine.job.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where and how something is reported that somebody else does.
 *
 * @param since when that began, by AWS's clock
 * @param ended whether whoever does it has said that it has ended
 * @param here completes if it is done in the session's account; else it fails with what says where
 * @param over told once that it is reported to its end, with null, or why it cannot be
 */
public record Following(
        @NonNull AwsSession session,
        @NonNull JobConsole console,
        @NonNull Journal journal,
        @NonNull Instant since,
        @NonNull BooleanSupplier ended,
        @NonNull Supplier<CompletableFuture<Void>> here,
        @NonNull Consumer<RuntimeException> over) {}
