package io.jenkins.plugins.awscicd.localaws.sns;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A topic: its subscriptions, what was published to it, and what became of that. */
public final class Topic {

    /** Enough for every test; a local AWS that runs for days must not fill the heap. */
    private static final int KEPT = 10_000;

    private static final Duration DEDUPLICATION = Duration.ofMinutes(5);

    private final String arn;
    private final Place place;
    private final Map<String, String> attributes;
    private final SimulatedTime time;
    private final Supplier<URI> endpoint;
    private final Courier courier;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, Notification> recent = new HashMap<>();
    private final Deque<Notification> published = new ArrayDeque<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final List<Consumer<Notification>> listeners = new CopyOnWriteArrayList<>();
    private long numbered;
    private int ended;

    Topic(
            String arn,
            Place place,
            Map<String, String> attributes,
            SimulatedTime time,
            Supplier<URI> endpoint,
            Courier courier) {
        this.arn = arn;
        this.place = place;
        this.attributes = Map.copyOf(attributes);
        this.time = time;
        this.endpoint = endpoint;
        this.courier = courier;
    }

    public String arn() {
        return arn;
    }

    public String name() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    Place place() {
        return place;
    }

    boolean isFifo() {
        return name().endsWith(".fifo");
    }

    /** The attributes with which it was created. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** What was published, oldest first; what SNS has taken for a repetition is not among it. */
    public synchronized List<Notification> published() {
        return List.copyOf(published);
    }

    /** Attempts to deliver, oldest first. */
    public synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /**
     * Attempts to deliver to one subscriber, oldest first: what is in a queue, in a mailbox, or was posted.
     *
     * @param to ARN of a queue, address, or URL
     */
    public List<Delivery> deliveries(String to) {
        return deliveries().stream()
                .filter(delivery -> delivery.endpoint().equals(to))
                .toList();
    }

    /** In the order of their making. */
    public synchronized List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    /** How many subscriptions have been ended. */
    synchronized int ended() {
        return ended;
    }

    /** Has somebody hear at once of what is published from now on. Called on the thread of whoever publishes. */
    public void onPublish(Consumer<Notification> listener) {
        listeners.add(listener);
    }

    /** Publishes as one of AWS's services does. */
    public Notification publish(String subject, String message) {
        return publish(new Notification(null, null, subject, message, Map.of(), Map.of(), null, null, null));
    }

    /** @param wanted still without message id, time and sequence number */
    Notification publish(Notification wanted) {
        Notification notification;
        List<Subscription> to;
        synchronized (this) {
            Instant now = time.now();
            String repetition = wanted.deduplicationId();
            Notification earlier = repetition == null ? null : recent.get(repetition);
            if (earlier != null && now.isBefore(earlier.at().plus(DEDUPLICATION))) {
                return earlier;
            }
            notification = new Notification(
                    UUID.randomUUID().toString(),
                    now,
                    wanted.subject(),
                    wanted.message(),
                    wanted.byProtocol(),
                    wanted.attributes(),
                    wanted.groupId(),
                    repetition,
                    isFifo() ? String.format(Locale.ROOT, "1%019d", numbered++) : null);
            if (repetition != null) {
                recent.put(repetition, notification);
            }
            keep(published, notification);
            to = subscriptions.values().stream().filter(Subscription::confirmed).toList();
        }
        listeners.forEach(listener -> listener.accept(notification));
        to.forEach(subscription -> send(subscription, Envelope.of(notification, subscription, arn, endpoint.get())));
        return notification;
    }

    /** The subscription that is the same but for its attributes. */
    synchronized Optional<Subscription> subscription(String protocol, String to) {
        return subscriptions.values().stream()
                .filter(known ->
                        known.protocol().equals(protocol) && known.endpoint().equals(to))
                .findFirst();
    }

    synchronized Optional<Subscription> subscription(String subscriptionArn) {
        return Optional.ofNullable(subscriptions.get(subscriptionArn));
    }

    void add(Subscription subscription) {
        synchronized (this) {
            subscriptions.put(subscription.arn(), subscription);
        }
        if (!subscription.confirmed()) {
            String id = UUID.randomUUID().toString();
            send(subscription, Envelope.confirmation(id, time.now(), subscription, arn, endpoint.get()));
        }
    }

    /** @return the subscription, if there is one with this token */
    synchronized Optional<Subscription> confirm(String token, boolean guard) {
        Optional<Subscription> found = subscriptions.values().stream()
                .filter(known -> known.token().equals(token))
                .findFirst()
                .map(known -> known.confirmed() ? known : known.confirmed(guard));
        found.ifPresent(confirmed -> subscriptions.put(confirmed.arn(), confirmed));
        return found;
    }

    synchronized void remove(Subscription subscription) {
        if (subscriptions.remove(subscription.arn()) != null) {
            ended++;
        }
    }

    private void send(Subscription to, Envelope envelope) {
        if (!to.isHttp()) {
            record(to, envelope, Delivery.DELIVERED);
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-amz-sns-message-type", envelope.type());
        headers.put("x-amz-sns-message-id", envelope.messageId());
        headers.put("x-amz-sns-topic-arn", arn);
        if (to.confirmed()) {
            headers.put("x-amz-sns-subscription-arn", to.arn());
        }
        if (to.isRaw()) {
            headers.put("x-amz-sns-rawdelivery", "true");
        }
        courier.post(URI.create(to.endpoint()), headers, envelope.body(), outcome -> record(to, envelope, outcome));
    }

    private synchronized void record(Subscription to, Envelope envelope, String outcome) {
        keep(
                deliveries,
                new Delivery(
                        time.now(), to.arn(), to.protocol(), to.endpoint(), envelope.type(), envelope.body(), outcome));
    }

    private static <T> void keep(Deque<T> newest, T one) {
        newest.addLast(one);
        if (newest.size() > KEPT) {
            newest.removeFirst();
        }
    }

    static long count(Collection<Subscription> subscriptions, boolean confirmed) {
        return subscriptions.stream()
                .filter(subscription -> subscription.confirmed() == confirmed)
                .count();
    }
}
