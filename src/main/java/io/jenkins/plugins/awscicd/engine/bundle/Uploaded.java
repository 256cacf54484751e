package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What an agent has sent. */
public final class Uploaded implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> eTags;
    private final long bytes;
    private final String digest;

    Uploaded(List<String> eTags, long bytes, String digest) {
        this.eTags = new ArrayList<>(eTags);
        this.bytes = bytes;
        this.digest = digest;
    }

    /** The parts' tags, in order. */
    @NonNull
    List<String> eTags() {
        return List.copyOf(eTags);
    }

    /** How many bytes the zip has. */
    long bytes() {
        return bytes;
    }

    /** The digest of what was bundled. */
    @NonNull
    String digest() {
        return digest;
    }
}
