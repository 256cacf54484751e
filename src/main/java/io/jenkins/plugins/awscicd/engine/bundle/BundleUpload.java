package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Brings a directory into S3: the controller opens the upload and signs the parts' addresses, the agent sends the parts, the
 * controller completes it. Nothing of the files passes through the controller.
 *
 * <p>The key is the content's digest, so equal trees are sent once, and the bucket needs no versioning. That something is under the key
 * is no proof of it: an object counts as sent only if S3 has what it said of it when it was sent.
 */
public final class BundleUpload {

    /** S3 takes no more. */
    private static final int MOST_PARTS = 10_000;

    /** See <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">limits of multipart uploads</a>. */
    private static final long LARGEST_OBJECT = 5L << 40;

    /** What takes so long to send that it is said before. */
    private static final long LONG_BYTES = 32L << 20;

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
     * Brings the files to S3, unless the owner is known to have brought them there. Blocks while files are read and sent: not to be called on one of
     * the engine's threads.
     *
     * @param uploads what is known to be there already
     * @return the object
     * @throws IOException if the files cannot be read or sent
     * @throws AwsCallException if AWS refuses
     */
    @NonNull
    public UploadedObject upload(
            @NonNull Workspace workspace, @NonNull BundleSpec spec, @NonNull S3Location to, @NonNull Uploads uploads)
            throws IOException, InterruptedException {
        Moment begin = scheduler.moment();
        Manifest manifest = workspace.scan(spec);
        check(manifest, spec);
        String key = to.prefix() + manifest.digest() + spec.suffix();
        String address = "s3://" + to.bucket() + "/" + key;
        String files = manifest.files() == 1 ? "1 file" : manifest.files() + " files";
        S3Upload upload = new S3Upload(session, to, key);
        UploadedObject known = uploads.find(to.bucket(), key);
        if (upload.isThere(known)) {
            console.line(files + " (" + Sizes.inWords(manifest.bytes()) + ") already in S3: " + address);
            return known;
        }
        if (manifest.bytes() > LONG_BYTES) {
            console.line("Uploading " + files + ", " + Sizes.inWords(manifest.bytes()));
        }
        Sent sent = send(workspace, spec, upload, manifest);
        uploads.keep(sent.object());
        console.line("Uploaded " + files + " (" + Sizes.inWords(sent.bytes()) + ") in "
                + Durations.inWords(begin.until(scheduler.moment())) + ": " + address);
        return sent.object();
    }

    private record Sent(UploadedObject object, long bytes) {}

    /** What an agent says becomes part of an address: it is to be what our own code would have said. */
    private static void check(Manifest manifest, BundleSpec spec) throws IOException {
        boolean sound = DIGEST.matcher(manifest.digest()).matches()
                && manifest.largestZip() > 0
                && largest(manifest, spec) <= LARGEST_OBJECT;
        if (!sound) {
            throw new BundleException("The agent reported an impossible list of files to upload");
        }
    }

    /** In bytes. */
    private static long largest(Manifest manifest, BundleSpec spec) {
        return Math.min(manifest.largestZip(), spec.maxBytes());
    }

    private Sent send(Workspace workspace, BundleSpec spec, S3Upload upload, Manifest manifest)
            throws IOException, InterruptedException {
        upload.begin();
        boolean complete = false;
        long largest = largest(manifest, spec);
        try (UploadProgressLog progress = new UploadProgressLog(upload, scheduler, console, largest)) {
            Uploaded uploaded = parts(workspace, spec, upload, largest);
            if (!uploaded.digest().equals(manifest.digest())) {
                throw new BundleException(
                        "The files changed during the upload; "
                                + "make sure that nothing writes to the workspace during this step, or exclude the files that change");
            }
            UploadedObject object = upload.complete(uploaded.eTags());
            complete = true;
            return new Sent(object, uploaded.bytes());
        } finally {
            if (!complete) {
                upload.abort();
            }
        }
    }

    /** Has the parts sent, to new addresses for as long as more of them arrive. */
    private static Uploaded parts(Workspace workspace, BundleSpec spec, S3Upload upload, long largest)
            throws IOException, InterruptedException {
        long partBytes = Math.max(workspace.partBytes(), (largest + MOST_PARTS - 1) / MOST_PARTS);
        int parts = (int) ((largest + partBytes - 1) / partBytes);
        int size = Math.toIntExact(Math.min(partBytes, largest));
        Uploaded uploaded = workspace.upload(spec, new UploadPlan(upload.addresses(parts), size, List.of()));
        boolean inVain = false;
        while (uploaded.unfinished() != null) {
            Uploaded more = workspace.upload(spec, new UploadPlan(upload.addresses(parts), size, uploaded.eTags()));
            String unfinished = more.unfinished();
            boolean none = unfinished != null && more.arrived() <= uploaded.arrived();
            if (none && inVain) {
                throw new BundleException(unfinished);
            }
            inVain = none;
            uploaded = more;
        }
        return uploaded;
    }
}
