package io.jenkins.plugins.awscicd.scm.source;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.TaskListener;
import hudson.plugins.git.GitException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jenkinsci.plugins.gitclient.Git;
import org.jenkinsci.plugins.gitclient.GitClient;

/**
 * What git's {@code ls-remote} shows: one request, and no clone.
 *
 * @param credentials null for none
 * @param program git's; null for the one that is on the path
 */
record RemoteReferences(
        @NonNull String remote,
        @CheckForNull StandardCredentials credentials,
        @CheckForNull String program) {

    /** Commits by whole references, such as {@code refs/heads/main}; those of a tag are the ones that it is on. */
    @NonNull
    Map<String, String> all(boolean headsOnly, boolean tagsOnly) throws IOException, InterruptedException {
        Map<String, String> found = new TreeMap<>();
        try {
            Map<String, ObjectId> shown = client().getRemoteReferences(remote, null, headsOnly, tagsOnly);
            shown.forEach((name, id) -> found.put(name, id.name()));
        } catch (GitException e) {
            throw new IOException(e);
        }
        return found;
    }

    /** The reference that HEAD stands for; empty if it stands for none. */
    @NonNull
    String head() throws IOException, InterruptedException {
        try {
            String target = client().getRemoteSymbolicReferences(remote, null).get("HEAD");
            return target == null ? "" : target;
        } catch (GitException e) {
            throw new IOException(e);
        }
    }

    private GitClient client() throws IOException, InterruptedException {
        Git git = Git.with(TaskListener.NULL, new EnvVars(EnvVars.masterEnvVars));
        if (program != null) {
            git.using(program);
        }
        GitClient client = git.getClient();
        if (credentials != null) {
            client.addDefaultCredentials(credentials);
        }
        return client;
    }
}
