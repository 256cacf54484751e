package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.PresignedAddress;
import io.jenkins.plugins.awscicd.engine.artifact.SignedRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/**
 * A job's artifacts, reached with the job's own credentials and no others. What is put there is encrypted as the pipeline wants it: with its
 * key of AWS KMS, or with the account's default key for S3, as AWS's guide for job workers says.
 */
public final class ArtifactAccess {

    /** The credentials may be some minutes old. */
    private static final Duration LIFE = Duration.ofMinutes(14);

    private final AwsSession session;
    private final ActionJob job;

    ArtifactAccess(@NonNull AwsSession session, @NonNull ActionJob job) {
        this.session = session;
        this.job = job;
    }

    /** What is reached. */
    @NonNull
    public ActionJob job() {
        return job;
    }

    private AwsSessionCredentials credentials() {
        AwsSessionCredentials credentials = job.credentials();
        if (credentials == null) {
            throw new IllegalStateException("AWS gave no access to the artifacts of " + job.action());
        }
        return credentials;
    }

    /** To read an artifact. */
    @NonNull
    public SignedRequest get(@NonNull JobArtifact artifact) {
        AwsSessionCredentials by = credentials();
        try (S3Presigner presigner = session.presigner(StaticCredentialsProvider.create(by))) {
            PresignedGetObjectRequest signed = presigner.presignGetObject(sign -> sign.signatureDuration(LIFE)
                    .getObjectRequest(get -> get.bucket(artifact.bucket()).key(artifact.key())));
            return new SignedRequest(PresignedAddress.of(session, signed, by, LIFE), Map.of());
        }
    }

    /** To put an artifact where the next action finds it. */
    @NonNull
    public SignedRequest put(@NonNull JobArtifact artifact) {
        AwsSessionCredentials by = credentials();
        String key = job.encryptionKey();
        try (S3Presigner presigner = session.presigner(StaticCredentialsProvider.create(by))) {
            PresignedPutObjectRequest signed = presigner.presignPutObject(sign -> sign.signatureDuration(LIFE)
                    .putObjectRequest(put -> put.bucket(artifact.bucket())
                            .key(artifact.key())
                            .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                            .ssekmsKeyId(key)));
            Map<String, String> headers = new LinkedHashMap<>();
            signed.signedHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("host")) { // the client's own
                    headers.put(name, String.join(",", values));
                }
            });
            return new SignedRequest(PresignedAddress.of(session, signed, by, LIFE), headers);
        }
    }
}
