package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * One page of a list.
 *
 * @param next the token of the next page; {@code null} on the last
 */
record Pages<T>(List<T> items, String next) {

    /** Items of a page. */
    static final int MOST = 1000;

    static <T> Pages<T> of(List<T> all, QueryInput input) throws AwsError {
        int from = Math.min(Math.max(0, position(input.text("NextToken"))), all.size());
        int to = Math.min(all.size(), from + size(input, MOST));
        return new Pages<>(all.subList(from, to), to < all.size() ? token(to) : null);
    }

    /** MaxRecords. */
    static int size(QueryInput input, int otherwise) throws AwsError {
        String text = input.text("MaxRecords");
        if (text == null) {
            return otherwise;
        }
        int size;
        try {
            size = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw AwsError.badRequest("MalformedInput", "MaxRecords is no integer");
        }
        if (size < 1 || size > MOST) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + size + "' at 'maxRecords' failed to satisfy constraint: "
                            + (size < 1
                                    ? "Member must have value greater than or equal to 1"
                                    : "Member must have value less than or equal to 1000"));
        }
        return size;
    }

    static String token(int position) {
        return Base64.getUrlEncoder().encodeToString(Integer.toString(position).getBytes(StandardCharsets.UTF_8));
    }

    /** Negative for the first page. */
    static int position(String token) throws AwsError {
        if (token == null || token.isEmpty()) {
            return -1;
        }
        try {
            return Integer.parseInt(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Refusal.value("Invalid NextToken: " + token);
        }
    }
}
