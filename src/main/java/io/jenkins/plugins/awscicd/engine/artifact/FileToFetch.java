package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/**
 * An object in S3 that becomes a file.
 *
 * @param path of the file, below the plan's directory, with slashes; it comes from outside, and is not trusted
 * @param size in bytes
 * @param eTag of the object that is meant, so that no other one is read, and no part of one
 * @param sha256 of its content, in hexadecimal; null if nobody has said
 * @param kmsKey that encrypts it; null if that is not known, or none does
 * @param unpacked whether it is a zip archive of which the files are wanted, in the file's directory
 */
public record FileToFetch(
        @NonNull String path,
        long size,
        @NonNull String eTag,
        @CheckForNull String sha256,
        @CheckForNull String kmsKey,
        boolean unpacked,
        @NonNull SignedRequest from)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}
