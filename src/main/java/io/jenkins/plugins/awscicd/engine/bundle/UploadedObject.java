package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * What S3 has said of an object when it was uploaded: by this it is known again, not by its key, under which others may put something.
 *
 * @param version null in a bucket that keeps no versions, and if S3's answer was lost
 * @param eTag null if S3's answer was lost: then it is not known again
 */
public record UploadedObject(
        @NonNull String bucket,
        @NonNull String key,
        @CheckForNull String version,
        @CheckForNull String eTag) {

    @NonNull
    String address() {
        return "s3://" + bucket + "/" + key;
    }

    /** Whether it is what is there now. */
    boolean isStill(@CheckForNull String versionNow, @CheckForNull String eTagNow) {
        return version == null
                ? versionNow == null && eTag != null && eTag.equals(eTagNow)
                : version.equals(versionNow);
    }
}
