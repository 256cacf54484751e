package io.jenkins.plugins.awscicd.engine.log;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.PageCount;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/**
 * Follows a log stream to its last event, with
 * <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html">GetLogEvents</a>.
 *
 * <p>The cursor is the forward token and nothing else: many events can have one timestamp. An empty page is not the end, only
 * an unchanged token is; and after the job has ended its last events may still be on their way, so the end counts only when
 * they have had time to come, or when the last of them is there. GetLogEvents is limited per account, therefore all followers
 * of an account take turns in its lane, a page at a time; those of jobs that have ended come first.
 *
 * <p>A log that cannot be read is not given up before its job has ended: its sink hears of it, and it is tried on.
 */
public final class LogFollower {

    private static final String ACTION = "logs:GetLogEvents";
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** How long a call without an answer is tried again before the trouble is told. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Between looks at a log that cannot be read, as AWS does not answer. */
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(30);
    /** The same if AWS refuses: somebody has to allow it first. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(5);
    /** A page with so many messages is hardly ever the last one. */
    private static final int LARGE_PAGE = 1000;

    private final AwsSession session;
    private final Scheduler scheduler;
    private final LogLocation location;
    private final LogSink sink;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private String token;
    private Duration interval = SHORTEST;
    private Scheduler.Task alarm = () -> {};
    private boolean asking;
    private volatile boolean closed;
    private boolean readAgain;
    /** Why the log cannot be read at the moment; null if it can. */
    private volatile AwsCallException trouble;

    private Moment lastEventsBy = Moment.LAST;
    /** Until then a log that cannot be read is tried on: for as long as the job runs, and a while after its end. */
    private Moment givenUpAt = Moment.LAST;

    private BooleanSupplier complete = () -> false;
    private volatile boolean draining;
    /** Of the pages with nothing on them that are read when the job has ended. */
    private final PageCount empty = new PageCount();

    /**
     * @param token where an earlier reader stopped; null for the stream's beginning
     */
    public LogFollower(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull LogLocation location,
            @CheckForNull String token,
            @NonNull LogSink sink) {
        this.session = session;
        this.scheduler = scheduler;
        this.location = location;
        this.token = token;
        this.sink = sink;
    }

    /** Begins to follow. */
    public void follow() {
        ask();
    }

    /** Reads on at once: something has happened to the job, and so there is something to read, if it can be. */
    public void look() {
        synchronized (this) {
            if (trouble != null) {
                return;
            }
            alarm.cancel();
        }
        ask();
    }

    /** Whether the log is being read: not if all of it is, nor while it cannot be. */
    public boolean isReading() {
        return !end.isDone() && trouble == null;
    }

    /**
     * The job has ended: reads the rest.
     *
     * @param late how much longer from now on events may come in
     * @param allRead asked after each page: whether the last message that such a job writes has been read, so that nothing is to
     *     be waited for
     * @return completes when all is read, and fails with {@link AwsCallException} if the log cannot be read
     */
    @NonNull
    public CompletableFuture<Void> drain(@NonNull Duration late, @NonNull BooleanSupplier allRead) {
        synchronized (this) {
            if (!draining) {
                lastEventsBy = scheduler.moment().plus(late);
                givenUpAt = scheduler.moment().plus(AwsSession.PATIENCE);
                complete = allRead;
                draining = true;
                alarm.cancel();
            }
        }
        AwsCallException refusal = trouble;
        if (allRead.getAsBoolean()) {
            end.complete(null);
        } else if (refusal != null && !refusal.fault().passes()) {
            end.completeExceptionally(refusal); // it was asked for just as often as somebody may have allowed it
        } else {
            ask();
        }
        return end;
    }

    /** Stops reading. */
    public synchronized void close() {
        closed = true;
        alarm.cancel();
    }

    private void ask() {
        String from;
        synchronized (this) {
            if (asking || closed || end.isDone()) {
                return;
            }
            asking = true;
            from = token;
        }
        session.call(ACTION, PATIENCE, RetryListener.NONE, () -> draining, () -> read(from))
                .whenComplete((page, failure) -> {
                    try {
                        if (failure == null) {
                            took(page, from);
                        } else {
                            missed(AwsCallException.unwrap(failure), from);
                        }
                    } catch (RuntimeException e) {
                        // The sink's, or that there is no end: whoever waits for the end must hear of it.
                        end.completeExceptionally(e);
                    }
                });
    }

    private GetLogEventsResponse read(@CheckForNull String from) {
        if (closed) {
            throw new CancellationException("Nobody reads on");
        }
        return session.client(CloudWatchLogsClient.class, CloudWatchLogsClient::builder)
                .getLogEvents(request -> request.logGroupName(location.group())
                        .logStreamName(location.stream())
                        .startFromHead(true) // wanted by AWS with a forward token as well
                        .nextToken(from));
    }

    private void took(GetLogEventsResponse page, @CheckForNull String from) {
        synchronized (this) {
            if (closed || end.isDone()) {
                return;
            }
        }
        if (trouble != null) {
            trouble = null;
            sink.readable();
        }
        List<String> messages =
                page.events().stream().map(OutputLogEvent::message).toList();
        String next = page.nextForwardToken() == null ? from : page.nextForwardToken();
        if (!messages.isEmpty()) {
            sink.page(messages, next);
        }
        boolean atEnd = messages.isEmpty() && Objects.equals(next, from);
        if (atEnd) {
            sink.caughtUp();
        }
        Duration pause;
        synchronized (this) {
            asking = false;
            token = next;
            if (draining) {
                pause = pauseOfDraining(atEnd, messages.isEmpty());
            } else if (atEnd) {
                Duration longer = interval.multipliedBy(3).dividedBy(2);
                interval = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
                pause = interval;
            } else {
                interval = SHORTEST;
                pause = messages.size() >= LARGE_PAGE ? Duration.ZERO : interval;
            }
        }
        askAgain(pause);
    }

    /** Null for none: all is read. */
    @CheckForNull
    private Duration pauseOfDraining(boolean atEnd, boolean isEmpty) {
        Duration left = scheduler.moment().until(lastEventsBy);
        if (complete.getAsBoolean() || atEnd && left.compareTo(Duration.ZERO) <= 0) {
            return null;
        }
        if (!atEnd && isEmpty) {
            empty.next("GetLogEvents");
        }
        return atEnd ? left : Duration.ZERO; // a page that was not the last one, or not seen to be
    }

    private void missed(Throwable failure, @CheckForNull String from) {
        if (from != null && failure instanceof InvalidParameterException && readAgain()) {
            sink.again();
            askAgain(Duration.ZERO);
            return;
        }
        Duration pause;
        boolean missing = AwsFault.of(failure) == AwsFault.NOT_FOUND;
        if (missing) {
            sink.caughtUp(); // a stream that is not there yet has nothing to read
        }
        if (!missing) {
            troubled(AwsCallException.of(ACTION, location.toString(), failure));
            return;
        }
        synchronized (this) {
            asking = false;
            pause = scheduler.moment().isBefore(lastEventsBy) ? SHORTEST : null;
        }
        askAgain(pause);
    }

    private void troubled(AwsCallException why) {
        boolean news;
        boolean over;
        synchronized (this) {
            if (closed) {
                return;
            }
            asking = false;
            news = trouble == null;
            trouble = why;
            boolean passes = why.fault().passes();
            over = draining && (!passes || !scheduler.moment().isBefore(givenUpAt));
            if (!over) {
                alarm = scheduler.schedule(passes ? AFTER_SILENCE : AFTER_REFUSAL, this::ask);
            }
        }
        if (over) {
            end.completeExceptionally(why);
        } else if (news) {
            sink.unreadable(why);
        }
    }

    /** A token is good for 24 hours. Once only: whatever else AWS does not like about a call will not be better the next time. */
    private synchronized boolean readAgain() {
        if (readAgain) {
            return false;
        }
        readAgain = true;
        asking = false;
        token = null;
        return true;
    }

    private void askAgain(@CheckForNull Duration pause) {
        if (pause == null) {
            end.complete(null);
        } else {
            synchronized (this) {
                if (!closed) {
                    alarm = scheduler.schedule(pause, this::ask);
                }
            }
        }
    }
}
