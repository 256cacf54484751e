package io.jenkins.plugins.awscicd.engine.cloudformation.event;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.PageCount;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Reads the events of a stack, each once
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html">DescribeStackEvents</a>).
 * AWS gives the newest first, and many share an instant: what is new is told by what is known, not by when.
 */
public final class EventReader {

    public static final String ACTION = "cloudformation:DescribeStackEvents";

    /** They are read again anyway. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AwsSession session;
    private final String stackId;
    private final String before;
    private final Instant since;
    private final Set<String> known = new HashSet<>();

    /**
     * @param before the event after which they are read; empty for all
     * @param since before which none are read, by AWS's clock
     */
    public EventReader(AwsSession session, String stackId, String before, Instant since) {
        this.session = session;
        this.stackId = stackId;
        this.before = before;
        this.since = since;
    }

    /**
     * What has come since the last call, the oldest first. Not to be called again before it is there.
     *
     * @param urgent whether somebody waits for the answer
     */
    @NonNull
    public CompletableFuture<List<StackEvent>> next(boolean urgent) {
        List<StackEvent> found = new ArrayList<>();
        return pages(found, new PageCount(), null, urgent).exceptionallyCompose(failure -> {
            found.forEach(event -> known.remove(event.eventId())); // nobody has heard of them yet
            return CompletableFuture.failedFuture(failure);
        });
    }

    private CompletableFuture<List<StackEvent>> pages(
            List<StackEvent> found, PageCount pages, @CheckForNull String token, boolean urgent) {
        pages.next(ACTION);
        return session.call(ACTION, PATIENCE, RetryListener.NONE, () -> urgent, () -> page(token))
                .thenCompose(page -> {
                    boolean reached = false;
                    for (StackEvent event : page.stackEvents()) {
                        if (event.eventId().equals(before) || event.timestamp().isBefore(since)) {
                            reached = true;
                            break;
                        }
                        if (known.add(event.eventId())) {
                            found.add(event);
                        } else {
                            reached = true; // what is below it is known as well, but for the rest of this page
                        }
                    }
                    if (!reached && page.nextToken() != null) {
                        return pages(found, pages, page.nextToken(), urgent);
                    }
                    if (!reached && !before.isEmpty()) { // AWS shows the stack as it was before that event
                        found.forEach(event -> known.remove(event.eventId()));
                        return CompletableFuture.completedFuture(List.of());
                    }
                    Collections.reverse(found);
                    return CompletableFuture.completedFuture(found);
                });
    }

    private DescribeStackEventsResponse page(@CheckForNull String token) {
        return CloudFormationService.client(session)
                .describeStackEvents(it -> it.stackName(stackId).nextToken(token));
    }
}
