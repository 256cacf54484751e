package io.jenkins.plugins.awscicd.localaws.sns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The operations about topics. */
final class TopicOperations {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final String FIFO = ".fifo";
    private static final Set<String> ATTRIBUTES = Set.of(
            "ArchivePolicy",
            "ContentBasedDeduplication",
            "DeliveryPolicy",
            "DisplayName",
            "FifoThroughputScope",
            "FifoTopic",
            "KmsMasterKeyId",
            "Policy",
            "SignatureVersion",
            "TracingConfig");
    private static final List<String> OWNER_MAY = List.of(
            "SNS:GetTopicAttributes",
            "SNS:SetTopicAttributes",
            "SNS:AddPermission",
            "SNS:RemovePermission",
            "SNS:DeleteTopic",
            "SNS:Subscribe",
            "SNS:ListSubscriptionsByTopic",
            "SNS:Publish");

    private final SnsApi api;

    TopicOperations(SnsApi api) {
        this.api = api;
    }

    Xml.Content create(QueryInput input, Caller caller) throws AwsError {
        String name = input.required("Name");
        Map<String, String> attributes = input.map("Attributes");
        for (String attribute : attributes.keySet()) {
            if (!ATTRIBUTES.contains(attribute)) {
                throw SnsApi.invalid("Attributes Reason: Unknown attribute: " + attribute);
            }
        }
        boolean fifo = Boolean.parseBoolean(attributes.get("FifoTopic"));
        if (fifo != name.endsWith(FIFO) || !isName(name)) {
            throw SnsApi.invalid(
                    fifo
                            ? "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase"
                                    + " ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256"
                                    + " characters long."
                            : "Topic Name");
        }
        if (!fifo && attributes.containsKey("ContentBasedDeduplication")) {
            throw SnsApi.invalid("Attributes Reason: Content-based deduplication can only be set for FIFO topics");
        }
        Topic topic = api.at(caller).create(name, attributes);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (!attribute.getValue().equals(topic.attributes().get(attribute.getKey()))) {
                throw SnsApi.invalid("Attributes Reason: Topic already exists with different attributes");
            }
        }
        return xml -> xml.text("TopicArn", topic.arn());
    }

    private static boolean isName(String name) {
        String bare = name.endsWith(FIFO) ? name.substring(0, name.length() - FIFO.length()) : name;
        return NAME.matcher(bare).matches() && name.length() <= 256;
    }

    /** A topic that is not there counts as deleted. */
    Xml.Content delete(QueryInput input, Caller caller) throws AwsError {
        String arn = input.required("TopicArn");
        api.find("DeleteTopic", arn, caller);
        api.at(caller).delete(arn);
        return null;
    }

    Xml.Content list(QueryInput input, Caller caller) throws AwsError {
        SnsApi.Page<Topic> page = SnsApi.page(api.at(caller).topics(), Topic::arn, input.text("NextToken"));
        return xml -> xml.element("Topics", list -> {
                    for (Topic topic : page.items()) {
                        list.element("member", member -> member.text("TopicArn", topic.arn()));
                    }
                })
                .text("NextToken", page.next());
    }

    Xml.Content attributes(QueryInput input, Caller caller) throws AwsError {
        Topic topic = api.topic("GetTopicAttributes", input, caller);
        List<Subscription> subscriptions = topic.subscriptions();
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("DisplayName", "");
        attributes.put("Policy", policy(topic));
        if (topic.isFifo()) {
            attributes.put("ContentBasedDeduplication", "false");
        }
        attributes.putAll(topic.attributes());
        attributes.put("TopicArn", topic.arn());
        attributes.put("Owner", topic.place().account());
        attributes.put("SubscriptionsConfirmed", Long.toString(Topic.count(subscriptions, true)));
        attributes.put("SubscriptionsPending", Long.toString(Topic.count(subscriptions, false)));
        attributes.put("SubscriptionsDeleted", Integer.toString(topic.ended()));
        return xml -> xml.element("Attributes", map -> {
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                map.element(
                        "entry", entry -> entry.text("key", attribute.getKey()).text("value", attribute.getValue()));
            }
        });
    }

    /** The policy that SNS gives a topic when it is told none: its account may do everything. */
    private static String policy(Topic topic) {
        ObjectNode policy = JsonNodeFactory.instance
                .objectNode()
                .put("Version", "2008-10-17")
                .put("Id", "__default_policy_ID");
        ObjectNode statement = policy.putArray("Statement")
                .addObject()
                .put("Sid", "__default_statement_ID")
                .put("Effect", "Allow");
        statement.putObject("Principal").put("AWS", "*");
        ArrayNode actions = statement.putArray("Action");
        OWNER_MAY.forEach(actions::add);
        statement.put("Resource", topic.arn());
        statement
                .putObject("Condition")
                .putObject("StringEquals")
                .put("AWS:SourceOwner", topic.place().account());
        return policy.toString();
    }
}
