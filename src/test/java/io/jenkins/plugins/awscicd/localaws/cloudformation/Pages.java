package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next the token of the next page; {@code null} on the last
 */
record Pages<T>(List<T> items, String next) {

    static <T> Pages<T> of(List<T> all, QueryInput input, int size) throws AwsError {
        int from = Math.min(Math.max(0, number(decode(input.text("NextToken")))), all.size());
        int to = Math.min(all.size(), from + size);
        return new Pages<>(all.subList(from, to), to < all.size() ? encode(Integer.toString(to)) : null);
    }

    /** Of a list that grows at its head meanwhile: the token names the last item, by its id. */
    static <T> Pages<T> after(List<T> all, Function<T, String> id, QueryInput input, int size) throws AwsError {
        String last = decode(input.text("NextToken"));
        int from = 0;
        while (!last.isEmpty() && from < all.size() && !id.apply(all.get(from)).equals(last)) {
            from++;
        }
        from = last.isEmpty() ? 0 : Math.min(from + 1, all.size());
        int to = Math.min(all.size(), from + size);
        return new Pages<>(all.subList(from, to), to < all.size() ? encode(id.apply(all.get(to - 1))) : null);
    }

    private static int number(String text) {
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String encode(String position) {
        return Base64.getUrlEncoder().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) throws AwsError {
        try {
            return token == null ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.validation("NextToken is not valid");
        }
    }
}
