package io.jenkins.plugins.awscicd.localaws.s3;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * One version of an object, or a delete marker.
 *
 * @param versionId {@code null}, the text, in a bucket without versioning
 * @param etag without quotes
 * @param file its bytes; {@code null} for a delete marker
 * @param size in bytes
 * @param headers those that GetObject sends back: content type, encryption, user metadata, …
 * @param checksums {@code x-amz-checksum-…} headers and their values
 */
public record S3Object(
        String key,
        String versionId,
        String etag,
        Path file,
        long size,
        Instant lastModified,
        Map<String, String> headers,
        Map<String, String> checksums) {

    static final String NO_VERSION = "null";

    public boolean deleteMarker() {
        return file == null;
    }
}
