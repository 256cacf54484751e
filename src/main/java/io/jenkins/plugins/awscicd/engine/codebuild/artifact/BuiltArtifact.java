package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a build has put into S3
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BuildArtifacts.html">BuildArtifacts</a>).
 *
 * @param identifier of a secondary artifact; null of the primary one
 * @param bucket where it is
 * @param key of the object, or of the folder
 * @param sha256 null if it is no zip archive
 */
public record BuiltArtifact(
        @CheckForNull String identifier,
        @NonNull String bucket,
        @NonNull String key,
        @CheckForNull String sha256) {

    private static final Pattern S3_ARN = Pattern.compile("arn:[^:]+:s3:::([^/]+)/(.*)");

    /** @return null if it is nowhere in S3 */
    @CheckForNull
    public static BuiltArtifact at(
            @CheckForNull String identifier, @NonNull String location, @CheckForNull String sha256) {
        Matcher arn = S3_ARN.matcher(location);
        return arn.matches() ? new BuiltArtifact(identifier, arn.group(1), arn.group(2), sha256) : null;
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
