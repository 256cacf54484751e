package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ParameterValue;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a stack is made of: what an update changes, and a rollback takes back.
 *
 * @param roleArn {@code null} if it has none
 */
public record StackSettings(
        Template template,
        Map<String, ParameterValue> parameters,
        Map<String, String> tags,
        List<String> capabilities,
        String roleArn,
        List<String> notificationArns,
        RollbackTriggers triggers) {

    /**
     * The alarms that roll an operation back.
     *
     * @param arns by their type
     * @param monitoring for how long they are watched after the last resource
     */
    public record RollbackTriggers(List<Trigger> arns, Duration monitoring) {
        public static final RollbackTriggers NONE = new RollbackTriggers(List.of(), Duration.ZERO);
    }

    /** One of them. */
    public record Trigger(String arn, String type) {}
}
