package io.jenkins.plugins.awscicd.localaws.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A multipart upload in progress, and its parts by number. */
final class MultipartUpload {

    /** A part that has arrived. */
    record Part(Blob blob, Instant lastModified) {}

    private final String key;
    private final Map<String, String> headers;
    private final ChecksumAlgorithm algorithm;
    private final boolean fullObjectChecksum;
    private final Instant begun;
    private final NavigableMap<Integer, Part> parts = new TreeMap<>();

    /**
     * @param headers of the object that it becomes
     * @param algorithm of its checksum, {@code null} for none
     * @param fullObjectChecksum over the bytes, else over the checksums of the parts
     */
    MultipartUpload(
            String key,
            Map<String, String> headers,
            ChecksumAlgorithm algorithm,
            boolean fullObjectChecksum,
            Instant begun) {
        this.key = key;
        this.headers = headers;
        this.algorithm = algorithm;
        this.fullObjectChecksum = fullObjectChecksum;
        this.begun = begun;
    }

    String key() {
        return key;
    }

    Map<String, String> headers() {
        return headers;
    }

    ChecksumAlgorithm algorithm() {
        return algorithm;
    }

    boolean fullObjectChecksum() {
        return fullObjectChecksum;
    }

    Instant begun() {
        return begun;
    }

    synchronized void put(int number, Part part) throws IOException {
        Part replaced = parts.put(number, part);
        if (replaced != null) {
            Files.deleteIfExists(replaced.blob().file());
        }
    }

    synchronized NavigableMap<Integer, Part> parts() {
        return new TreeMap<>(parts);
    }

    synchronized void discard() throws IOException {
        for (Part part : parts.values()) {
            Files.deleteIfExists(part.blob().file());
        }
        parts.clear();
    }
}
