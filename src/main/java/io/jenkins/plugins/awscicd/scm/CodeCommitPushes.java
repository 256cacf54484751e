package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.plugins.git.GitStatus;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.events.AwsEventReceiver;
import io.jenkins.plugins.awscicd.events.EventQueue;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.eclipse.jgit.transport.URIish;

/**
 * Tells the git plugin, in this process, of pushes to CodeCommit: what polls that repository is looked at or built. Nothing is taken from the
 * event but names; git says what has been pushed.
 */
@Extension(optional = true)
public final class CodeCommitPushes implements AwsEventReceiver {

    private static final Logger LOGGER = Logger.getLogger(CodeCommitPushes.class.getName());

    /** How many events are known again: what comes twice comes soon. */
    private static final int KNOWN = 1_000;

    /** IDs of the last events. Two at once of a new branch would both have it built, and queues may deliver a message twice. */
    private final Deque<String> known = new ArrayDeque<>();

    private synchronized boolean isNew(String id) {
        if (known.contains(id)) {
            return false;
        }
        known.addLast(id);
        if (known.size() > KNOWN) {
            known.removeFirst();
        }
        return true;
    }

    /** It comes again. */
    private synchronized void forget(String id) {
        known.remove(id);
    }

    @Override
    public boolean received(AwsEvent event, EventQueue queue) {
        String repository = event.detail("repositoryName");
        String branch = event.detail("referenceName");
        boolean push = event.source().equals("aws.codecommit")
                && event.detailType().equals("CodeCommit Repository State Change")
                && "branch".equals(event.detail("referenceType"))
                && !"referenceDeleted".equals(event.detail("event"))
                && queue.address().isOf(event);
        if (!push
                || Jenkins.get().getPlugin("git") == null
                || repository == null
                || branch == null
                || !repository.matches("[\\w.-]{1,100}")) {
            return false;
        }
        if (!isNew(event.id())) {
            return true;
        }
        try {
            for (String url : urls(repository, event.region(), queue.whole().endpoint())) {
                notify(url, branch);
            }
        } catch (RuntimeException | LinkageError e) { // of a listener of git's
            forget(event.id());
            throw e;
        }
        return true;
    }

    /** The addresses by which git plugin's jobs may know a repository ("Regions and Git connection endpoints" in the user guide). */
    private static List<String> urls(String repository, String region, @CheckForNull String endpoint) {
        String usual = GitRepository.url(region, repository, endpoint);
        return endpoint != null
                ? List.of(usual)
                : List.of(usual, usual.replaceFirst("git-codecommit\\.", "git-codecommit-fips."));
    }

    /** Of no commit: that would be built whatever branch it is on, whoever has sent the event. */
    private static void notify(String url, String branch) {
        try {
            URIish uri = new URIish(url);
            for (GitStatus.Listener listener : ExtensionList.lookup(GitStatus.Listener.class)) {
                listener.onNotifyCommit("AWS CodeCommit", uri, null, List.of(), branch);
            }
        } catch (URISyntaxException e) {
            LOGGER.log(Level.FINE, "No address of a repository", e);
        }
    }
}
