package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.scm.SCM;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Change;
import java.util.Map;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMEvent;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;

/** Something has happened in a repository of CodeCommit, to whichever sources and folders it is one of. */
abstract class RepositoryHeadEvent<P extends Change> extends SCMHeadEvent<P> {

    RepositoryHeadEvent(@NonNull P change) {
        super(SourceEvents.type(change.kind()), change, change.origin());
    }

    @Override
    public boolean isMatch(@NonNull SCMNavigator navigator) {
        return navigator instanceof CodeCommitSCMNavigator folder
                && folder.has(
                        getPayload().account(),
                        getPayload().region(),
                        getPayload().repository());
    }

    @Override
    @NonNull
    public String getSourceName() {
        return getPayload().repository();
    }

    @Override
    public boolean isMatch(@NonNull SCMSource source) {
        if (!(source instanceof AbstractGitSCMSource git)
                || !(source instanceof CodeCommitSCMSource) && getType() != SCMEvent.Type.REMOVED) {
            return false; // of pushes the git plugin tells its own sources
        }
        Optional<GitRepository> followed = CodeCommitCredentials.repository(git.getRemote());
        return followed.isPresent()
                && followed.get().name().equals(getPayload().repository())
                && followed.get().region().equals(getPayload().region())
                && (!(source instanceof CodeCommitSCMSource ours)
                        || ours.mayBeIn(getPayload().account()));
    }

    @Override
    @NonNull
    public Map<SCMHead, SCMRevision> heads(@NonNull SCMSource source) {
        return isMatch(source) ? headsOf((AbstractGitSCMSource) source) : Map.of();
    }

    /** What it is about, as heads of a source that it concerns. */
    @NonNull
    abstract Map<SCMHead, SCMRevision> headsOf(@NonNull AbstractGitSCMSource source);

    /** Git's own plugin tells jobs without a source. */
    @Override
    public boolean isMatch(@NonNull SCM scm) {
        return false;
    }

    @Override
    @CheckForNull
    public String descriptionFor(@NonNull SCMSource source) {
        return description();
    }

    @Override
    @CheckForNull
    public String descriptionFor(@NonNull SCMNavigator navigator) {
        return description();
    }
}
