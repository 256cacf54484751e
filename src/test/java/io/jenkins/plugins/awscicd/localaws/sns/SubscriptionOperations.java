package io.jenkins.plugins.awscicd.localaws.sns;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations about subscriptions. */
final class SubscriptionOperations {

    private static final Pattern QUEUE = Pattern.compile("arn:aws[a-z-]*:sqs:[a-z0-9-]+:(\\d{12}):[\\w-]+(\\.fifo)?");
    /** Names, not looked up: a name that leads elsewhere later must not be believed. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    private final SnsApi api;

    SubscriptionOperations(SnsApi api) {
        this.api = api;
    }

    Xml.Content subscribe(QueryInput input, Caller caller) throws AwsError {
        Topic topic = api.topic("Subscribe", input, caller);
        String protocol = input.required("Protocol");
        String endpoint = input.text("Endpoint", "");
        Map<String, String> attributes = input.map("Attributes");
        for (String attribute : attributes.keySet()) {
            if (!attribute.equals("RawMessageDelivery") || protocol.equals("email")) {
                throw SnsApi.invalid(
                        "AttributeName Reason: Local AWS does not offer " + attribute + " for " + protocol);
            }
        }
        boolean ours = check(topic, protocol, endpoint);
        Optional<Subscription> known = topic.subscription(protocol, endpoint);
        if (known.isPresent() && !known.get().attributes().equals(attributes)) {
            throw SnsApi.invalid("Attributes Reason: Subscription already exists with different attributes");
        }
        Subscription subscription = known.orElseGet(() -> {
            String arn = topic.arn() + ":" + UUID.randomUUID();
            String token = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
            return new Subscription(arn, topic.place().account(), protocol, endpoint, attributes, token, ours, false);
        });
        if (known.isEmpty() || !subscription.confirmed()) {
            topic.add(subscription); // and so asks once more whoever has not answered
        }
        boolean shown = subscription.confirmed() || Boolean.parseBoolean(input.text("ReturnSubscriptionArn"));
        return xml -> xml.text("SubscriptionArn", shown ? subscription.arn() : "pending confirmation");
    }

    /** @return whether the subscription needs no confirmation, being to a queue of the topic's own account */
    private static boolean check(Topic topic, String protocol, String endpoint) throws AwsError {
        if (topic.isFifo() && !protocol.equals("sqs")) {
            throw SnsApi.invalid("Invalid protocol type: " + protocol);
        }
        switch (protocol) {
            case "http", "https" -> checkUrl(protocol, endpoint);
            case "sqs" -> {
                Matcher queue = QUEUE.matcher(endpoint);
                if (!queue.matches()) {
                    throw SnsApi.invalid("SQS endpoint ARN");
                }
                if (queue.group(2) != null && !topic.isFifo()) {
                    throw SnsApi.invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to"
                            + " standard SNS topics");
                }
                return queue.group(1).equals(topic.place().account());
            }
            case "email" -> {
                if (!endpoint.matches("[^@\\s]+@[^@\\s]+")) {
                    throw SnsApi.invalid("Email address");
                }
            }
            default -> throw SnsApi.invalid("Amazon SNS does not support this protocol string: " + protocol);
        }
        return false;
    }

    private static void checkUrl(String protocol, String endpoint) throws AwsError {
        if (!endpoint.startsWith(protocol + "://")) {
            throw SnsApi.invalid("Endpoint must match the specified protocol");
        }
        String host;
        try {
            host = URI.create(endpoint).getHost();
        } catch (IllegalArgumentException e) {
            throw SnsApi.invalid("HTTP(S) endpoint");
        }
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            throw SnsApi.invalid("Endpoint Reason: Local AWS posts to the loopback interface only, such as"
                    + " http://127.0.0.1:8080/");
        }
    }

    Xml.Content confirm(QueryInput input, Caller caller) throws AwsError {
        Topic topic = api.topic("ConfirmSubscription", input, caller);
        String token = input.required("Token");
        boolean guard = Boolean.parseBoolean(input.text("AuthenticateOnUnsubscribe"));
        Subscription confirmed = topic.confirm(token, guard).orElseThrow(() -> SnsApi.invalid("Token"));
        return xml -> xml.text("SubscriptionArn", confirmed.arn());
    }

    Xml.Content unsubscribe(QueryInput input, Caller caller) throws AwsError {
        String operation = "Unsubscribe";
        String arn = input.required("SubscriptionArn");
        String[] parts = SnsApi.parts("SubscriptionArn", arn);
        if (parts.length != 7) {
            throw SnsApi.invalid("SubscriptionArn");
        }
        Topic topic = api.place(operation, "SubscriptionArn", arn, parts, caller)
                .find(arn.substring(0, arn.lastIndexOf(':')))
                .orElseThrow(SubscriptionOperations::noSubscription);
        Subscription subscription = topic.subscription(arn).orElseThrow(SubscriptionOperations::noSubscription);
        if (subscription.guarded() && caller.accessKeyId() == null) {
            throw SnsApi.denied(operation, caller, arn);
        }
        topic.remove(subscription);
        return null;
    }

    private static AwsError noSubscription() {
        return new AwsError(404, "NotFound", "Subscription does not exist");
    }

    Xml.Content listByTopic(QueryInput input, Caller caller) throws AwsError {
        Topic topic = api.topic("ListSubscriptionsByTopic", input, caller);
        List<Subscription> all = topic.subscriptions().stream()
                .sorted(Comparator.comparing(Subscription::arn))
                .toList();
        SnsApi.Page<Subscription> page = SnsApi.page(all, Subscription::arn, input.text("NextToken"));
        return xml -> xml.element("Subscriptions", list -> {
                    for (Subscription subscription : page.items()) {
                        list.element(
                                "member",
                                member -> member.text("TopicArn", topic.arn())
                                        .text("Protocol", subscription.protocol())
                                        .text(
                                                "SubscriptionArn",
                                                subscription.confirmed() ? subscription.arn() : "PendingConfirmation")
                                        .text("Owner", subscription.owner())
                                        .text("Endpoint", subscription.endpoint()));
                    }
                })
                .text("NextToken", page.next());
    }
}
