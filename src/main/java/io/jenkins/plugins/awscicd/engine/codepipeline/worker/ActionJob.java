package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.codepipeline.model.AWSSessionCredentials;
import software.amazon.awssdk.services.codepipeline.model.ActionContext;
import software.amazon.awssdk.services.codepipeline.model.Artifact;
import software.amazon.awssdk.services.codepipeline.model.EncryptionKey;
import software.amazon.awssdk.services.codepipeline.model.JobData;
import software.amazon.awssdk.services.codepipeline.model.PipelineContext;
import software.amazon.awssdk.services.codepipeline.model.StageContext;

/**
 * A job as AWS shows it. Its configuration has secret properties in clear, and its credentials are secret: it is never kept, and says
 * nothing of them.
 *
 * @param continuation null of an action's first job
 * @param credentials good for the job's artifacts, for 15 minutes; null if it has none
 * @param encryptionKey of AWS KMS; null for S3's default key
 */
public record ActionJob(
        @NonNull String id,
        @NonNull PipelineAction action,
        @NonNull Map<String, String> configuration,
        @NonNull List<JobArtifact> inputs,
        @NonNull List<JobArtifact> outputs,
        @CheckForNull String continuation,
        @CheckForNull AwsSessionCredentials credentials,
        @CheckForNull String encryptionKey) {

    /** The property that names who is to do the work. */
    public static final String PROJECT = "ProjectName";

    @NonNull
    static ActionJob of(@NonNull String id, @NonNull JobData data) {
        PipelineContext context = data.pipelineContext();
        AWSSessionCredentials given = data.artifactCredentials();
        return new ActionJob(
                id,
                context == null ? new PipelineAction("", "", "", "") : action(context),
                data.actionConfiguration() == null
                        ? Map.of()
                        : Map.copyOf(data.actionConfiguration().configuration()),
                artifacts(data.inputArtifacts()),
                artifacts(data.outputArtifacts()),
                data.continuationToken(),
                given == null
                        ? null
                        : AwsSessionCredentials.create(
                                given.accessKeyId(), given.secretAccessKey(), given.sessionToken()),
                Optional.ofNullable(data.encryptionKey()).map(EncryptionKey::id).orElse(null));
    }

    private static PipelineAction action(PipelineContext context) {
        return new PipelineAction(
                orEmpty(context.pipelineName()),
                orEmpty(context.pipelineExecutionId()),
                orEmpty(Optional.ofNullable(context.stage())
                        .map(StageContext::name)
                        .orElse(null)),
                orEmpty(Optional.ofNullable(context.action())
                        .map(ActionContext::name)
                        .orElse(null)));
    }

    private static List<JobArtifact> artifacts(List<Artifact> artifacts) {
        return artifacts.stream()
                .filter(one -> one.location() != null && one.location().s3Location() != null)
                .map(one -> new JobArtifact(
                        one.name(),
                        one.location().s3Location().bucketName(),
                        one.location().s3Location().objectKey()))
                .toList();
    }

    private static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    /** Who is to do the work; empty if the action does not say. */
    @NonNull
    public String project() {
        return configuration.getOrDefault(PROJECT, "").strip();
    }

    @Override
    public String toString() {
        return "job " + id + " of " + action;
    }
}
