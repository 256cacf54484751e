package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Long lists, told a page at a time. A token names the last item of its page, so that what is new does not move the next. */
final class Pages {

    static final int SIZE = 100;

    private Pages() {}

    /** The page that the input's nextToken asks for, as the output's member. */
    static ObjectNode page(Input input, List<String> all, String member) throws AwsError {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        int from = from(input.text("nextToken"), all);
        int to = Math.min(all.size(), from + SIZE);
        all.subList(from, to).forEach(output.putArray(member)::add);
        if (to < all.size()) {
            output.put("nextToken", token(all.get(to - 1)));
        }
        return output;
    }

    private static int from(String token, List<String> all) throws AwsError {
        if (token == null) {
            return 0;
        }
        try {
            String last = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int position = all.indexOf(last);
            if (position >= 0) {
                return position + 1;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw AwsError.badRequest("InvalidNextTokenException", "The next token was specified in an invalid format.");
    }

    private static String token(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }
}
