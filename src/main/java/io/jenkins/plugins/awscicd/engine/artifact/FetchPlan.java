package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Objects in S3 that are to become files on the agent. Whoever has it reaches them, for as long as their addresses last. */
public final class FetchPlan implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final ArrayList<FileToFetch> files;
    private final long most;
    private final long before;

    /**
     * @param directory relative to the workspace; made if it is not there
     * @param most bytes that all files may have together: those of archives that are unpacked, and other files as they are
     * @param before bytes of these that earlier plans have fetched
     */
    public FetchPlan(@NonNull String directory, @NonNull List<FileToFetch> files, long most, long before) {
        this.directory = directory;
        this.files = new ArrayList<>(files);
        this.most = most;
        this.before = before;
    }

    /** Relative to the workspace. */
    @NonNull
    public String directory() {
        return directory;
    }

    /** In the order in which they are fetched. */
    @NonNull
    public List<FileToFetch> files() {
        return List.copyOf(files);
    }

    long most() {
        return most;
    }

    long before() {
        return before;
    }
}
