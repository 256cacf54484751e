package io.jenkins.plugins.awscicd.localaws.sns;

import java.util.Map;

/**
 * Who hears of a topic.
 *
 * @param owner an account
 * @param attributes as given
 * @param token confirms it
 * @param guarded whether only its owner may end it
 */
public record Subscription(
        String arn,
        String owner,
        String protocol,
        String endpoint,
        Map<String, String> attributes,
        String token,
        boolean confirmed,
        boolean guarded) {

    Subscription confirmed(boolean guard) {
        return new Subscription(arn, owner, protocol, endpoint, attributes, token, true, guard);
    }

    boolean isHttp() {
        return protocol.startsWith("http");
    }

    /** Whether messages come without the JSON around them. */
    boolean isRaw() {
        return Boolean.parseBoolean(attributes.get("RawMessageDelivery"));
    }
}
