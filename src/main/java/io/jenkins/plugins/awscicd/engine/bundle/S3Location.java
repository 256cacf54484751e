package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Sha256;

/**
 * Where bundles are put.
 *
 * @param bucket the bucket's name
 * @param prefix what all keys begin with; empty, or ends with a slash
 * @param kmsKey the KMS key to encrypt with; null for the bucket's own encryption
 */
public record S3Location(
        @NonNull String bucket,
        @NonNull String prefix,
        @CheckForNull String kmsKey) {

    public S3Location {
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /**
     * A folder in this place for one owner. Bundles are found again by what an agent says is in them, therefore those whom we
     * trust differently must not share a folder.
     *
     * @param owner such as a job's full name; any text
     */
    @NonNull
    public S3Location of(@NonNull String owner) {
        String readable = owner.replaceAll("[^A-Za-z0-9_.-]+", "-");
        String distinct = Sha256.of(owner).substring(0, 16);
        return new S3Location(bucket, prefix + readable + "-" + distinct + "/", kmsKey);
    }
}
