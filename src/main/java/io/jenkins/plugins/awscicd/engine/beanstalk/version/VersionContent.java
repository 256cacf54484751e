package io.jenkins.plugins.awscicd.engine.beanstalk.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import software.amazon.awssdk.services.elasticbeanstalk.model.ApplicationVersionDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/**
 * What is in an application version: its label can be given to another one once it is deleted, and it names its bundle by a key alone,
 * which can be overwritten.
 */
public final class VersionContent {

    private VersionContent() {}

    /** What a gate is asked about. */
    @NonNull
    public static Gate.What of(@NonNull Step step, @CheckForNull String label) {
        return label == null || label.isEmpty()
                ? new Gate.What("no version", () -> null) // which is something else than nothing new
                : new Gate.What(label, () -> read(step.session(), step.application(), label));
    }

    /** Null if there is none of that label. Blocks, calls AWS. */
    @CheckForNull
    static ApplicationVersionDescription find(
            @NonNull AwsSession session, @NonNull String application, @NonNull String label) {
        return EnvironmentService.client(session)
                .describeApplicationVersions(
                        all -> all.applicationName(application).versionLabels(label))
                .applicationVersions()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** What a version's bundle has in it now, in one line; null if there is no such version, or nothing pins it. Blocks, calls AWS. */
    @CheckForNull
    public static String read(@NonNull AwsSession session, @NonNull String application, @NonNull String label) {
        ApplicationVersionDescription version = find(session, application, label);
        return version == null || version.sourceBundle() == null ? null : read(session, version.sourceBundle());
    }

    /**
     * The address of a version's bundle, if something else was put there since the version was made: that is what AWS deploys, which
     * reads it anew each time. Null if it was not, or nobody can tell. Blocks, calls AWS.
     */
    @CheckForNull
    static String overwritten(@NonNull AwsSession session, @NonNull ApplicationVersionDescription version) {
        S3Location bundle = version.sourceBundle();
        S3Content content = bundle == null ? null : S3Content.find(session, bundle.s3Bucket(), bundle.s3Key(), null);
        return content != null
                        && version.dateCreated() != null
                        && content.written().isAfter(version.dateCreated())
                ? "s3://" + bundle.s3Bucket() + "/" + bundle.s3Key()
                : null;
    }

    /** The same of the version of a label. */
    @CheckForNull
    public static String overwritten(@NonNull AwsSession session, @NonNull String application, @NonNull String label) {
        ApplicationVersionDescription version = find(session, application, label);
        return version == null ? null : overwritten(session, version);
    }

    /** What is in a bundle of which no version is made yet; null if nothing pins it. */
    @CheckForNull
    public static String read(@NonNull AwsSession session, @NonNull S3Location bundle) {
        S3Content content = S3Content.find(session, bundle.s3Bucket(), bundle.s3Key(), null);
        return content == null ? null : content.pinned(session);
    }
}
