package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Files of a workspace as one archive. */
interface Bundle {

    /** @throws IOException if the files are not there, or not in the workspace */
    @NonNull
    static Bundle of(@NonNull Path workspace, @NonNull BundleSpec spec) throws IOException {
        String archive = spec.archive();
        return archive == null
                ? new DirectoryBundle(workspace, spec)
                : new FileBundle(workspace, archive, spec.maxBytes(), spec.argument());
    }

    /**
     * Looks through the files.
     *
     * @throws IOException also if nothing is found, or more than the specification allows
     */
    @NonNull
    Manifest scan() throws IOException;

    /**
     * Writes the archive.
     *
     * @param out stays open
     * @return the digest of what was written; another than the scan's if the files have changed in between
     */
    @NonNull
    String write(@NonNull OutputStream out) throws IOException;
}
