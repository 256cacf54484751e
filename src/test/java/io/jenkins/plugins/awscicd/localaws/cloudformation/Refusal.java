package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.util.regex.Pattern;

/** What CloudFormation says when it does not do something. */
final class Refusal {

    private Refusal() {}

    static AwsError validation(String message) {
        return AwsError.badRequest("ValidationError", message);
    }

    /** As most operations say it. */
    static AwsError noStackWithId(String name) {
        return validation("Stack with id " + name + " does not exist");
    }

    /** As others say it. */
    static AwsError noStack(String name) {
        return validation("Stack [" + name + "] does not exist");
    }

    static AwsError noChangeSet(String name) {
        return new AwsError(404, "ChangeSetNotFound", "ChangeSet [" + name + "] does not exist");
    }

    static AwsError notUpdatable(Stack stack) {
        return validation("Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
    }

    static AwsError constraint(String member, String value, String constraint) {
        return validation("1 validation error detected: Value '" + value + "' at '" + member
                + "' failed to satisfy constraint: " + constraint);
    }

    /** A member whose text has to fit a pattern and a length. */
    static String matching(QueryInput input, String member, String pattern, int longest) throws AwsError {
        String value = input.required(member);
        String name = Character.toLowerCase(member.charAt(0)) + member.substring(1);
        if (!Pattern.matches(pattern, value)) {
            throw constraint(name, value, "Member must satisfy regular expression pattern: " + pattern);
        }
        if (value.length() > longest) {
            throw constraint(name, value, "Member must have length less than or equal to " + longest);
        }
        return value;
    }

    static boolean flag(QueryInput input, String member) {
        return Boolean.parseBoolean(input.text(member));
    }
}
