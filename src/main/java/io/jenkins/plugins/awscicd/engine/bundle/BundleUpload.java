package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Hiccups;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Brings a directory into S3: the controller opens the upload and signs the parts' addresses, the agent sends the parts, the
 * controller completes it. Nothing of the files passes through the controller.
 *
 * <p>The key is the content's digest, so equal trees are sent once, and the bucket needs no versioning.
 */
public final class BundleUpload {

    private static final Logger LOGGER = Logger.getLogger(BundleUpload.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration URL_LIFE = Duration.ofHours(2);
    /** S3 takes parts of 5 MB and more, 10,000 at the most. */
    private static final long PART_BYTES = 8L << 20;

    private static final int MOST_PARTS = 10_000;

    /** See <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">limits of multipart uploads</a>. */
    private static final long LARGEST_OBJECT = 5L << 40;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;

    public BundleUpload(@NonNull AwsSession session, @NonNull Scheduler scheduler, @NonNull JobConsole console) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
    }

    /**
     * Brings the files to S3, if they are not there already. Blocks while files are read and sent: not to be called on one of
     * the engine's threads.
     *
     * @return the object's key
     * @throws IOException if the files cannot be read or sent
     * @throws AwsCallException if AWS refuses
     */
    @NonNull
    public String upload(@NonNull Workspace workspace, @NonNull BundleSpec spec, @NonNull S3Location to)
            throws IOException, InterruptedException {
        Instant begin = scheduler.now();
        Manifest manifest = workspace.scan(spec);
        check(manifest, spec);
        String key = to.prefix() + manifest.digest() + spec.suffix();
        String address = "s3://" + to.bucket() + "/" + key;
        String what = manifest.files() + " files, " + size(manifest.bytes());
        if (exists(to.bucket(), key)) {
            console.line("Source is " + what + ", and in S3 already: " + address);
            return key;
        }
        Uploaded uploaded = send(workspace, spec, to, key, manifest);
        console.line("Source is " + what + ", sent as " + size(uploaded.bytes()) + " in "
                + Durations.inWords(Duration.between(begin, scheduler.now())) + ": " + address);
        return key;
    }

    /** What an agent says becomes part of an address: it is to be what our own code would have said. */
    private static void check(Manifest manifest, BundleSpec spec) throws IOException {
        boolean sound = DIGEST.matcher(manifest.digest()).matches()
                && manifest.bytes() <= spec.maxBytes()
                && manifest.largestZip() > 0
                && manifest.largestZip() <= LARGEST_OBJECT;
        if (!sound) {
            throw new BundleException("The agent gives an impossible account of the files to upload");
        }
    }

    private Uploaded send(Workspace workspace, BundleSpec spec, S3Location to, String key, Manifest manifest)
            throws IOException, InterruptedException {
        String uploadId = call(
                "s3:PutObject",
                to.bucket(),
                () -> s3().createMultipartUpload(create -> {
                            create.bucket(to.bucket()).key(key);
                            if (to.kmsKey() != null) {
                                create.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                        .ssekmsKeyId(to.kmsKey());
                            }
                        })
                        .uploadId());
        boolean complete = false;
        try {
            Uploaded uploaded = workspace.upload(spec, plan(to.bucket(), key, uploadId, manifest.largestZip()));
            if (!uploaded.digest().equals(manifest.digest())) {
                throw new BundleException(
                        "The files changed while they were uploaded; "
                                + "let nothing write into the workspace during this step, or leave what changes out with excludes");
            }
            List<CompletedPart> parts = new ArrayList<>();
            for (String eTag : uploaded.eTags()) {
                parts.add(CompletedPart.builder()
                        .partNumber(parts.size() + 1)
                        .eTag(eTag)
                        .build());
            }
            call(
                    "s3:PutObject",
                    to.bucket(),
                    () -> s3().completeMultipartUpload(done -> done.bucket(to.bucket())
                            .key(key)
                            .uploadId(uploadId)
                            .multipartUpload(it -> it.parts(parts))));
            complete = true;
            return uploaded;
        } finally {
            if (!complete) {
                abort(to.bucket(), key, uploadId);
            }
        }
    }

    private UploadPlan plan(String bucket, String key, String uploadId, long largest) {
        long partBytes = Math.max(PART_BYTES, (largest + MOST_PARTS - 1) / MOST_PARTS);
        int parts = (int) ((largest + partBytes - 1) / partBytes);
        List<String> urls = new ArrayList<>();
        try (S3Presigner presigner = session.presigner()) {
            for (int number = 1; number <= parts; number++) {
                int part = number;
                urls.add(presigner
                        .presignUploadPart(sign -> sign.signatureDuration(URL_LIFE)
                                .uploadPartRequest(upload -> upload.bucket(bucket)
                                        .key(key)
                                        .uploadId(uploadId)
                                        .partNumber(part)))
                        .url()
                        .toString());
            }
        }
        return new UploadPlan(urls, Math.toIntExact(Math.min(partBytes, largest)));
    }

    private void abort(String bucket, String key, String uploadId) {
        session.call(
                        "s3:AbortMultipartUpload",
                        PATIENCE,
                        Hiccups.UNHEARD,
                        () -> s3().abortMultipartUpload(
                                        it -> it.bucket(bucket).key(key).uploadId(uploadId)))
                .exceptionally(failure -> {
                    // What is left over is for the bucket's lifecycle rule to remove; the upload's own failure is what
                    // matters.
                    LOGGER.log(Level.FINE, "An upload could not be aborted", failure);
                    return null;
                });
    }

    /** Where nothing may be read, nothing is there as far as we know, and the upload itself will tell. */
    private boolean exists(String bucket, String key) throws InterruptedException {
        try {
            session.call(
                            "s3:GetObject",
                            PATIENCE,
                            Hiccups.UNHEARD,
                            () -> s3().headObject(it -> it.bucket(bucket).key(key)))
                    .get();
            return true;
        } catch (ExecutionException e) {
            AwsFault fault = AwsFault.of(e.getCause());
            if (fault == AwsFault.NOT_FOUND || fault == AwsFault.DENIED) {
                return false;
            }
            throw AwsCallException.of("s3:GetObject", "s3://" + bucket + "/" + key, e.getCause());
        }
    }

    private <T> T call(String action, String bucket, Supplier<T> call) throws InterruptedException {
        try {
            return session.call(action, PATIENCE, Hiccups.UNHEARD, call).get();
        } catch (ExecutionException e) {
            throw AwsCallException.of(action, "bucket '" + bucket + "' in " + session.region(), e.getCause());
        }
    }

    private S3Client s3() {
        return session.client(S3Client.class, S3Client::builder);
    }

    private static String size(long bytes) {
        return bytes < 1_048_576
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1_048_576.0);
    }
}
