package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codecommit.GitPassword;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import java.time.Duration;

/**
 * Signs for one repository when git asks, and not before: forms list credentials, and AWS may have to be asked for a role's session.
 */
final class SigningGit {

    /** A password is good for about 15 minutes: enough of them are left for what git does with it. */
    private static final Duration RENEWED = Duration.ofMinutes(4);

    private static final Duration OUTDATED = Duration.ofMinutes(8);

    private final CodeCommitCredentials stored;
    private final GitRepository repository;
    private final Item item;
    private GitPassword signed;
    private long signedAt;

    /**
     * @param repository null if nobody has said which
     * @param item whose git it is; null for the controller's own, such as that of shared libraries
     */
    SigningGit(@NonNull CodeCommitCredentials stored, @CheckForNull GitRepository repository, @CheckForNull Item item) {
        this.stored = stored;
        this.repository = repository;
        this.item = item;
    }

    /**
     * Signed now, or a moment ago. May ask AWS, and so wait.
     *
     * @throws IllegalStateException if it is not said for which repository, or this identity is not for git
     * @throws IllegalArgumentException if there are no such AWS credentials
     */
    @NonNull
    GitPassword forUser() {
        return signed(RENEWED);
    }

    /** Of the same signature as the user that was read before it: keys may change between two. */
    @NonNull
    GitPassword forPassword() {
        return signed(OUTDATED);
    }

    private synchronized GitPassword signed(Duration good) {
        if (signed == null || System.nanoTime() - signedAt > good.toNanos()) {
            signed = sign();
            signedAt = System.nanoTime();
        }
        return signed;
    }

    private GitPassword sign() {
        try (AwsSession session = open()) {
            return GitPassword.of(
                    repository,
                    session.credentials().resolveCredentials(),
                    session.time().now());
        }
    }

    /**
     * A session of who signs, in the repository's region; to be given back.
     *
     * @throws IllegalStateException if it is not said for which repository, or this identity is not for git
     * @throws IllegalArgumentException if there are no such AWS credentials
     */
    @NonNull
    AwsSession open() {
        if (repository == null) {
            throw new IllegalStateException(Messages.SigningGit_noRepository(stored.getId()));
        }
        return stored.open(access(), item);
    }

    /** Who signs, for the repository. */
    @NonNull
    AwsAccess access() {
        return stored.access(repository).named(CodeCommitCredentials.sessionName(item));
    }
}
