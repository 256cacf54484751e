package io.jenkins.plugins.awscicd.localaws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Publish, with the rules that messages have to keep to. */
final class PublishOperation {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Text, in bytes, with the attributes. */
    private static final int MESSAGE_LIMIT = 256 * 1024;
    /** Begins with a letter, a digit or a punctuation mark. */
    private static final Pattern SUBJECT = Pattern.compile("[!-~][ -~]{0,99}");
    /** Of FIFO topics, as all ids there. */
    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");

    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");

    private final SnsApi api;

    PublishOperation(SnsApi api) {
        this.api = api;
    }

    Xml.Content publish(QueryInput input, Caller caller) throws AwsError {
        String arn = input.text("TopicArn", input.text("TargetArn"));
        if (arn == null || arn.isEmpty()) {
            throw SnsApi.invalid(
                    input.text("PhoneNumber") != null
                            ? "PhoneNumber Reason: Local AWS does not offer SMS"
                            : "TopicArn or TargetArn Reason: no value for required parameter");
        }
        Topic topic = api.find("Publish", arn, caller).orElseThrow(SnsApi::noTopic);
        String message = input.text("Message", "");
        if (message.isEmpty()) {
            throw SnsApi.invalid("Empty message");
        }
        String subject = input.text("Subject");
        if (subject != null && !SUBJECT.matcher(subject).matches()) {
            throw SnsApi.invalid("Subject");
        }
        Map<String, Notification.Attribute> attributes = attributes(input);
        if (size(message, attributes) > MESSAGE_LIMIT) {
            throw SnsApi.invalid("Message too long");
        }
        Map<String, String> byProtocol = byProtocol(input.text("MessageStructure"), message);
        Notification published = topic.publish(new Notification(
                null,
                null,
                subject,
                byProtocol.getOrDefault("default", message),
                byProtocol,
                attributes,
                group(topic, input),
                deduplication(topic, input, message),
                null));
        return xml -> xml.text("MessageId", published.messageId()).text("SequenceNumber", published.sequenceNumber());
    }

    private static Map<String, Notification.Attribute> attributes(QueryInput input) throws AwsError {
        Map<String, Notification.Attribute> attributes = new LinkedHashMap<>();
        for (QueryInput entry : input.items("MessageAttributes.entry")) {
            String name = entry.text("Name", "");
            String type = entry.text("Value.DataType", "");
            String value = entry.text(type.startsWith("Binary") ? "Value.BinaryValue" : "Value.StringValue", "");
            if (type.isEmpty()) {
                throw badAttribute(
                        "The message attribute '" + name + "' must contain non-empty message attribute type.");
            }
            if (!TYPE.matcher(type).matches()) {
                throw badAttribute("The message attribute '" + name
                        + "' has an invalid message attribute type, the set of supported type prefixes is Binary,"
                        + " Number, and String.");
            }
            if (value.isEmpty()) {
                throw badAttribute("The message attribute '" + name
                        + "' must contain non-empty message attribute value for message attribute type '" + type
                        + "'.");
            }
            attributes.put(name, new Notification.Attribute(type, value));
        }
        return attributes;
    }

    private static AwsError badAttribute(String message) {
        return AwsError.badRequest("ParameterValueInvalid", message);
    }

    private static int size(String message, Map<String, Notification.Attribute> attributes) {
        int size = bytes(message).length;
        for (Map.Entry<String, Notification.Attribute> attribute : attributes.entrySet()) {
            size += bytes(attribute.getKey()).length
                    + bytes(attribute.getValue().type()).length
                    + bytes(attribute.getValue().value()).length;
        }
        return size;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The texts of a structured message; none of a plain one. */
    private static Map<String, String> byProtocol(String structure, String message) throws AwsError {
        if (structure == null) {
            return Map.of();
        }
        if (!structure.equals("json")) {
            throw SnsApi.invalid("MessageStructure");
        }
        JsonNode texts;
        try {
            texts = JSON.readTree(message);
        } catch (JsonProcessingException e) {
            texts = null;
        }
        if (texts == null || !texts.isObject()) {
            throw SnsApi.invalid("Message Structure - JSON message body failed to parse");
        }
        if (!texts.path("default").isTextual()) {
            throw SnsApi.invalid("Message Structure - No default entry in JSON message body");
        }
        Map<String, String> byProtocol = new LinkedHashMap<>();
        texts.fields().forEachRemaining(text -> {
            if (text.getValue().isTextual()) {
                byProtocol.put(text.getKey(), text.getValue().textValue());
            }
        });
        return byProtocol;
    }

    private static String group(Topic topic, QueryInput input) throws AwsError {
        String group = input.text("MessageGroupId");
        if (group == null && topic.isFifo()) {
            throw SnsApi.invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        if (group != null && !ID.matcher(group).matches()) {
            throw SnsApi.invalid("MessageGroupId");
        }
        return group;
    }

    private static String deduplication(Topic topic, QueryInput input, String message) throws AwsError {
        String id = input.text("MessageDeduplicationId");
        if (id != null && !topic.isFifo()) {
            throw SnsApi.invalid("MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter"
                    + " that is not valid for this topic type");
        }
        if (id != null && !ID.matcher(id).matches()) {
            throw SnsApi.invalid("MessageDeduplicationId");
        }
        if (id != null || !topic.isFifo()) {
            return id;
        }
        if (!Boolean.parseBoolean(topic.attributes().get("ContentBasedDeduplication"))) {
            throw SnsApi.invalid("The topic should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(message)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
