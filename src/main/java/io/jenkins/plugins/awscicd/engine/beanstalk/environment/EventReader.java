package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.RetryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEventsRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEventsResponse;

/**
 * Reads the events of one update, each once
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeEvents.html">DescribeEvents</a>). AWS gives the
 * newest first, and an instant for each that others may share: so what is new is told by what is known, not by when.
 */
public final class EventReader {

    public static final String ACTION = "elasticbeanstalk:DescribeEvents";
    /** They are read again anyway. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AwsSession session;
    private final String requestId;
    private final Set<Event> known = new HashSet<>();

    public EventReader(@NonNull AwsSession session, @NonNull String requestId) {
        this.session = session;
        this.requestId = requestId;
    }

    /**
     * What has come since the last call, the oldest first. Not to be called again before it is there.
     *
     * @param urgent whether somebody waits for the answer
     * @return fails with {@link AwsCallException}
     */
    @NonNull
    public CompletableFuture<List<Event>> next(boolean urgent) {
        List<Event> found = new ArrayList<>();
        return pages(found, null, urgent).exceptionallyCompose(failure -> {
            found.forEach(known::remove); // nobody has heard of them yet
            return CompletableFuture.failedFuture(
                    AwsCallException.of(ACTION, "the update in " + session.region(), failure));
        });
    }

    private CompletableFuture<List<Event>> pages(List<Event> found, @CheckForNull String token, boolean urgent) {
        return session.call(ACTION, PATIENCE, RetryListener.NONE, () -> urgent, () -> page(token))
                .thenCompose(page -> {
                    int before = found.size();
                    page.events().stream().map(Event::of).filter(known::add).forEach(found::add);
                    boolean allNew = found.size() - before == page.events().size();
                    if (page.nextToken() != null && allNew) {
                        return pages(found, page.nextToken(), urgent);
                    }
                    Collections.reverse(found);
                    return CompletableFuture.completedFuture(found);
                });
    }

    private DescribeEventsResponse page(@CheckForNull String token) {
        return EnvironmentService.client(session)
                .describeEvents(DescribeEventsRequest.builder()
                        .requestId(requestId)
                        .nextToken(token)
                        .build());
    }

    /** The newest event of an environment that is of a kind; null if there is none in the newest thousand. Blocks, calls AWS. */
    @CheckForNull
    public static Event newest(AwsSession session, String environmentId, Predicate<Event> kind) {
        return EnvironmentService.client(session)
                .describeEvents(events -> events.environmentId(environmentId).maxRecords(1000))
                .events()
                .stream()
                .map(Event::of)
                .filter(kind)
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether an environment has been updated by another call than this one since. False if AWS does not show any more what was begun.
     * Blocks, calls AWS.
     */
    public static boolean updatedSince(AwsSession session, String environmentId, String request) {
        Event last = newest(session, environmentId, Event::start);
        String newest = last == null ? null : last.requestId();
        return newest != null && !newest.equals(request);
    }

    /** The same, in a lane. */
    public static CompletableFuture<Boolean> isUpdatedSince(AwsSession session, String environmentId, String request) {
        return session.call(ACTION, PATIENCE, RetryListener.NONE, () -> updatedSince(session, environmentId, request));
    }
}
