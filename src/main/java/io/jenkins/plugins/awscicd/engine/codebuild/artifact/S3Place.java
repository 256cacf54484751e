package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** The key of the folder that it is in; empty if it is in none. */
    @NonNull
    public String folder() {
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
