package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.events.AwsEventReceiver;
import io.jenkins.plugins.awscicd.events.EventQueue;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells branch sources and organization folders what happens in CodeCommit, as far as it is of the queue's account and region. */
@Extension
public final class RepositoryEventReceiver implements AwsEventReceiver {

    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,100}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    @Override
    public boolean received(@NonNull AwsEvent event, @NonNull EventQueue queue) {
        if (!event.source().equals("aws.codecommit") || !queue.address().isOf(event)) {
            return false;
        }
        return switch (event.detailType()) {
            case "CodeCommit Repository State Change" -> reference(event);
            case "CodeCommit Pull Request State Change" -> pullRequest(event);
            default -> false;
        };
    }

    private static boolean reference(AwsEvent event) {
        Kind kind = Kind.ofReference(event.detail("event"));
        String repository = event.detail("repositoryName");
        String reference = event.detail("referenceFullName");
        if (kind == null || !isOf(NAME, repository) || reference == null || !reference.startsWith("refs/")) {
            return false;
        }
        String commit = event.detail("commitId");
        RepositoryEvents.fire(new RepositoryEvents.ReferenceChange(
                kind,
                event.account(),
                event.region(),
                repository,
                reference,
                isOf(COMMIT, commit) ? commit : null,
                "AWS CodeCommit"));
        return true;
    }

    private static boolean pullRequest(AwsEvent event) {
        Kind kind =
                Kind.ofPullRequest(event.detail("event"), "Open".equalsIgnoreCase(event.detail("pullRequestStatus")));
        String repository = event.toMap().get("detail") instanceof Map<?, ?> detail
                        && detail.get("repositoryNames") instanceof List<?> names
                        && !names.isEmpty()
                        && names.get(0) instanceof String name
                ? name
                : null;
        String id = event.detail("pullRequestId");
        String source = event.detail("sourceReference");
        String destination = event.detail("destinationReference");
        if (kind == null || !isOf(NAME, repository) || !isOf(NUMBER, id) || source == null || destination == null) {
            return false;
        }
        RepositoryEvents.fire(new RepositoryEvents.PullRequestChange(
                kind, event.account(), event.region(), repository, id, source, destination, "AWS CodeCommit"));
        return true;
    }

    private static boolean isOf(Pattern pattern, @CheckForNull String text) {
        return text != null && pattern.matcher(text).matches();
    }
}
