package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * What has become of a {@link FetchPlan}.
 *
 * @param done how many of its files are there, from the first on
 * @param paths where they are, relative to the workspace, with slashes: of archives that were unpacked, what was in them
 * @param bytes that they have together, with those of earlier plans
 * @param ended why the next could not be read: its address is good no more, and another one will be. Null if all are there
 */
public record Fetched(
        int done,
        ArrayList<String> paths,
        long bytes,
        @CheckForNull String ended) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * The same, if it can be of this plan: an agent may say anything.
     *
     * @throws ArtifactException if it cannot
     */
    @NonNull
    public Fetched checked(@NonNull FetchPlan plan) throws ArtifactException {
        int wanted = plan.files().size();
        boolean bad = done < 0 || done > wanted || ended == null && done != wanted;
        if (bad || bytes < plan.before() || paths == null || paths.size() > most(plan)) {
            throw new ArtifactException("The agent does not say what it has fetched of " + wanted + " files");
        }
        for (String path : paths) {
            if (path == null || !WithinDirectory.isBelow(path)) {
                throw new ArtifactException("The agent says that it has put a file outside of its workspace: " + path);
            }
        }
        return this;
    }

    private static long most(FetchPlan plan) {
        return plan.files().stream()
                .mapToLong(file -> file.unpacked() ? ArtifactArchive.MOST_ENTRIES : 1)
                .sum();
    }
}
