package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * A file of a commit (<a href="https://docs.aws.amazon.com/codecommit/latest/APIReference/API_GetFile.html">GetFile</a>).
 *
 * @param blobId the same for the same content
 * @param content not to be changed
 */
public record RepositoryFile(
        @NonNull String blobId, @NonNull byte[] content) {}
