package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** The signals that a CreationPolicy waits for. */
final class Signals {

    private Signals() {}

    /** Five minutes unless the policy says something else. */
    static Duration timeout(ResourceSpec spec) {
        try {
            return Duration.parse(spec.node()
                    .path("CreationPolicy")
                    .path("ResourceSignal")
                    .path("Timeout")
                    .asText("PT5M"));
        } catch (DateTimeParseException e) {
            return Duration.ofMinutes(5);
        }
    }

    static String missing(ResourceSpec spec, StackResource resource) {
        return "Failed to receive " + (spec.signals() - resource.signals())
                + " resource signal(s) within the specified duration";
    }
}
