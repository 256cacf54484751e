package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Something that a build has put into S3
 * (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BuildArtifacts.html">BuildArtifacts</a>).
 *
 * @param below the directory for the artifacts of its build, where several builds' are fetched; empty else
 * @param identifier of a secondary artifact; null of the primary one
 * @param place of the object, or of the folder
 * @param sha256 null if it is no zip archive
 */
public record BuiltArtifact(
        @NonNull String below,
        @CheckForNull String identifier,
        @NonNull S3Place place,
        @CheckForNull String sha256) {

    public BuiltArtifact(@CheckForNull String identifier, @NonNull S3Place place, @CheckForNull String sha256) {
        this("", identifier, place, sha256);
    }

    /** The same, as of one of several builds. */
    @NonNull
    public BuiltArtifact below(@NonNull String directory) {
        return new BuiltArtifact(directory, identifier, place, sha256);
    }

    /** Where its files go, below the directory for all artifacts: a secondary artifact has a directory of its own. */
    @NonNull
    String directory() {
        return (below.isEmpty() ? "" : below + "/") + (identifier == null ? "" : identifier + "/");
    }

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
