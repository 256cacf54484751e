package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a run has really uploaded to S3, kept with it: whoever may write to the bucket can put something under a key that looks as if
 * this plugin had chosen it.
 */
public final class UploadedObjects extends InvisibleAction {

    private static final Logger LOGGER = Logger.getLogger(UploadedObjects.class.getName());

    /** So many runs of a job know what it has uploaded: what is older is uploaded anew. */
    private static final int RUNS = 20;

    /** Bucket, key, version and ETag of each, as XStream does not read records. */
    private final CopyOnWriteArrayList<String[]> objects = new CopyOnWriteArrayList<>();

    private UploadedObjects() {}

    /** Those of the run's job, as its last runs know them. Reads files. */
    @NonNull
    public static Uploads of(@NonNull Run<?, ?> run) {
        return new Uploads() {
            @Override
            public String owner() {
                return run.getParent().getFullName();
            }

            @Override
            public UploadedObject find(String bucket, String key) {
                return UploadedObjects.find(run, bucket, key);
            }

            @Override
            public void keep(UploadedObject uploaded) {
                UploadedObjects.keep(run, uploaded);
            }
        };
    }

    /**
     * The name of the file that the run's job has uploaded, which is its content's digest; null if it has not, as its last runs know.
     * Reads files.
     *
     * @param content what is in an object, as {@link S3Content} says
     */
    @CheckForNull
    static String nameOf(@NonNull Run<?, ?> run, @NonNull String content) {
        Run<?, ?> each = run;
        for (int i = 0; i <= RUNS && each != null; i++) {
            UploadedObjects kept = each.getAction(UploadedObjects.class);
            for (String[] it : kept == null ? List.<String[]>of() : kept.objects) {
                if (it[2] != null && S3Content.versionOf(it[0], it[1], it[2]).equals(content)) {
                    return it[1].substring(it[1].lastIndexOf('/') + 1);
                }
            }
            each = each.getPreviousBuild();
        }
        return null;
    }

    @CheckForNull
    private static UploadedObject find(Run<?, ?> run, String bucket, String key) {
        Run<?, ?> each = run;
        for (int i = 0; i <= RUNS && each != null; i++) {
            UploadedObjects kept = each.getAction(UploadedObjects.class);
            UploadedObject found = kept == null ? null : kept.find(bucket, key);
            if (found != null) {
                return found;
            }
            each = each.getPreviousBuild();
        }
        return null;
    }

    @CheckForNull
    private UploadedObject find(String bucket, String key) {
        List<UploadedObject> found = objects.stream()
                .filter(it -> it[0].equals(bucket) && it[1].equals(key))
                .map(it -> new UploadedObject(it[0], it[1], it[2], it[3]))
                .toList();
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }

    static void keep(@NonNull Run<?, ?> run, @NonNull UploadedObject uploaded) {
        UploadedObjects kept;
        synchronized (UploadedObjects.class) {
            kept = run.getAction(UploadedObjects.class);
            if (kept == null) {
                kept = new UploadedObjects();
                run.addAction(kept);
            }
        }
        kept.objects.add(new String[] {uploaded.bucket(), uploaded.key(), uploaded.version(), uploaded.eTag()});
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot keep what " + run + " has uploaded: it will be uploaded again");
        }
    }
}
