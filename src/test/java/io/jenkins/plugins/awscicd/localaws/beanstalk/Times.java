package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Times of requests, in ISO 8601. */
final class Times {

    private Times() {}

    /** {@code null} when the member is absent. */
    static Instant of(QueryInput input, String member) throws AwsError {
        String text = input.text(member);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw AwsError.badRequest("MalformedInput", member + " is no timestamp: " + text);
        }
    }
}
