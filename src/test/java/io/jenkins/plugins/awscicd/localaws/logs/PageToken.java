package io.jenkins.plugins.awscicd.localaws.logs;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader of a stream stands. On the wire it looks as in AWS: {@code f/} or {@code b/} and 56 digits.
 *
 * @param index of the event that comes next, forwards; or the end, exclusive, of those that come next, backwards
 * @param hop how many empty pages were served here
 */
record PageToken(boolean forward, int index, int hop) {

    private static final Pattern SHAPE = Pattern.compile("([fb])/\\d{36}(\\d{14})(\\d{6})/s");

    static PageToken parse(String text) throws AwsError {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw AwsError.badRequest("InvalidParameterException", "The specified nextToken is invalid.");
        }
        return new PageToken(
                matcher.group(1).equals("f"), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return (forward ? "f/" : "b/") + digits(36, 3) + digits(14, index) + digits(6, hop) + "/s";
    }

    private static String digits(int width, int number) {
        String shown = Integer.toString(number);
        return "0".repeat(width - shown.length()) + shown;
    }
}
