package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsClients;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What an object of S3 is at one moment: a key alone says where something is, and may have other content tomorrow. An ETag does not say
 * what is in it either: it may be an MD5, of which two contents can be made.
 *
 * @param version of the object; null where its bucket keeps no versions
 * @param sha256 that S3 has of it, or of its parts' checksums; null if there is none, or if the version tells already
 * @param eTag as S3 calls what is there
 * @param bytes its length
 * @param written when it was put there, by S3's clock, to the second
 */
public record S3Content(
        @NonNull String bucket,
        @NonNull String key,
        @CheckForNull String version,
        @CheckForNull String sha256,
        @NonNull String eTag,
        long bytes,
        @NonNull Instant written) {

    /** What {@link #read} needs. */
    public static final String ACTION = "s3:GetObject";

    /** What is longer is not read to find out what it is: a bucket that keeps versions tells at once. */
    private static final long LONGEST_READ = 512L << 20;

    /** With one call: less than any answer may have. */
    private static final long PIECE = 8L << 20;

    /** For all of it: who serves it may send a byte now and then, for ever. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Calls that are made to find out where something is and to begin to read it; what is silent then ends with less than one more. */
    private static final int MOST_CALLS = 5;

    /** By then it is known what is in something, or has been said why not: whoever waits for that has to wait longer. */
    public static final Duration LONGEST = PATIENCE.plus(AwsClients.CALL_TIMEOUT.multipliedBy(MOST_CALLS));

    /**
     * Asks S3 (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>). Blocks: run by a lane.
     */
    @NonNull
    public static S3Content read(@NonNull AwsSession session, @NonNull String bucket, @NonNull String key) {
        return read(session, bucket, key, null);
    }

    /** @param version null for what is there now */
    @NonNull
    public static S3Content read(
            @NonNull AwsSession session, @NonNull String bucket, @NonNull String key, @CheckForNull String version) {
        HeadObjectResponse head =
                s3(session).headObject(it -> it.bucket(bucket).key(key).versionId(version));
        String there = head.versionId();
        boolean kept = there != null && !there.equals("null"); // so it is called in a bucket that keeps none
        return new S3Content(
                bucket,
                key,
                kept ? there : null,
                kept ? null : sha256(session, bucket, key, String.valueOf(head.eTag())),
                String.valueOf(head.eTag()).replace("\"", ""),
                head.contentLength() == null ? 0 : head.contentLength(),
                head.lastModified() == null ? Instant.EPOCH : head.lastModified());
    }

    /** By a call of its own, as it takes the permission to decrypt as well where a KMS key encrypts. */
    @CheckForNull
    private static String sha256(AwsSession session, String bucket, String key, String eTag) {
        try {
            String known = s3(session)
                    .headObject(it -> it.bucket(bucket).key(key).ifMatch(eTag).checksumMode(ChecksumMode.ENABLED))
                    .checksumSHA256();
            // Of an upload in parts it is that of the parts' checksums, and says how many there were.
            return known == null || known.contains("-")
                    ? known
                    : HexFormat.of().formatHex(Base64.getDecoder().decode(known));
        } catch (SdkException e) {
            if (isUnknown(e)) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isUnknown(SdkException e) {
        AwsFault fault = AwsFault.of(e);
        return fault == AwsFault.NOT_FOUND || fault == AwsFault.DENIED || fault == AwsFault.REJECTED;
    }

    /** The same, or null if S3 does not tell: it is not there, or not to be read. */
    @CheckForNull
    public static S3Content find(
            @NonNull AwsSession session, @NonNull String bucket, @NonNull String key, @CheckForNull String version) {
        try {
            return read(session, bucket, key, version);
        } catch (SdkException e) {
            if (isUnknown(e)) {
                return null;
            }
            throw e;
        }
    }

    /** Has a lane find out what is in something. Blocks: not to be called on one of the engine's threads. */
    @CheckForNull
    public static <T> T call(@NonNull AwsSession session, @NonNull Supplier<T> question) throws InterruptedException {
        try {
            return session.await(session.call(ACTION, AwsSession.PATIENCE, RetryListener.NONE, question));
        } catch (ExecutionException e) {
            throw AwsCallException.of(ACTION, "what is to be deployed, in " + session.region(), e.getCause());
        }
    }

    /** Tells it from what was there before, though not from what was made to look the same. */
    @NonNull
    public String id() {
        return version != null ? version : sha256 != null ? sha256 : eTag;
    }

    /**
     * Where it is and what is in it, in one line: its version, or a SHA-256, for which it is read where S3 has none. Null if it is too
     * large for that. Blocks.
     */
    @CheckForNull
    public String pinned(@NonNull AwsSession session) {
        if (version != null) {
            return versionOf(bucket, key, version);
        }
        String digest = sha256 == null ? digest(session) : sha256;
        return digest == null ? null : "s3://" + bucket + "/" + key + " @ SHA-256 " + digest;
    }

    /** The SHA-256 of what is in it, in hex; null if it is too large to be read for that, or was overwritten meanwhile. Blocks. */
    @CheckForNull
    public String digest(@NonNull AwsSession session) {
        if (sha256 != null && !sha256.contains("-")) {
            return sha256;
        }
        if (bytes > LONGEST_READ) {
            return null;
        }
        try {
            Sha256 digest = new Sha256();
            Moment last = session.time().moment().plus(PATIENCE);
            long read = 0;
            for (long first = 0; first < bytes; first += PIECE) {
                read += add(session, first, Math.min(first + PIECE, bytes) - 1, digest, last);
            }
            return read == bytes ? digest.end() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SdkException e) {
            if (isUnknown(e)) {
                return null;
            }
            throw e;
        }
    }

    /** How many bytes there were. */
    private long add(AwsSession session, long first, long last, Sha256 digest, Moment end) throws IOException {
        String range = "bytes=" + first + "-" + last;
        try (ResponseInputStream<GetObjectResponse> in = s3(session)
                .getObject(it -> it.bucket(bucket).key(key).ifMatch(eTag).range(range))) {
            try {
                return add(session, in, digest, end);
            } catch (IOException | RuntimeException e) {
                in.abort(); // else it would be read to its end, for the connection to be used again
                throw e;
            }
        }
    }

    /** The same of a stream, for as long as somebody wants to know it. */
    long add(AwsSession session, InputStream in, Sha256 digest, Moment last) throws IOException {
        long all = 0;
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.add(buffer, read);
            all += read;
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Nobody waits any more for what is in s3://" + bucket + "/" + key);
            }
            if (session.time().moment().isAfter(last)) {
                throw AwsCallException.of(
                        ACTION,
                        "s3://" + bucket + "/" + key,
                        new TimeoutException(
                                "it could not be read within " + PATIENCE.toMinutes()
                                        + " minutes to determine its content; with a bucket that keeps versions this is not necessary"));
            }
        }
        return all;
    }

    /** The same where the version is known already. */
    @NonNull
    public static String versionOf(@NonNull String bucket, @NonNull String key, @NonNull String version) {
        return "s3://" + bucket + "/" + key + " @ " + version;
    }

    private static S3Client s3(AwsSession session) {
        return session.client(S3Client.class, S3Client::builder);
    }
}
