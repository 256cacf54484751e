package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What has become of a {@link FetchPlan}.
 *
 * @param done how many of its files are there, from the first on
 * @param paths where they are, relative to the workspace, with slashes: of archives that were unpacked, what was in them
 * @param ended why the next could not be read: its address is good no more, and another one will be. Null if all are there
 */
public record Fetched(
        int done,
        @NonNull ArrayList<String> paths,
        @CheckForNull String ended) implements Serializable {

    private static final long serialVersionUID = 1L;

    static Fetched all(int done, List<String> paths) {
        return new Fetched(done, new ArrayList<>(paths), null);
    }
}
