package io.jenkins.plugins.awscicd.localaws.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The default event bus of one place: what services send is put into the queues of the rules whose patterns it matches. At least once,
 * in no order that is promised, and of most services on a best effort basis: {@link Weather}.
 */
public final class EventBridge {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Rule(String name, JsonNode pattern, SqsQueue queue) {}

    private final Place place;
    private final SimulatedTime time;
    private final Chance chance;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private volatile Weather weather = Weather.FINE;

    public EventBridge(Place place, SimulatedTime time, Chance chance) {
        this.place = place;
        this.time = time;
        this.chance = chance;
    }

    /** Has events that match a pattern put into a queue. Patterns know exact values and prefixes here. */
    public EventBridge rule(String name, String pattern, SqsQueue queue) {
        try {
            rules.add(new Rule(name, JSON.readTree(pattern), queue));
            return this;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Has no rule of that name any more. */
    public EventBridge deleteRule(String name) {
        rules.removeIf(rule -> rule.name().equals(name));
        return this;
    }

    /** How events fare from now on. */
    public EventBridge weather(Weather from) {
        weather = from;
        return this;
    }

    /** All events that services have sent since there are rules, lost ones included, in their order. */
    public synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    /**
     * A service says that something has happened. It is delivered later, on time's own thread.
     *
     * @param resources ARNs
     */
    public void emit(String source, String detailType, List<String> resources, ObjectNode detail) {
        if (rules.isEmpty()) {
            return; // and leaves chance alone, so that what nobody listens to changes nothing
        }
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", chance.uuid())
                .put("detail-type", detailType)
                .put("source", source)
                .put("account", place.account())
                .put("time", time.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", place.region());
        resources.forEach(event.putArray("resources")::add);
        event.set("detail", detail);
        String text = event.toString();
        Weather now;
        synchronized (this) {
            sent.add(text);
            now = weather;
        }
        if (chance.next() < now.lost()) {
            return;
        }
        int copies = chance.next() < now.doubled() ? 2 : 1;
        for (Rule rule : rules) {
            if (matches(rule.pattern(), event)) {
                for (int i = 0; i < copies; i++) {
                    time.after(delay(now), () -> rule.queue().send(text));
                }
            }
        }
    }

    private Duration delay(Weather now) {
        return now.delay().plusMillis((long) (now.jitter().toMillis() * chance.next()));
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        var fields = pattern.fields();
        while (fields.hasNext()) {
            var field = fields.next();
            JsonNode value = event.path(field.getKey());
            boolean fits = field.getValue().isObject()
                    ? value.isObject() && matches(field.getValue(), value)
                    : anyOf(field.getValue(), value);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyOf(JsonNode wanted, JsonNode value) {
        if (value.isArray()) {
            for (JsonNode one : value) {
                if (anyOf(wanted, one)) {
                    return true;
                }
            }
            return false;
        }
        for (JsonNode one : wanted) {
            if (one.isObject() ? value.asText().startsWith(one.path("prefix").asText("\0")) : one.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
