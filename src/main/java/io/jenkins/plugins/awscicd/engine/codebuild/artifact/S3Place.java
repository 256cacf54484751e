package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Progress.What;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/**
 * An object or a folder in S3, of which CodeBuild gives the ARN.
 *
 * @param key empty for the bucket as a whole
 */
public record S3Place(@NonNull String bucket, @NonNull String key) {

    private static final Pattern ARN = Pattern.compile("arn:[^:]+:s3:::([^/]+)/(.*)", Pattern.DOTALL);

    /** @return null if that is no such ARN, as where there is nothing in S3 */
    @CheckForNull
    public static S3Place of(@CheckForNull String arn) {
        Matcher matcher = ARN.matcher(arn == null ? "" : arn);
        return matcher.matches() ? new S3Place(matcher.group(1), matcher.group(2)) : null;
    }

    /**
     * Tells people of an artifact, with a link to the folder that it is in: whether it is a folder itself, AWS does not say.
     *
     * @param location as AWS gives it
     */
    @NonNull
    public static Progress.Fact fact(@NonNull String location, @NonNull Region region) {
        S3Place place = of(location);
        return place == null
                ? new Progress.Fact(What.ARTIFACT, location)
                : new Progress.Fact(
                        What.ARTIFACT, place.toString(), AwsConsole.objects(region, place.bucket, place.folder()));
    }

    /** The key of the folder that it is in; empty if it is in none. */
    @NonNull
    private String folder() {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    /** The last part of its key. */
    @NonNull
    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
