package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an agent sends the parts of an upload: presigned addresses, good for this upload alone and for a limited time. They
 * are secret while they last.
 */
public final class UploadPlan implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> partUrls;
    private final int partBytes;
    private final ArrayList<String> sent;

    /** @param sent the tags of parts that have arrived already, in order; null for one that has not */
    UploadPlan(List<String> partUrls, int partBytes, List<String> sent) {
        this.partUrls = new ArrayList<>(partUrls);
        this.partBytes = partBytes;
        this.sent = new ArrayList<>(sent);
    }

    /** The tag of a part that has arrived already; null if it is to be sent. */
    @CheckForNull
    String sent(int part) {
        return part < sent.size() ? sent.get(part) : null;
    }

    /** The address of a part. */
    @NonNull
    String url(int part) throws IOException {
        if (part >= partUrls.size()) {
            throw new BundleException(
                    "The files grew during the upload; "
                            + "make sure that nothing writes to the workspace during this step, or exclude the files that grow");
        }
        return partUrls.get(part);
    }

    /** How many bytes each part has, but the last. */
    int partBytes() {
        return partBytes;
    }
}
