package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** What an agent has sent: all of it, or as much as its addresses lasted for. */
public final class Uploaded implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> eTags;
    private final long bytes;
    private final String digest;
    private final String unfinished;

    Uploaded(List<String> eTags, long bytes, String digest) {
        this(eTags, bytes, digest, null);
    }

    private Uploaded(List<String> eTags, long bytes, String digest, @CheckForNull String unfinished) {
        this.eTags = new ArrayList<>(eTags);
        this.bytes = bytes;
        this.digest = digest;
        this.unfinished = unfinished;
    }

    /**
     * @param eTags in order; null for a part that has not arrived
     * @param why what S3 said of an address
     */
    static Uploaded unfinished(List<String> eTags, String why) {
        return new Uploaded(eTags, 0, "", why);
    }

    /** Why parts are missing, which can be sent to new addresses; null if none are. */
    @CheckForNull
    String unfinished() {
        return unfinished;
    }

    /** How many parts have arrived. */
    long arrived() {
        return eTags.stream().filter(Objects::nonNull).count();
    }

    /** The parts' tags, in order; null for a part that has not arrived. */
    @NonNull
    List<String> eTags() {
        return Collections.unmodifiableList(eTags);
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
