package io.jenkins.plugins.awscicd.localaws.sns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * A message in the shape in which subscribers get it ("Parsing Amazon SNS message formats" in the developer guide). Nobody can check the
 * signature: it is a text, and the certificate's address leads nowhere.
 *
 * @param type {@code Notification} or {@code SubscriptionConfirmation}
 * @param body without the JSON around it if that is what the subscriber wants
 */
record Envelope(String type, String messageId, String body) {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static Envelope of(Notification published, Subscription to, String topicArn, URI endpoint) {
        String type = "Notification";
        String message = published.messageFor(to.protocol());
        if (to.isRaw() || to.protocol().equals("email")) {
            return new Envelope(type, published.messageId(), message);
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("Type", type)
                .put("MessageId", published.messageId())
                .put("TopicArn", topicArn);
        if (published.subject() != null) {
            body.put("Subject", published.subject());
        }
        body.put("Message", message).put("Timestamp", TIMESTAMP.format(published.at()));
        if (published.sequenceNumber() != null) {
            body.put("SequenceNumber", published.sequenceNumber());
        }
        sign(body, endpoint);
        body.put("UnsubscribeURL", endpoint + "/?Action=Unsubscribe&SubscriptionArn=" + to.arn());
        if (!published.attributes().isEmpty()) {
            ObjectNode attributes = body.putObject("MessageAttributes");
            published
                    .attributes()
                    .forEach((name, attribute) -> attributes
                            .putObject(name)
                            .put("Type", attribute.type())
                            .put("Value", attribute.value()));
        }
        return new Envelope(type, published.messageId(), body.toString());
    }

    static Envelope confirmation(String messageId, Instant at, Subscription of, String topicArn, URI endpoint) {
        String type = "SubscriptionConfirmation";
        String url = endpoint + "/?Action=ConfirmSubscription&TopicArn=" + topicArn + "&Token=" + of.token();
        if (of.protocol().equals("email")) {
            return new Envelope(type, messageId, url);
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("Type", type)
                .put("MessageId", messageId)
                .put("Token", of.token())
                .put("TopicArn", topicArn)
                .put(
                        "Message",
                        "You have chosen to subscribe to the topic " + topicArn
                                + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.")
                .put("SubscribeURL", url)
                .put("Timestamp", TIMESTAMP.format(at));
        sign(body, endpoint);
        return new Envelope(type, messageId, body.toString());
    }

    private static void sign(ObjectNode body, URI endpoint) {
        body.put("SignatureVersion", "1")
                .put("Signature", Base64.getEncoder().encodeToString("local AWS".getBytes(StandardCharsets.UTF_8)))
                .put("SigningCertURL", endpoint + "/SimpleNotificationService.pem");
    }
}
