package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.PullRequestChange;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.ReferenceChange;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMEvent;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMSource;

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
}
