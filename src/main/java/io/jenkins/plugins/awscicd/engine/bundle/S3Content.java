package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.time.Instant;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What an object of S3 is at one moment: a key alone says where something is, and may have other content tomorrow.
 *
 * @param id of the content: the object's version where its bucket keeps versions, else its ETag
 * @param written when it was put there, by S3's clock, to the second
 */
public record S3Content(@NonNull String id, @NonNull Instant written) {

    /** What {@link #read} needs. */
    public static final String ACTION = "s3:GetObject";

    /**
     * Asks S3 (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>). Blocks: run by a lane.
     */
    @NonNull
    public static S3Content read(@NonNull AwsSession session, @NonNull String bucket, @NonNull String key) {
        HeadObjectResponse head = session.client(S3Client.class, S3Client::builder)
                .headObject(it -> it.bucket(bucket).key(key));
        String version = head.versionId();
        boolean kept = version != null && !version.equals("null"); // so it is called in a bucket that keeps none
        return new S3Content(
                kept ? version : String.valueOf(head.eTag()).replace("\"", ""),
                head.lastModified() == null ? Instant.EPOCH : head.lastModified());
    }
}
