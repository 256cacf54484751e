package io.jenkins.plugins.awscicd.localaws.sns;

import java.time.Instant;
import java.util.Map;

/**
 * What was published to a topic.
 *
 * @param subject {@code null} if there is none
 * @param message as subscribers get it if there is no text of their own for them
 * @param byProtocol texts for subscribers of one protocol (message structure "json")
 * @param groupId {@code null} unless given
 * @param deduplicationId of a FIFO topic; {@code null} in others
 * @param sequenceNumber of a FIFO topic; {@code null} in others
 */
public record Notification(
        String messageId,
        Instant at,
        String subject,
        String message,
        Map<String, String> byProtocol,
        Map<String, Attribute> attributes,
        String groupId,
        String deduplicationId,
        String sequenceNumber) {

    /**
     * An attribute of a message.
     *
     * @param type such as {@code String} or {@code Number.int}
     * @param value binary ones as Base64
     */
    public record Attribute(String type, String value) {}

    private static final int SHOWN = 400;

    /** The message as subscribers of a protocol get it. */
    public String messageFor(String protocol) {
        return byProtocol.getOrDefault(protocol, message);
    }

    /** The beginning of the message, on one line. */
    public String beginning() {
        String line = message.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
