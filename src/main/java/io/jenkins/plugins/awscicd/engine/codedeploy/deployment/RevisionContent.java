package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.codedeploy.Revision;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.S3Location;

/** What is in a revision: of an object in S3 its version, or a checksum, is found out, and AWS is held to it. */
final class RevisionContent {

    /** Where a branch or a tag may be named, too, which say something else tomorrow. */
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private static final Pattern BLANK = Pattern.compile("\\s");

    private final AwsSession session;
    private final RevisionLocation at;
    private final Revision revision;
    private RevisionLocation pinned;

    /** @param at null if no revision is deployed, but what is there is restarted */
    RevisionContent(@NonNull AwsSession session, @CheckForNull RevisionLocation at) {
        this.session = session;
        this.at = at;
        this.revision = Revision.of(at);
    }

    /** The revision, with what is in it at this moment once somebody asks: that is what is deployed then. */
    @NonNull
    Gate.What now() {
        return what(false);
    }

    /** The same of what was deployed before: something that was put there since does not count. */
    @NonNull
    Gate.What deployed() {
        return what(true);
    }

    private Gate.What what(boolean before) {
        return revision == null ? Gate.What.NOTHING : new Gate.What(revision.toString(), () -> content(before));
    }

    /** As AWS is to be asked for it; null unless somebody has asked what is in it, and that was found. */
    @CheckForNull
    RevisionLocation pinned() {
        return pinned;
    }

    /** In one line; null if nothing pins it. Blocks, may call AWS. */
    @CheckForNull
    String content(boolean before) {
        if (at == null || revision == null) {
            return null;
        }
        S3Location s3 = at.s3Location();
        if (s3 != null) {
            if (s3.version() == null) {
                return content(s3, before);
            }
            // With what looks as another version, or as a digest, behind it, it would be said as something else is.
            return BLANK.matcher(s3.version()).find() ? null : S3Content.versionOf(s3.bucket(), s3.key(), s3.version());
        }
        String version = revision.getVersion();
        boolean exact = version != null
                && (at.gitHubLocation() == null || COMMIT.matcher(version).matches());
        return exact ? revision.toString() : null;
    }

    @CheckForNull
    private String content(S3Location s3, boolean before) {
        S3Content there = S3Content.find(session, s3.bucket(), s3.key(), null);
        boolean same = there != null
                && (s3.eTag() == null ? !before : s3.eTag().replace("\"", "").equals(there.eTag()));
        String content = same ? there.pinned(session) : null;
        if (content != null) {
            pinned = at.toBuilder()
                    .s3Location(s3.toBuilder()
                            .version(there.version())
                            .eTag(there.version() == null ? there.eTag() : s3.eTag())
                            .build())
                    .build();
        }
        return content;
    }
}
