package io.jenkins.plugins.awscicd.scm.source;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.plugins.git.GitTool;
import hudson.scm.SCMDescriptor;
import io.jenkins.plugins.awscicd.engine.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.scm.GitCredentials;
import io.jenkins.plugins.awscicd.scm.RepositoryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.AbstractGitSCMSource.SCMRevisionImpl;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.plugins.git.GitBranchSCMRevision;
import jenkins.plugins.git.GitSCMFileSystem;
import jenkins.plugins.git.GitSCMTelescope;
import jenkins.plugins.git.GitTagSCMHead;
import jenkins.plugins.git.GitTagSCMRevision;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSourceDescriptor;

/**
 * Reads repositories of CodeCommit from afar, whichever job asks: files by CodeCommit's API, references by git's {@code ls-remote}. With
 * other credentials than "AWS CodeCommit (HTTPS)" files are read as git does it: with a clone.
 */
@Extension(optional = true)
public final class CodeCommitTelescope extends GitSCMTelescope {

    private static final String TAGS = "refs/tags/";

    @Override
    public boolean supports(@NonNull String remote) {
        return CodeCommitCredentials.repository(remote).isPresent();
    }

    @Override
    protected boolean supportsDescriptor(SCMDescriptor descriptor) {
        return false; // only with an address
    }

    @Override
    protected boolean supportsDescriptor(SCMSourceDescriptor descriptor) {
        return descriptor instanceof CodeCommitSCMSource.DescriptorImpl;
    }

    /** What is wrong shows itself at the first call. */
    @Override
    public void validate(@NonNull String remote, @CheckForNull StandardCredentials credentials) {
        // nothing to ask for by itself
    }

    /** @throws IOException if it is not one of CodeCommit */
    @NonNull
    static GitRepository repository(@NonNull String remote) throws IOException {
        return CodeCommitCredentials.repository(remote)
                .orElseThrow(() -> new IOException(Messages.CodeCommitSCMSource_remote(remote)));
    }

    @Override
    @CheckForNull
    protected SCMFileSystem build(
            @NonNull String remote,
            @CheckForNull StandardCredentials credentials,
            @NonNull SCMHead head,
            @CheckForNull SCMRevision revision)
            throws IOException, InterruptedException {
        if (!(credentials instanceof GitCredentials ours)) {
            return new GitSCMFileSystem.BuilderImpl().build(new AsGit(remote, credentials), head, revision);
        }
        RepositoryConnection connection = ours.connect().orElseThrow();
        SCMFileSystem files = null;
        try {
            files = files(connection, repository(remote).name(), head, revision);
            return files;
        } finally {
            if (files == null) {
                connection.close();
            }
        }
    }

    @CheckForNull
    private static SCMFileSystem files(
            RepositoryConnection connection, String repository, SCMHead head, @CheckForNull SCMRevision revision)
            throws IOException, InterruptedException {
        SCMRevision at = revision;
        if (at == null && head instanceof PullRequestSCMHead request) {
            at = PullRequests.revision(
                    connection, RepositoryConnection.answer(connection.aws().pullRequest(request.getId())), request);
        }
        if (at instanceof PullRequestSCMRevision request) {
            return request.isMerge()
                    ? merged(connection, repository, request)
                    : new CodeCommitFileSystem(connection, repository, request.getCommit(), request);
        }
        if (at instanceof SCMRevisionImpl known) {
            return new CodeCommitFileSystem(connection, repository, known.getHash(), known);
        }
        if (head instanceof GitTagSCMHead) {
            return new CodeCommitFileSystem(connection, repository, TAGS + head.getName(), null);
        }
        String tip = RepositoryConnection.answer(connection.aws().tip(repository, head.getName()))
                .orElse(null);
        return tip == null
                ? null // git may know what is meant
                : new CodeCommitFileSystem(
                        connection,
                        repository,
                        tip,
                        head instanceof GitBranchSCMHead branch ? new GitBranchSCMRevision(branch, tip) : null);
    }

    private static SCMFileSystem merged(
            RepositoryConnection connection, String repository, PullRequestSCMRevision revision)
            throws IOException, InterruptedException {
        String base = RepositoryConnection.answer(
                connection.aws().mergeBase(repository, revision.getCommit(), revision.targetCommit()));
        return new MergedFileSystem(connection, repository, revision, base);
    }

    @Override
    public long getTimestamp(
            @NonNull String remote, @CheckForNull StandardCredentials credentials, @NonNull String refOrHash)
            throws IOException, InterruptedException {
        if (!(credentials instanceof GitCredentials ours)) {
            return 0; // git would have to clone to tell
        }
        String commit = commit(remote, credentials, refOrHash);
        if (commit == null) {
            return 0;
        }
        try (RepositoryConnection connection = ours.connect().orElseThrow()) {
            return RepositoryConnection.answer(
                            connection.aws().committed(repository(remote).name(), commit))
                    .toEpochMilli();
        }
    }

    @CheckForNull
    private static String commit(String remote, @CheckForNull StandardCredentials credentials, String refOrHash)
            throws IOException, InterruptedException {
        if (!refOrHash.startsWith(CodeCommit.HEADS) && !refOrHash.startsWith(TAGS)) {
            return refOrHash.matches("[0-9a-f]{40}") ? refOrHash : null;
        }
        if (refOrHash.startsWith(CodeCommit.HEADS) && credentials instanceof GitCredentials ours) {
            try (RepositoryConnection connection = ours.connect().orElseThrow()) {
                return RepositoryConnection.answer(
                                connection.aws().tip(repository(remote).name(), CodeCommit.branch(refOrHash)))
                        .orElse(null);
            }
        }
        boolean head = refOrHash.startsWith(CodeCommit.HEADS);
        return references(remote, credentials).all(head, !head).get(refOrHash);
    }

    @Override
    @CheckForNull
    public SCMRevision getRevision(
            @NonNull String remote, @CheckForNull StandardCredentials credentials, @NonNull String refOrHash)
            throws IOException, InterruptedException {
        String commit = commit(remote, credentials, refOrHash);
        return commit == null ? null : revision(remote, credentials, refOrHash, commit);
    }

    private SCMRevision revision(
            String remote, @CheckForNull StandardCredentials credentials, String refOrHash, String commit)
            throws IOException, InterruptedException {
        if (refOrHash.startsWith(TAGS)) {
            long made = getTimestamp(remote, credentials, commit);
            return new GitTagSCMRevision(new GitTagSCMHead(refOrHash.substring(TAGS.length()), made), commit);
        }
        return new GitBranchSCMRevision(new GitBranchSCMHead(CodeCommit.branch(refOrHash)), commit);
    }

    @Override
    @NonNull
    public Iterable<SCMRevision> getRevisions(
            @NonNull String remote,
            @CheckForNull StandardCredentials credentials,
            @NonNull Set<ReferenceType> referenceTypes)
            throws IOException, InterruptedException {
        boolean heads = referenceTypes.contains(ReferenceType.HEAD);
        boolean tags = referenceTypes.contains(ReferenceType.TAG);
        List<SCMRevision> all = new ArrayList<>();
        for (Map.Entry<String, String> each : references(remote, credentials)
                .all(heads && !tags, tags && !heads)
                .entrySet()) {
            String name = each.getKey();
            if (heads && name.startsWith(CodeCommit.HEADS) || tags && name.startsWith(TAGS)) {
                all.add(revision(remote, credentials, name, each.getValue()));
            }
        }
        return all;
    }

    @Override
    @NonNull
    public String getDefaultTarget(@NonNull String remote, @CheckForNull StandardCredentials credentials)
            throws IOException, InterruptedException {
        if (!(credentials instanceof GitCredentials ours)) {
            return references(remote, credentials).head();
        }
        try (RepositoryConnection connection = ours.connect().orElseThrow()) {
            String branch = RepositoryConnection.answer(
                            connection.aws().repository(repository(remote).name()))
                    .defaultBranch();
            return branch == null ? "" : CodeCommit.HEADS + branch;
        }
    }

    private static RemoteReferences references(String remote, @CheckForNull StandardCredentials credentials) {
        GitTool tool = GitTool.getDefaultInstallation();
        return new RemoteReferences(remote, credentials, tool == null ? null : tool.getGitExe());
    }

    /** What git's own file system is made of. */
    private static final class AsGit extends AbstractGitSCMSource {

        private final String remote;
        private final transient StandardCredentials credentials;

        AsGit(String remote, @CheckForNull StandardCredentials credentials) {
            this.remote = remote;
            this.credentials = credentials;
        }

        @Override
        @CheckForNull
        public String getCredentialsId() {
            return credentials == null ? null : credentials.getId();
        }

        @Override
        @NonNull
        public String getRemote() {
            return remote;
        }

        @Override
        @CheckForNull
        protected StandardUsernameCredentials getCredentials() {
            return credentials instanceof StandardUsernameCredentials known ? known : null;
        }
    }
}
