package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildReader;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codebuild.model.BuildBatch;
import software.amazon.awssdk.services.codebuild.model.BuildBatchPhase;
import software.amazon.awssdk.services.codebuild.model.BuildGroup;
import software.amazon.awssdk.services.codebuild.model.BuildSummary;

/** Reads what AWS says of a batch. */
final class BatchReader {

    private BatchReader() {}

    /** @param retries as of {@link BatchService} */
    @NonNull
    static BatchSnapshot read(@NonNull BuildBatch batch, boolean retries) {
        return new BatchSnapshot(
                batch.id(),
                batch.arn(),
                batch.projectName(),
                batch.buildBatchNumber() == null ? 0 : batch.buildBatchNumber(),
                batch.buildBatchStatusAsString(),
                Boolean.TRUE.equals(batch.complete()),
                retries,
                batch.currentPhase() == null ? "SUBMITTED" : batch.currentPhase(),
                batch.phases().stream().map(BatchReader::phase).toList(),
                batch.buildGroups().stream().map(BatchReader::group).toList(),
                BuildReader.source(batch.source()),
                batch.sourceVersion(),
                batch.resolvedSourceVersion(),
                combines(batch) ? BuildReader.artifacts(batch.artifacts(), batch.secondaryArtifacts()) : List.of(),
                batch.startTime(),
                batch.endTime(),
                Map.of(),
                ReportOutcome.NONE);
    }

    /** Where they are not combined, a place that AWS names all the same has none. */
    private static boolean combines(BuildBatch batch) {
        return batch.buildBatchConfig() == null
                || Boolean.TRUE.equals(batch.buildBatchConfig().combineArtifacts());
    }

    private static BuildSnapshot.Phase phase(BuildBatchPhase phase) {
        return BuildSnapshot.Phase.of(
                phase.phaseTypeAsString(),
                phase.phaseStatusAsString(),
                phase.startTime(),
                phase.endTime(),
                phase.durationInSeconds(),
                phase.contexts());
    }

    private static BatchMember group(BuildGroup group) {
        List<BatchMember.Attempt> prior =
                group.priorBuildSummaryList().stream().map(BatchReader::attempt).toList();
        return new BatchMember(
                group.identifier() == null ? "" : group.identifier(),
                List.copyOf(group.dependsOn()),
                Boolean.TRUE.equals(group.ignoreFailure()),
                group.currentBuildSummary() == null ? BatchMember.Attempt.NONE : attempt(group.currentBuildSummary()),
                prior);
    }

    private static BatchMember.Attempt attempt(BuildSummary summary) {
        String arn = summary.arn() == null ? "" : summary.arn();
        return new BatchMember.Attempt(
                arn.substring(arn.lastIndexOf('/') + 1),
                summary.buildStatusAsString() == null ? BatchMember.PENDING : summary.buildStatusAsString(),
                summary.requestedOn(),
                summary.primaryArtifact() != null);
    }
}
