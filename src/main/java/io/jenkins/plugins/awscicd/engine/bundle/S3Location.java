package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

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
}
