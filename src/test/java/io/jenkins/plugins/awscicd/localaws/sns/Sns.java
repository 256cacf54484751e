package io.jenkins.plugins.awscicd.localaws.sns;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * SNS in one account and region. Messages for HTTP endpoints are really posted, to the loopback interface only; those for queues and
 * mail are kept, to be read at the {@link Topic}.
 */
public final class Sns {

    private final Place place;
    private final SimulatedTime time;
    private final Supplier<URI> endpoint;
    private final Courier courier;
    private final NavigableMap<String, Topic> topics = new ConcurrentSkipListMap<>();

    /** @param endpoint of local AWS, for the links in messages */
    public Sns(Place place, SimulatedTime time, Supplier<URI> endpoint) {
        this.place = place;
        this.time = time;
        this.endpoint = endpoint;
        courier = new Courier(time);
    }

    /** A standard topic, or a FIFO topic if its name ends with {@code .fifo}. There may be one already. */
    public Topic create(String name) {
        return create(name, name.endsWith(".fifo") ? Map.of("FifoTopic", "true") : Map.of());
    }

    Topic create(String name, Map<String, String> attributes) {
        return topics.computeIfAbsent(
                place.arn("sns", name), arn -> new Topic(arn, place, attributes, time, endpoint, courier));
    }

    /**
     * A topic by its ARN or its name.
     *
     * @throws NoSuchElementException if there is none
     */
    public Topic topic(String arn) {
        return find(arn.startsWith("arn:") ? arn : place.arn("sns", arn))
                .orElseThrow(() -> new NoSuchElementException("No topic " + arn));
    }

    /** A topic by its ARN. */
    public Optional<Topic> find(String arn) {
        return Optional.ofNullable(topics.get(arn));
    }

    /** Deletes a topic, unless there is none. */
    public void delete(String arn) {
        topics.remove(arn);
    }

    /** All topics, in the order of their ARNs. */
    public List<Topic> topics() {
        return List.copyOf(topics.values());
    }

    /** Waits until the HTTP endpoints have answered what is being posted to them now. */
    public void settle() {
        courier.settle();
    }

    public void close() {
        courier.close();
    }
}
