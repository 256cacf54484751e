package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Something that a build has put into S3
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BuildArtifacts.html">BuildArtifacts</a>).
 *
 * @param identifier of a secondary artifact; null of the primary one
 * @param place of the object, or of the folder
 * @param sha256 null if it is no zip archive
 */
public record BuiltArtifact(
        @CheckForNull String identifier, @NonNull S3Place place, @CheckForNull String sha256) {

    @NonNull
    String bucket() {
        return place.bucket();
    }

    @NonNull
    String key() {
        return place.key();
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
