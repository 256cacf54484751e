package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whose bundles they are, and what is known to have been uploaded for that owner: equal bundles are sent once. May read files. */
public interface Uploads {

    /** Such as a job's full name; any text. */
    @NonNull
    String owner();

    /** What was uploaded there last for the owner; null if nothing is known. */
    @CheckForNull
    UploadedObject find(@NonNull String bucket, @NonNull String key);

    /** Something was uploaded. */
    void keep(@NonNull UploadedObject uploaded);

    /** Those of an owner who remembers them as long as this is there. */
    @NonNull
    static Uploads of(@NonNull String owner) {
        Map<String, UploadedObject> kept = new ConcurrentHashMap<>();
        return new Uploads() {
            @Override
            public String owner() {
                return owner;
            }

            @Override
            public UploadedObject find(String bucket, String key) {
                return kept.get(bucket + "/" + key);
            }

            @Override
            public void keep(UploadedObject uploaded) {
                kept.put(uploaded.bucket() + "/" + uploaded.key(), uploaded);
            }
        };
    }
}
