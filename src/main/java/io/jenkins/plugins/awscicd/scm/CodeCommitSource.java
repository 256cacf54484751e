package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import java.io.IOException;
import jenkins.scm.api.SCMRevision;

/** A branch source of CodeCommit, for those who know nothing of git: it needs a plugin that may not be there. */
public interface CodeCommitSource {

    /**
     * The repository.
     *
     * @throws IOException if its address is not one of CodeCommit
     */
    @NonNull
    GitRepository repository() throws IOException;

    /** Connects with the source's credentials; to be closed. */
    @NonNull
    RepositoryConnection connect() throws IOException;

    /** Who the source is to AWS, where the repository is. */
    @NonNull
    AwsAccess access() throws IOException;

    /** The commit of a pull request's source branch that a revision is of; null if it is not of a pull request. */
    @CheckForNull
    String pullRequestCommit(@CheckForNull SCMRevision revision);
}
