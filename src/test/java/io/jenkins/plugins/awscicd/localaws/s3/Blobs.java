package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Receives bytes into files, and checks them on the way against whatever checksums the client has given. */
final class Blobs {

    private final Path directory;

    Blobs(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** A file for new bytes. */
    Path newFile() {
        return directory.resolve(UUID.randomUUID().toString());
    }

    Blob store(InputStream in, Set<ChecksumAlgorithm> algorithms) throws IOException {
        Map<ChecksumAlgorithm, ChecksumAlgorithm.Running> running = new EnumMap<>(ChecksumAlgorithm.class);
        algorithms.forEach(algorithm -> running.put(algorithm, algorithm.begin()));
        running.putIfAbsent(ChecksumAlgorithm.MD5, ChecksumAlgorithm.MD5.begin());
        Path file = newFile();
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                for (ChecksumAlgorithm.Running one : running.values()) {
                    one.update(buffer, 0, count);
                }
                size += count;
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        Map<ChecksumAlgorithm, byte[]> checksums = new EnumMap<>(ChecksumAlgorithm.class);
        running.forEach((algorithm, one) -> checksums.put(algorithm, one.value()));
        return new Blob(file, size, checksums);
    }

    /** The body of a PutObject or UploadPart, plain or {@code aws-chunked}. */
    Blob receive(Request request) throws AwsError, IOException {
        Map<String, String> stated = stated(request);
        String payloadHash = request.header("x-amz-content-sha256");
        boolean chunked = payloadHash != null && payloadHash.startsWith("STREAMING-")
                || encodings(request).contains("aws-chunked");
        boolean hashed = payloadHash != null && payloadHash.length() == 64;
        Set<ChecksumAlgorithm> algorithms = EnumSet.of(ChecksumAlgorithm.MD5);
        stated.keySet().forEach(name -> ChecksumAlgorithm.named(name).ifPresent(algorithms::add));
        String trailer = request.header("x-amz-trailer");
        if (trailer != null) {
            ChecksumAlgorithm.named(trailer.replaceFirst("(?i)x-amz-checksum-", ""))
                    .ifPresent(algorithms::add);
        }
        if (hashed) {
            algorithms.add(ChecksumAlgorithm.SHA256);
        }
        ChunkedBody body = chunked ? new ChunkedBody(request.body()) : null;
        Blob blob = store(body == null ? request.body() : body, algorithms);
        try {
            if (body != null) {
                body.trailers().forEach((name, value) -> stated.put(name.replace("x-amz-checksum-", ""), value));
                checkLength(request, blob);
            }
            check(stated, blob);
            if (hashed
                    && !HexFormat.of()
                            .formatHex(blob.checksums().get(ChecksumAlgorithm.SHA256))
                            .equals(payloadHash)) {
                throw AwsError.badRequest(
                        "XAmzContentSHA256Mismatch",
                        "The provided 'x-amz-content-sha256' header does not match what was computed.");
            }
        } catch (AwsError e) {
            Files.deleteIfExists(blob.file());
            throw e;
        }
        if (!stated.containsKey("sha256")) {
            blob.checksums().remove(ChecksumAlgorithm.SHA256);
        }
        return blob;
    }

    /** Checksums in the headers, by algorithm in lower case. */
    private static Map<String, String> stated(Request request) {
        Map<String, String> stated = new HashMap<>();
        request.headers().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-checksum-")) {
                stated.put(lower.substring("x-amz-checksum-".length()), values.get(0));
            } else if (lower.equals("content-md5")) {
                stated.put("md5", values.get(0));
            }
        });
        return stated;
    }

    private static void check(Map<String, String> stated, Blob blob) throws AwsError {
        for (Map.Entry<ChecksumAlgorithm, byte[]> computed : blob.checksums().entrySet()) {
            String claim = stated.get(computed.getKey().name().toLowerCase(Locale.ROOT));
            if (claim == null || claim.equals(ChecksumAlgorithm.base64(computed.getValue()))) {
                continue;
            }
            if (computed.getKey() == ChecksumAlgorithm.MD5) {
                throw AwsError.badRequest("BadDigest", "The Content-MD5 you specified did not match what we received.");
            }
            throw AwsError.badRequest(
                    "BadDigest", "The " + computed.getKey() + " you specified did not match the calculated checksum.");
        }
    }

    private static void checkLength(Request request, Blob blob) throws AwsError {
        String length = request.header("x-amz-decoded-content-length");
        if (length == null) {
            throw new AwsError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        }
        if (!length.equals(Long.toString(blob.size()))) {
            throw AwsError.badRequest(
                    "IncompleteBody",
                    "The request body terminated unexpectedly or is longer than the number of bytes specified by the"
                            + " x-amz-decoded-content-length HTTP header");
        }
    }

    private static String encodings(Request request) {
        String encodings = request.header("Content-Encoding");
        return encodings == null ? "" : encodings;
    }
}
