package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationResultSummary;

/**
 * What an operation has come to in an account and a region.
 *
 * @param status {@code PENDING}, {@code RUNNING}, {@code SUCCEEDED}, {@code FAILED} or {@code CANCELLED}
 * @param reason empty if AWS gives none
 */
record OperationResult(
        @NonNull String account,
        @NonNull String region,
        @NonNull String status,
        @NonNull String reason) {

    static OperationResult of(StackSetOperationResultSummary summary) {
        return new OperationResult(
                String.valueOf(summary.account()),
                String.valueOf(summary.region()),
                String.valueOf(summary.statusAsString()),
                summary.statusReason() == null ? "" : summary.statusReason().strip());
    }

    @NonNull
    String place() {
        return account + " " + region;
    }

    boolean ended() {
        return !status.equals("PENDING") && !status.equals("RUNNING");
    }

    boolean failed() {
        return status.equals("FAILED");
    }
}
