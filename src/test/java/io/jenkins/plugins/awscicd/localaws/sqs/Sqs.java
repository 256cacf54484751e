package io.jenkins.plugins.awscicd.localaws.sqs;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.net.URI;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** SQS in one account and region: standard queues. */
public final class Sqs {

    private final Place place;
    private final SimulatedTime time;
    private final Chance chance;
    private final Supplier<URI> endpoint;
    private final NavigableMap<String, SqsQueue> queues = new ConcurrentSkipListMap<>();

    /** @param endpoint of local AWS */
    public Sqs(Place place, SimulatedTime time, Chance chance, Supplier<URI> endpoint) {
        this.place = place;
        this.time = time;
        this.chance = chance;
        this.endpoint = endpoint;
    }

    /** The queue of that name, which is made unless there is one. */
    public SqsQueue queue(String name) {
        return queues.computeIfAbsent(name, it -> new SqsQueue(place, it, time, chance));
    }

    public Optional<SqsQueue> find(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    /** The queue with that ARN. */
    public Optional<SqsQueue> findByArn(String arn) {
        return queues.values().stream().filter(queue -> queue.arn().equals(arn)).findFirst();
    }

    /** Deletes a queue with all in it. */
    public void delete(String name) {
        SqsQueue queue = queues.remove(name);
        if (queue != null) {
            queue.close();
        }
    }

    List<SqsQueue> all() {
        return List.copyOf(queues.values());
    }

    /** How the API names a queue. */
    public String url(SqsQueue queue) {
        return endpoint.get() + "/" + place.account() + "/" + queue.name();
    }

    public void close() {
        queues.values().forEach(SqsQueue::close);
    }
}
