package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.PageCount;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEventsRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEventsResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;

/**
 * Reads the events of one update, or of one environment, each once
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeEvents.html">DescribeEvents</a>). AWS gives the
 * newest first, and an instant for each that others may share: so what is new is told by what is known, not by when.
 */
public final class EventReader {

    public static final String ACTION = "elasticbeanstalk:DescribeEvents";
    /** They are read again anyway. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** In one answer. */
    private static final int MOST = 1000;

    private final AwsSession session;
    /** What they are asked for by. */
    private final UnaryOperator<DescribeEventsRequest.Builder> of;

    private final Set<Event> known = new HashSet<>();

    public EventReader(@NonNull AwsSession session, @NonNull String requestId) {
        this(session, events -> events.requestId(requestId));
    }

    private EventReader(AwsSession session, UnaryOperator<DescribeEventsRequest.Builder> of) {
        this.session = session;
        this.of = of;
    }

    /** Reads all that happens to an environment from an instant of AWS's clock on, whoever has asked for it. */
    @NonNull
    public static EventReader ofEnvironment(
            @NonNull AwsSession session, @NonNull String environmentId, @NonNull Instant since) {
        return new EventReader(
                session, events -> events.environmentId(environmentId).startTime(since));
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
        return pages(found, new PageCount(), null, urgent).exceptionallyCompose(failure -> {
            found.forEach(known::remove); // nobody has heard of them yet
            return CompletableFuture.failedFuture(
                    AwsCallException.of(ACTION, "the update in " + session.region(), failure));
        });
    }

    private CompletableFuture<List<Event>> pages(
            List<Event> found, PageCount pages, @CheckForNull String token, boolean urgent) {
        pages.next(ACTION);
        return session.call(ACTION, PATIENCE, RetryListener.NONE, () -> urgent, () -> page(token))
                .thenCompose(page -> {
                    int before = found.size();
                    page.events().stream().map(Event::of).filter(known::add).forEach(found::add);
                    boolean allNew = found.size() - before == page.events().size();
                    if (page.nextToken() != null && allNew) {
                        return pages(found, pages, page.nextToken(), urgent);
                    }
                    Collections.reverse(found);
                    return CompletableFuture.completedFuture(found);
                });
    }

    private DescribeEventsResponse page(@CheckForNull String token) {
        return EnvironmentService.client(session)
                .describeEvents(of.apply(DescribeEventsRequest.builder())
                        .nextToken(token)
                        .build());
    }

    /** What was done to an environment since some update of it. */
    public enum Since {
        /** No other update was begun. */
        NOTHING,
        /** Another one was. */
        UPDATED,
        /** AWS shows no event that says it. */
        UNKNOWN
    }

    /**
     * The newest event of an environment that is of a kind; none if there is none, or AWS shows none to these credentials: it refuses
     * to, or answers as if there were none. Blocks, calls AWS.
     */
    @NonNull
    public static Optional<Event> newest(AwsSession session, String environmentId, Predicate<Event> kind) {
        try {
            return EnvironmentService.client(session)
                    .describeEventsPaginator(
                            events -> events.environmentId(environmentId).maxRecords(MOST))
                    .events()
                    .stream()
                    .map(Event::of)
                    .filter(kind)
                    .findFirst();
        } catch (ElasticBeanstalkException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether an environment was updated by another call than this one since. Blocks, calls AWS. */
    @NonNull
    public static Since since(AwsSession session, String environmentId, String request) {
        return since(session, environmentId, request, Instant.MAX);
    }

    private static Since since(AwsSession session, String environmentId, String request, Instant seen) {
        return newest(
                        session,
                        environmentId,
                        event -> event.start() && (event.date().isBefore(seen) || request.equals(event.requestId())))
                .map(Event::requestId)
                .map(newest -> newest.equals(request) ? Since.NOTHING : Since.UPDATED)
                .orElse(Since.UNKNOWN);
    }

    /**
     * The same of what may have made an environment as it was seen, in a lane.
     *
     * @param seen when it was, by AWS's clock
     */
    public static CompletableFuture<Since> sinceInLane(
            AwsSession session, String environmentId, String request, Instant seen) {
        return session.call(ACTION, PATIENCE, RetryListener.NONE, () -> since(session, environmentId, request, seen));
    }

    /** Whether AWS shows no event of an environment at all, of which some last for weeks. Blocks, calls AWS. */
    public static boolean isUnseen(AwsSession session, String environmentId) {
        return newest(session, environmentId, event -> true).isEmpty();
    }

    /** That nothing can be known of an environment, in a sentence that names what may be missing. */
    @NonNull
    public static String unseen(@NonNull String environment) {
        return "AWS does not show what was done to " + environment + " (" + ACTION + ")";
    }
}
