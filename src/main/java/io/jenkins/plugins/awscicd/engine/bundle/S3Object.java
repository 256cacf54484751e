package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * An archive in S3.
 *
 * @param type {@code zip}, {@code tar} or {@code tgz}
 */
public record S3Object(
        @NonNull String bucket,
        @NonNull String key,
        @NonNull String type) {}
