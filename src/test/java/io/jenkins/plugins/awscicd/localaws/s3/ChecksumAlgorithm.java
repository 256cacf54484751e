package io.jenkins.plugins.awscicd.localaws.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums of objects and parts ("Checking object integrity" in the S3 user guide). */
enum ChecksumAlgorithm {
    CRC32(() -> crc(new CRC32(), 4)),
    CRC32C(() -> crc(new CRC32C(), 4)),
    CRC64NVME(() -> crc(new Crc64Nvme(), 8)),
    SHA1(() -> digest("SHA-1")),
    SHA256(() -> digest("SHA-256")),
    /** Not a checksum of S3's own, but what ETags and Content-MD5 are. */
    MD5(() -> digest("MD5"));

    /** A checksum in the making. */
    interface Running {
        void update(byte[] bytes, int offset, int length);

        byte[] value();
    }

    private final Supplier<Running> begin;

    ChecksumAlgorithm(Supplier<Running> begin) {
        this.begin = begin;
    }

    Running begin() {
        return begin.get();
    }

    /** The header that carries it. */
    String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    /** By its name, as in {@code x-amz-checksum-algorithm}. */
    static Optional<ChecksumAlgorithm> named(String name) {
        for (ChecksumAlgorithm algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }

    private static Running crc(Checksum checksum, int bytes) {
        return new Running() {
            @Override
            public void update(byte[] data, int offset, int length) {
                checksum.update(data, offset, length);
            }

            @Override
            public byte[] value() {
                long value = checksum.getValue();
                return bytes == 4
                        ? ByteBuffer.allocate(4).putInt((int) value).array()
                        : ByteBuffer.allocate(8).putLong(value).array();
            }
        };
    }

    private static Running digest(String name) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return new Running() {
            @Override
            public void update(byte[] data, int offset, int length) {
                digest.update(data, offset, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }
}
