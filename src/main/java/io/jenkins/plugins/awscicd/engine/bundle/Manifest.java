package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** What a bundle is made of, known before it is written. */
public final class Manifest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int files;
    private final long bytes;
    private final long largestZip;
    private final String digest;

    Manifest(int files, long bytes, long largestZip, String digest) {
        this.files = files;
        this.bytes = bytes;
        this.largestZip = largestZip;
        this.digest = digest;
    }

    /** How many files and links there are. */
    public int files() {
        return files;
    }

    /** What the files have together, before they are compressed. */
    public long bytes() {
        return bytes;
    }

    /** No zip of these files can have more bytes. */
    public long largestZip() {
        return largestZip;
    }

    /** SHA-256 over names, modes and contents, in hexadecimal digits: equal for equal trees, whenever and wherever they lie. */
    @NonNull
    public String digest() {
        return digest;
    }
}
