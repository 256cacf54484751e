package io.jenkins.plugins.awscicd.engine.beanstalk.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.time.Instant;
import software.amazon.awssdk.services.elasticbeanstalk.model.ApplicationVersionDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/**
 * Whether a version that is there may be deployed as the one that was to be made.
 *
 * @param wanted where the bundle is of which it was to be made
 */
record VersionReuse(
        @NonNull BeanstalkRequest request,
        @NonNull S3Location wanted,
        @NonNull ApplicationVersionDescription there) {

    /**
     * Why it may not, in a sentence that begins with the argument; null if it may.
     *
     * @param content what is in the bundle now; null if its key says that
     * @param asked when this deployment has asked for it before, by AWS's clock; null if it has not
     * @param rival who was making a version under that label at the same time; null if nobody was
     */
    @CheckForNull
    String problem(@CheckForNull S3Content content, @CheckForNull Instant asked, @CheckForNull Turn rival) {
        String label = there.versionLabel();
        S3Location source = there.sourceBundle();
        if (source == null || !isSame(source)) {
            return "versionLabel: version '" + label + "' already exists with another bundle"
                    + (source == null ? "" : ", s3://" + source.s3Bucket() + "/" + source.s3Key())
                    + "; choose another label, or deploy that one with version: '" + label + "'";
        }
        boolean named = request.text("versionLabel") != null; // else the label says what is in it
        if (named
                && content != null
                && there.dateCreated() != null
                && content.written().isAfter(there.dateCreated())) {
            return "versionLabel: version '" + label + "' was created from s3://"
                    + source.s3Bucket() + "/" + source.s3Key()
                    + " before the object was overwritten; choose another label, or"
                    + " leave versionLabel out to get a label for each content";
        }
        if (!request.reusesVersion() && rival != null) {
            return "reuseVersion: version '" + label + "' already exists, because "
                    + rival.name() + " created it at the same time; choose another versionLabel, or allow it with"
                    + " reuseVersion: true";
        }
        if (!request.reusesVersion() && !isOurs(asked)) {
            return "reuseVersion: version '" + label
                    + "' already exists; choose another versionLabel, or allow it with reuseVersion: true";
        }
        return null;
    }

    /** Whether it is there as we have asked for it, of which the answer was lost. */
    private boolean isOurs(@CheckForNull Instant asked) {
        return asked != null
                && there.dateCreated() != null
                && !there.dateCreated().isBefore(asked);
    }

    /** What a job uploads is the same wherever its folder is in the bucket: the name of the file is its content's digest. */
    private boolean isSame(S3Location source) {
        return wanted.s3Bucket().equals(source.s3Bucket())
                && (wanted.s3Key().equals(source.s3Key())
                        || request.uploaded() && inFolder(wanted.s3Key()).equals(inFolder(source.s3Key())));
    }

    /** A file's name with that of the folder in which it is. */
    private static String inFolder(String key) {
        return key.substring(key.lastIndexOf('/', key.lastIndexOf('/') - 1) + 1);
    }
}
