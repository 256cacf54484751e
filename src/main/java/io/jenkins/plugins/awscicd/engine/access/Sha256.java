package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, in hexadecimal digits. Not for use by several threads. */
public final class Sha256 {

    private final MessageDigest digest;

    /** Nothing is digested yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** A text's digest, 64 digits. */
    @NonNull
    public static String of(@NonNull String text) {
        return new Sha256().add(text).end();
    }

    /** Digests a text. */
    @NonNull
    public Sha256 add(@NonNull String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, bytes.length);
    }

    /** Digests the first bytes of a buffer. */
    @NonNull
    public Sha256 add(@NonNull byte[] buffer, int length) {
        digest.update(buffer, 0, length);
        return this;
    }

    /** The digest of all that was added, 64 digits. */
    @NonNull
    public String end() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
