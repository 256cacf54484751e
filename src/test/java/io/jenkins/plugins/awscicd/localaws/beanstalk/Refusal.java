package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;

/** What Elastic Beanstalk says when it does not do something. */
final class Refusal {

    private Refusal() {}

    static AwsError value(String message) {
        return AwsError.badRequest("InvalidParameterValue", message);
    }

    static AwsError combination(String message) {
        return AwsError.badRequest("InvalidParameterCombination", message);
    }

    static AwsError missing(String message) {
        return AwsError.badRequest("MissingParameter", message);
    }

    static AwsError noApplication(String name) {
        return value("No Application named '" + name + "' found.");
    }

    static AwsError noVersion(String label) {
        return value("No Application Version named '" + label + "' found.");
    }

    static AwsError notReady(Environment environment) {
        return value("Environment named " + environment.name()
                + " is in an invalid state for this operation. Must be Ready.");
    }

    /** A member whose text has a shortest and a longest length; {@code null} when it is absent. */
    static String text(QueryInput input, String member, int shortest, int longest) throws AwsError {
        String value = input.text(member);
        if (value == null) {
            return null;
        }
        if (value.length() < shortest || value.length() > longest) {
            String name = Character.toLowerCase(member.charAt(0)) + member.substring(1);
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + value + "' at '" + name
                            + "' failed to satisfy constraint: Member must have length "
                            + (value.length() < shortest
                                    ? "greater than or equal to " + shortest
                                    : "less than or equal to " + longest));
        }
        return value;
    }

    static String required(QueryInput input, String member, int shortest, int longest) throws AwsError {
        input.required(member);
        return text(input, member, shortest, longest);
    }

    static String applicationName(QueryInput input) throws AwsError {
        return required(input, "ApplicationName", 1, 100);
    }

    static String versionLabel(QueryInput input) throws AwsError {
        String label = required(input, "VersionLabel", 1, 100);
        if (label.contains("/")) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + label
                            + "' at 'versionLabel' failed to satisfy constraint: Member must satisfy regular expression"
                            + " pattern: [^/]+");
        }
        return label;
    }

    static String description(QueryInput input) throws AwsError {
        return text(input, "Description", 0, 200);
    }
}
