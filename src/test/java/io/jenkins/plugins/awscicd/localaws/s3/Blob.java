package io.jenkins.plugins.awscicd.localaws.s3;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/**
 * Bytes that were received and are kept in a file.
 *
 * @param checksums those that were computed, always MD5 among them
 */
record Blob(Path file, long size, Map<ChecksumAlgorithm, byte[]> checksums) {

    String etag() {
        return HexFormat.of().formatHex(checksums.get(ChecksumAlgorithm.MD5));
    }
}
