package io.jenkins.plugins.awscicd.localaws.sqs;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A standard queue: at least once, in no order that is promised, each message invisible to others for a while after it was received, and
 * moved to the dead-letter queue once it was received too often.
 */
public final class SqsQueue {

    /** Counted when a queue is asked for its attributes. */
    enum Standing {
        VISIBLE,
        IN_FLIGHT,
        DELAYED
    }

    /** A message in somebody's hand. */
    record Received(String id, String handle, String body, Map<String, String> attributes) {}

    private final Place place;
    private final String name;
    private final SimulatedTime time;
    private final Chance chance;
    private final Map<String, String> attributes = new TreeMap<>();
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private SqsQueue deadLetters;
    private int mostReceives = Integer.MAX_VALUE;
    private int failingDeletes;
    private int stolen;
    private int deleted;
    private int sent;
    private long order;
    private boolean closed;

    SqsQueue(Place place, String name, SimulatedTime time, Chance chance) {
        this.place = place;
        this.name = name;
        this.time = time;
        this.chance = chance;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return place.arn("sqs", name);
    }

    Place place() {
        return place;
    }

    /** How long a received message is invisible to others. */
    public synchronized SqsQueue visibility(Duration timeout) {
        attributes.put("VisibilityTimeout", Long.toString(timeout.toSeconds()));
        return this;
    }

    /** Where messages go that were received more often than so. */
    public synchronized SqsQueue deadLetters(SqsQueue queue, int maxReceiveCount) {
        deadLetters = queue;
        mostReceives = maxReceiveCount;
        return this;
    }

    /** Has the next deletions fail, one by one, within an answer that is none of an error. */
    public synchronized SqsQueue failDeletes(int count) {
        failingDeletes = count;
        return this;
    }

    /** Has somebody else receive and delete the next message before anybody sees it. */
    public synchronized SqsQueue stealNext() {
        stolen++;
        return this;
    }

    /** Runs something, once, when a message can be received or, at the latest, after so long. */
    public void whenReceivable(Duration most, Runnable task) {
        CompletableFuture<Void> arrival = arrival(most);
        arrival.thenRun(task);
    }

    /** Messages that nobody has deleted, as they would be received next. */
    public synchronized List<String> bodies() {
        return messages.values().stream().map(message -> message.body).toList();
    }

    /** How many messages were sent to it. */
    public synchronized int sent() {
        return sent;
    }

    /** How many messages were deleted. */
    public synchronized int deleted() {
        return deleted;
    }

    /** Puts a message into it. */
    public String send(String body) {
        return send(body, Duration.ZERO);
    }

    String send(String body, Duration delay) {
        Message message;
        List<CompletableFuture<Void>> released;
        synchronized (this) {
            Instant now = time.now();
            message = new Message(chance.uuid(), body, now, now.plus(delay), order++);
            sent++;
            if (stolen > 0) {
                stolen--;
                return message.id;
            }
            messages.put(message.id, message);
            released = delay.isZero() ? released() : List.of();
        }
        released.forEach(one -> one.complete(null));
        if (!delay.isZero()) {
            time.after(delay, this::release);
        }
        return message.id;
    }

    private void release() {
        List<CompletableFuture<Void>> released;
        synchronized (this) {
            released = released();
        }
        released.forEach(one -> one.complete(null));
    }

    private List<CompletableFuture<Void>> released() {
        List<CompletableFuture<Void>> released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }

    /**
     * Takes messages in hand.
     *
     * @param wait how long the call waits for the first one; holds the thread meanwhile, so that on stepped time another one has to move
     *     the clock
     */
    List<Received> receive(int most, Duration wait, Duration visibility) throws InterruptedException {
        List<Received> found = take(most, visibility);
        if (!found.isEmpty() || wait.isZero()) {
            return found;
        }
        Instant end = time.now().plus(wait);
        while (found.isEmpty() && time.now().isBefore(end)) {
            arrival(Duration.between(time.now(), end)).join();
            synchronized (this) {
                if (closed) {
                    return List.of();
                }
            }
            found = take(most, visibility);
        }
        return found;
    }

    private CompletableFuture<Void> arrival(Duration most) {
        CompletableFuture<Void> arrival = new CompletableFuture<>();
        synchronized (this) {
            Instant now = time.now();
            if (closed || messages.values().stream().anyMatch(message -> !message.visibleAt.isAfter(now))) {
                arrival.complete(null);
            } else {
                waiting.add(arrival);
                // what is invisible becomes visible again by itself
                messages.values()
                        .forEach(message -> time.after(Duration.between(now, message.visibleAt), this::release));
            }
        }
        SimulatedTime.Alarm alarm = time.after(most, () -> arrival.complete(null));
        arrival.thenRun(alarm::cancel);
        return arrival;
    }

    private synchronized List<Received> take(int most, Duration visibility) {
        Instant now = time.now();
        List<Received> taken = new ArrayList<>();
        for (Message message : List.copyOf(messages.values())) {
            if (taken.size() == most) {
                break;
            }
            if (message.visibleAt.isAfter(now)) {
                continue;
            }
            if (message.receives >= mostReceives && deadLetters != null) {
                messages.remove(message.id);
                deadLetters.send(message.body);
                continue;
            }
            message.receives++;
            message.firstReceived = message.firstReceived == null ? now : message.firstReceived;
            message.visibleAt = now.plus(visibility == null ? visibility() : visibility);
            message.handle = message.id + "#" + chance.mixed(40);
            taken.add(new Received(
                    message.id,
                    message.handle,
                    message.body,
                    Map.of(
                            "ApproximateReceiveCount", Integer.toString(message.receives),
                            "ApproximateFirstReceiveTimestamp", Long.toString(message.firstReceived.toEpochMilli()),
                            "SentTimestamp", Long.toString(message.sent.toEpochMilli()))));
        }
        return taken;
    }

    private Duration visibility() {
        return Duration.ofSeconds(Long.parseLong(attributes.getOrDefault("VisibilityTimeout", "30")));
    }

    /**
     * Deletes what was received by that handle. A standard queue takes the handle of an earlier receive as well, but need not delete
     * the message then.
     *
     * @return whether it is a handle; of a message that is gone already it is one, too
     */
    synchronized Delete delete(String handle) {
        int end = handle.indexOf('#');
        if (end < 0) {
            return Delete.INVALID;
        }
        if (failingDeletes > 0) {
            failingDeletes--;
            return Delete.FAILED;
        }
        Message message = messages.get(handle.substring(0, end));
        if (message != null && handle.equals(message.handle)) {
            messages.remove(message.id);
            deleted++;
        }
        return Delete.DONE;
    }

    enum Delete {
        DONE,
        INVALID,
        FAILED
    }

    /** @return false if it is no handle of a message that is in somebody's hand */
    boolean changeVisibility(String handle, Duration timeout) {
        synchronized (this) {
            int end = handle.indexOf('#');
            Message message = end < 0 ? null : messages.get(handle.substring(0, end));
            if (message == null || !handle.equals(message.handle)) {
                return false;
            }
            message.visibleAt = time.now().plus(timeout);
        }
        time.after(timeout, this::release);
        return true;
    }

    synchronized int count(Standing standing) {
        Instant now = time.now();
        return (int) messages.values().stream()
                .filter(message -> standing
                        == (!message.visibleAt.isAfter(now)
                                ? Standing.VISIBLE
                                : message.receives > 0 ? Standing.IN_FLIGHT : Standing.DELAYED))
                .count();
    }

    synchronized void purge() {
        messages.clear();
    }

    synchronized Map<String, String> attributes() {
        return new TreeMap<>(attributes);
    }

    synchronized void set(Map<String, String> changes) {
        attributes.putAll(changes);
    }

    /** Lets those go who wait. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        release();
    }
}
