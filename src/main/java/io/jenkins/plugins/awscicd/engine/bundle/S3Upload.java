package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.PresignedAddress;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One object on its way to S3 in parts that others send. The calls block. */
final class S3Upload {

    private static final Logger LOGGER = Logger.getLogger(S3Upload.class.getName());
    private static final String PUT = "s3:PutObject";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** To put the parts together "could take several minutes". */
    private static final Duration ASSEMBLY = Duration.ofMinutes(5);

    private static final Duration URL_LIFE = Duration.ofHours(2);

    private final AwsSession session;
    private final S3Location to;
    private final String key;
    private volatile String id;

    /** @param key of the object, with the place's prefix */
    S3Upload(AwsSession session, S3Location to, String key) {
        this.session = session;
        this.to = to;
        this.key = key;
    }

    /** What is known of an object. */
    private enum Found {
        THERE,
        ABSENT,
        UNKNOWN
    }

    /**
     * Whether what was uploaded before is there still, and nothing that somebody else has put there. Where nothing may be read, it is not
     * as far as we know: the upload will tell.
     */
    boolean isThere(@CheckForNull UploadedObject uploaded) throws InterruptedException {
        return uploaded != null && find(uploaded) == Found.THERE;
    }

    private Found find() throws InterruptedException {
        return find(null);
    }

    /** @param wanted null for anything at all */
    private Found find(@CheckForNull UploadedObject wanted) throws InterruptedException {
        String action = "s3:GetObject";
        try {
            HeadObjectResponse head = session.await(session.call(
                    action,
                    PATIENCE,
                    RetryListener.NONE,
                    () -> s3().headObject(it -> it.bucket(to.bucket()).key(key))));
            return isArchived(head) || wanted != null && !wanted.isStill(version(head.versionId()), head.eTag())
                    ? Found.ABSENT
                    : Found.THERE;
        } catch (ExecutionException e) {
            return switch (AwsFault.of(e.getCause())) {
                case NOT_FOUND -> Found.ABSENT;
                case DENIED -> Found.UNKNOWN;
                default -> throw AwsCallException.of(action, "s3://" + to.bucket() + "/" + key, e.getCause());
            };
        }
    }

    /** What a lifecycle rule has moved to an archive cannot be read by whoever it was meant for. */
    private static boolean isArchived(HeadObjectResponse head) {
        return head.storageClass() == StorageClass.GLACIER
                || head.storageClass() == StorageClass.DEEP_ARCHIVE
                || head.archiveStatus() != null;
    }

    /**
     * Begins it. If the answer is lost, S3 keeps an upload that nobody knows, for the bucket's lifecycle rule to end. If nobody waits any
     * more, it is given up as soon as it has begun.
     */
    void begin() throws InterruptedException {
        AtomicBoolean wanted = new AtomicBoolean(true);
        CompletableFuture<Void> begun = session.callWhile(
                        wanted::get,
                        PUT,
                        PATIENCE,
                        RetryListener.NONE,
                        () -> s3().createMultipartUpload(create -> {
                                    create.bucket(to.bucket()).key(key);
                                    if (to.kmsKey() != null) {
                                        create.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                                .ssekmsKeyId(to.kmsKey());
                                    }
                                })
                                .uploadId())
                .thenAccept(made -> id = made);
        try {
            await(begun);
        } catch (InterruptedException e) {
            wanted.set(false);
            begun.thenRun(this::abort);
            throw e;
        }
    }

    /** Addresses to which parts can be sent without credentials, as long as they last and those with which they are signed. */
    @NonNull
    List<String> addresses(int parts) {
        List<String> urls = new ArrayList<>();
        try (S3Presigner presigner = session.presigner(session.credentials())) {
            for (int number = 1; number <= parts; number++) {
                int part = number;
                urls.add(PresignedAddress.of(
                        session,
                        presigner.presignUploadPart(sign -> sign.signatureDuration(URL_LIFE)
                                .uploadPartRequest(upload -> upload.bucket(to.bucket())
                                        .key(key)
                                        .uploadId(id)
                                        .partNumber(part))),
                        URL_LIFE));
            }
        }
        return urls;
    }

    /** How many bytes have arrived, in whole parts. Fails where nobody may look. */
    @NonNull
    CompletableFuture<Long> arrived() {
        return session.call(
                "s3:ListMultipartUploadParts",
                Duration.ZERO,
                RetryListener.NONE,
                () -> s3()
                        .listPartsPaginator(
                                it -> it.bucket(to.bucket()).key(key).uploadId(id))
                        .parts()
                        .stream()
                        .mapToLong(Part::size)
                        .sum());
    }

    /** So S3 calls what is in a bucket that keeps no versions any more. */
    @CheckForNull
    private static String version(@CheckForNull String told) {
        return "null".equals(told) ? null : told;
    }

    /** Makes the object of its parts. */
    @NonNull
    UploadedObject complete(List<String> eTags) throws InterruptedException {
        List<CompletedPart> parts = new ArrayList<>();
        for (String eTag : eTags) {
            parts.add(CompletedPart.builder()
                    .partNumber(parts.size() + 1)
                    .eTag(eTag)
                    .build());
        }
        AtomicBoolean unanswered = new AtomicBoolean();
        AtomicBoolean gone = new AtomicBoolean();
        try {
            CompleteMultipartUploadResponse made = await(session.call(
                    PUT,
                    ASSEMBLY.plus(PATIENCE),
                    (fault, failure) -> unanswered.compareAndSet(false, fault == AwsFault.TRANSIENT),
                    () -> {
                        try {
                            return s3().completeMultipartUpload(done -> done.bucket(to.bucket())
                                    .key(key)
                                    .uploadId(id)
                                    .multipartUpload(it -> it.parts(parts))
                                    .overrideConfiguration(it -> it.apiCallTimeout(ASSEMBLY)));
                        } catch (NoSuchUploadException e) {
                            gone.set(true);
                            throw e;
                        }
                    }));
            return new UploadedObject(to.bucket(), key, version(made.versionId()), made.eTag());
        } catch (AwsCallException e) {
            // An upload that nobody has given up and S3 knows no more is complete: only the answer did not get here.
            if (!gone.get() || !unanswered.get() || find() == Found.ABSENT) {
                throw e;
            }
            return new UploadedObject(to.bucket(), key, null, null);
        }
    }

    /** Gives it up, if it goes on at all. Does not wait for S3. */
    void abort() {
        session.call(
                        "s3:AbortMultipartUpload",
                        PATIENCE,
                        RetryListener.NONE,
                        () -> s3().abortMultipartUpload(
                                        it -> it.bucket(to.bucket()).key(key).uploadId(id)))
                .exceptionally(failure -> {
                    // What is left over is for the bucket's lifecycle rule to remove; the upload's own failure is what
                    // matters.
                    LOGGER.log(Level.FINE, "An upload could not be aborted", failure);
                    return null;
                });
    }

    private <T> T await(CompletableFuture<T> call) throws InterruptedException {
        try {
            return session.await(call);
        } catch (ExecutionException e) {
            throw AwsCallException.of(PUT, "bucket '" + to.bucket() + "' in " + session.region(), e.getCause());
        }
    }

    private S3Client s3() {
        return session.client(S3Client.class, S3Client::builder);
    }
}
