package io.jenkins.plugins.awscicd.localaws.sns;

import java.time.Instant;

/**
 * An attempt to bring a message to a subscriber.
 *
 * @param type {@code Notification} or {@code SubscriptionConfirmation}
 * @param body what the subscriber gets: JSON, or the text alone for mail and raw delivery
 * @param outcome {@code delivered}, or why not, such as {@code HTTP 500}
 */
public record Delivery(
        Instant at,
        String subscriptionArn,
        String protocol,
        String endpoint,
        String type,
        String body,
        String outcome) {

    static final String DELIVERED = "delivered";

    public boolean delivered() {
        return outcome.equals(DELIVERED);
    }
}
