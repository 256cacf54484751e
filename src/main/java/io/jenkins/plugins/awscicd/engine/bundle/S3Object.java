package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * An archive in S3.
 *
 * @param type {@code zip}, {@code tar} or {@code tgz}
 * @param sha256 of its content as it was made, in hex; null if that is not known
 */
public record S3Object(
        @NonNull String bucket,
        @NonNull String key,
        @NonNull String type,
        @CheckForNull String sha256) {

    /** Of which nobody has kept what was put into it. */
    public S3Object(@NonNull String bucket, @NonNull String key, @NonNull String type) {
        this(bucket, key, type, null);
    }

    /** Such as {@code s3://releases/web.zip}. */
    @NonNull
    public String address() {
        return "s3://" + bucket + "/" + key;
    }
}
