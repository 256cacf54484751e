package io.jenkins.plugins.awscicd.localaws.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the parts of an upload become.
 *
 * @param etag the MD5 of the parts' MD5s, and the number of parts
 * @param checksums of the object, as headers
 */
record AssembledObject(Path file, String etag, Map<String, String> checksums) {

    static AssembledObject of(MultipartUpload upload, List<Blob> parts, Blobs blobs) throws IOException {
        // S3 adds this one by itself where none was asked for.
        boolean own = upload.algorithm() == null;
        ChecksumAlgorithm algorithm = own ? ChecksumAlgorithm.CRC64NVME : upload.algorithm();
        ChecksumAlgorithm.Running etag = ChecksumAlgorithm.MD5.begin();
        ChecksumAlgorithm.Running composite = algorithm.begin();
        ChecksumAlgorithm.Running full = algorithm.begin();
        boolean everyPart = !own;
        Path file = blobs.newFile();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Blob part : parts) {
                update(etag, part.checksums().get(ChecksumAlgorithm.MD5));
                everyPart &= part.checksums().containsKey(algorithm);
                if (everyPart) {
                    update(composite, part.checksums().get(algorithm));
                }
                append(part.file(), out, full);
            }
        }
        Map<String, String> checksums = Map.of();
        if (own || upload.fullObjectChecksum()) {
            checksums = Map.of(
                    algorithm.header(), ChecksumAlgorithm.base64(full.value()), "x-amz-checksum-type", "FULL_OBJECT");
        } else if (everyPart) {
            checksums = Map.of(
                    algorithm.header(),
                    ChecksumAlgorithm.base64(composite.value()) + "-" + parts.size(),
                    "x-amz-checksum-type",
                    "COMPOSITE");
        }
        return new AssembledObject(file, HexFormat.of().formatHex(etag.value()) + "-" + parts.size(), checksums);
    }

    private static void append(Path part, OutputStream out, ChecksumAlgorithm.Running checksum) throws IOException {
        try (InputStream in = Files.newInputStream(part)) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                if (checksum != null) {
                    checksum.update(buffer, 0, count);
                }
            }
        }
    }

    private static void update(ChecksumAlgorithm.Running checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
    }
}
