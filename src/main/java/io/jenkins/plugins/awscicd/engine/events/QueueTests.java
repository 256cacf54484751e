package io.jenkins.plugins.awscicd.engine.events;

import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** The messages that a poller has sent itself. */
final class QueueTests {

    private static final String SOURCE = "jenkins.aws-cicd";
    private static final String KIND = "Test of the queue";
    private static final String SENT = "sent";

    private record Sent(Moment at, CompletableFuture<Duration> came, Scheduler.Task alarm) {}

    private final Scheduler scheduler;
    private final Duration patience;
    private final Runnable lost;
    private final Runnable others;
    /** Of the machine's clock: what was sent before may be a test of this controller's from before its restart. */
    private final Instant since;

    private final Map<String, Sent> open = new ConcurrentHashMap<>();

    /**
     * @param lost told of each that has not come in so long
     * @param others told of each that somebody else has sent
     */
    QueueTests(Scheduler scheduler, Duration patience, Runnable lost, Runnable others) {
        this.scheduler = scheduler;
        this.patience = patience;
        this.lost = lost;
        this.others = others;
        since = scheduler.now();
    }

    static String message(String id, Instant now) {
        return "{\"id\":\"" + id + "\",\"source\":\"" + SOURCE + "\",\"detail-type\":\"" + KIND + "\",\"detail\":{\""
                + SENT + "\":\"" + now.toEpochMilli() + "\"}}";
    }

    private boolean isOfBefore(AwsEvent event) {
        String sent = event.detail(SENT);
        return sent == null
                || !sent.matches("\\d{1,15}")
                || !Instant.ofEpochMilli(Long.parseLong(sent)).isAfter(since);
    }

    CompletableFuture<Duration> expect(String id) {
        CompletableFuture<Duration> came = new CompletableFuture<>();
        Scheduler.Task alarm = scheduler.schedule(patience, () -> {
            if (open.remove(id) != null) {
                lost.run();
                came.completeExceptionally(new TimeoutException("It was sent, but has not come within "
                        + Durations.inWords(patience) + ": somebody else receives this queue's messages, too"));
            }
        });
        open.put(id, new Sent(scheduler.moment(), came, alarm));
        return came;
    }

    void forget(String id) {
        Sent sent = open.remove(id);
        if (sent != null) {
            sent.alarm().cancel();
        }
    }

    /** Whether it is a test, be it of this poller or another. */
    boolean received(AwsEvent event) {
        if (!event.source().equals(SOURCE)) {
            return false;
        }
        Sent sent = open.remove(event.id());
        if (sent != null) {
            sent.alarm().cancel();
            sent.came().complete(sent.at().until(scheduler.moment()));
        } else if (!isOfBefore(event)) {
            others.run();
        }
        return true;
    }
}
