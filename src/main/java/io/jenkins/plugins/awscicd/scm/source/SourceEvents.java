package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.PullRequestChange;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.ReferenceChange;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.RepositoryChange;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMEvent;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceEvent;

/** Passes on what happens in repositories to branch sources and folders. Jobs that poll are told by the git plugin. */
@Extension(optional = true)
public final class SourceEvents implements RepositoryEvents.Listener {

    /** Fails without the git plugin, so that there is no such extension then. */
    public SourceEvents() {
        if (!SCMSource.class.isAssignableFrom(AbstractGitSCMSource.class)) {
            throw new IllegalStateException();
        }
    }

    @NonNull
    static SCMEvent.Type type(@NonNull Kind kind) {
        return switch (kind) {
            case CREATED -> SCMEvent.Type.CREATED;
            case UPDATED -> SCMEvent.Type.UPDATED;
            case REMOVED -> SCMEvent.Type.REMOVED;
        };
    }

    @Override
    public void onChange(@NonNull ReferenceChange change) {
        SCMHeadEvent.fireNow(new ReferenceEvent(change));
    }

    @Override
    public void onChange(@NonNull PullRequestChange change) {
        SCMHeadEvent.fireNow(new PullRequestEvent(change));
    }

    @Override
    public void onChange(@NonNull RepositoryChange change) {
        SCMSourceEvent.fireNow(new RepositoryEvent(change));
    }

    /** A repository was made or is gone. */
    private static final class RepositoryEvent extends SCMSourceEvent<RepositoryChange> {

        RepositoryEvent(RepositoryChange change) {
            super(type(change.kind()), change, change.origin());
        }

        @Override
        public boolean isMatch(@NonNull SCMNavigator navigator) {
            RepositoryChange change = getPayload();
            return navigator instanceof CodeCommitSCMNavigator folder
                    && folder.has(change.account(), change.region(), change.repository());
        }

        @Override
        public boolean isMatch(@NonNull SCMSource source) {
            return false; // a source is of one repository, whatever becomes of others
        }

        @Override
        @NonNull
        public String getSourceName() {
            return getPayload().repository();
        }

        @Override
        @NonNull
        public String description() {
            return Messages.SourceEvents_repository(
                    getPayload().repository(), getPayload().region());
        }
    }
}
