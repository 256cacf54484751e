package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.plugins.git.GitStatus;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.PullRequestChange;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.ReferenceChange;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.RepositoryChange;
import java.net.URISyntaxException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMEvent;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceEvent;
import org.eclipse.jgit.transport.URIish;

/** Passes on what happens in repositories: to branch sources and folders as events, and to other jobs as git's plugin does after a push. */
@Extension(optional = true)
public final class SourceEvents implements RepositoryEvents.Listener {

    private static final Logger LOGGER = Logger.getLogger(SourceEvents.class.getName());

    private static final String HEADS = "refs/heads/";

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
        if (change.kind() != Kind.REMOVED && change.reference().startsWith(HEADS)) {
            polled(change);
        }
    }

    /** Jobs that poll, as {@code pollSCM('')} has them do, look now. */
    private static void polled(ReferenceChange change) {
        try {
            URIish remote = new URIish(url(change.region(), change.repository()));
            for (GitStatus.Listener listener : ExtensionList.lookup(GitStatus.Listener.class)) {
                if (listener instanceof jenkins.plugins.git.GitSCMSource.ListenerImpl) {
                    continue; // it has had the event
                }
                listener.onNotifyCommit(
                        change.origin(),
                        remote,
                        change.commit(),
                        List.of(),
                        change.reference().substring(HEADS.length()));
            }
        } catch (URISyntaxException e) {
            LOGGER.log(Level.WARNING, e, () -> "No job is told of a push to " + change.repository());
        }
    }

    private static String url(String region, String repository) {
        return GitRepository.url(
                region, repository, AwsCicdConfiguration.get().access().endpoint());
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
