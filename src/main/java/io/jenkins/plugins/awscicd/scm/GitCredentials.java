package io.jenkins.plugins.awscicd.scm;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsSnapshotTaker;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.codecommit.GitPassword;
import java.io.IOException;
import java.util.Optional;

/**
 * {@link CodeCommitCredentials} as git takes them: user and password, signed when they are read. On an agent they are what they were
 * when they were sent there, which is good for about a quarter of an hour.
 */
@NameWith(GitCredentials.Name.class)
public final class GitCredentials extends BaseStandardCredentials implements StandardUsernamePasswordCredentials {

    private static final long serialVersionUID = 1L;

    /** Null for a snapshot. */
    private final transient SigningGit signing;
    /** Of a snapshot. */
    private final String username;

    private final Secret password;

    GitCredentials(@NonNull CodeCommitCredentials stored, @NonNull SigningGit signing) {
        super(stored.getScope(), stored.getId(), stored.getDescription());
        this.signing = signing;
        username = null;
        password = null;
    }

    private GitCredentials(GitCredentials live, GitPassword signed) {
        super(live.getScope(), live.getId(), live.getDescription());
        signing = null;
        username = signed.user();
        password = Secret.fromString(signed.password());
    }

    @Override
    @NonNull
    public String getUsername() {
        return signing == null ? username : signing.forUser().user();
    }

    @Override
    @NonNull
    public Secret getPassword() {
        return signing == null
                ? password
                : Secret.fromString(signing.forPassword().password());
    }

    /** Connects to the repository that they are for; nothing on an agent, where they are a password alone. */
    @NonNull
    public Optional<RepositoryConnection> connect() throws IOException {
        return signing == null ? Optional.empty() : Optional.of(RepositoryConnection.of(signing::open));
    }

    /** Who they are to AWS; nothing on an agent. */
    @NonNull
    public Optional<AwsAccess> access() {
        return signing == null ? Optional.empty() : Optional.of(signing.access());
    }

    /** A session's token is part of it. */
    @Override
    public boolean isUsernameSecret() {
        return true;
    }

    /** How lists call them: the user would have to be asked for. */
    @Extension
    public static final class Name extends CredentialsNameProvider<GitCredentials> {
        @Override
        @NonNull
        public String getName(@NonNull GitCredentials credentials) {
            String description = credentials.getDescription();
            return Messages.GitCredentials_name(description.isBlank() ? credentials.getId() : description);
        }
    }

    /** Signs for an agent, which cannot. */
    @Extension
    public static final class Snapshot extends CredentialsSnapshotTaker<GitCredentials> {
        @Override
        public Class<GitCredentials> type() {
            return GitCredentials.class;
        }

        @Override
        @CheckForNull
        public GitCredentials snapshot(@NonNull GitCredentials credentials) {
            return credentials.signing == null
                    ? credentials
                    : new GitCredentials(credentials, credentials.signing.forUser());
        }
    }
}
