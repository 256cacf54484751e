package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.time.Instant;

/**
 * Something that has happened to a resource of a stack, or to the stack.
 *
 * @param kind the EventType of DescribeEvents
 * @param failed whether it is one of the failed events of DescribeEvents
 * @param properties as JSON; {@code null} if it has none
 * @param hook {@code null} unless a hook did it
 * @param validation {@code null} unless it is a failed validation of a change set
 */
public record Event(
        String id,
        Instant time,
        Operation operation,
        String kind,
        boolean failed,
        String logicalId,
        String physicalId,
        String type,
        String status,
        String reason,
        String properties,
        HookResult hook,
        Validation validation) {

    /** What a hook said. */
    public record HookResult(String type, String status, String reason, String failureMode) {}

    /** What an early validation of a change set found. */
    public record Validation(String name, String mode, String reason, String path) {}

    /** Of a resource or the stack itself. */
    static Event plain(
            String id,
            Instant time,
            Operation operation,
            String kind,
            boolean failed,
            String logicalId,
            String physicalId,
            String type,
            String status,
            String reason,
            String properties) {
        return new Event(
                id, time, operation, kind, failed, logicalId, physicalId, type, status, reason, properties, null, null);
    }

    /** Of a change set that is not valid. */
    static Event invalid(String id, Instant time, Operation operation, String logicalId, Validation validation) {
        return new Event(
                id,
                time,
                operation,
                "VALIDATION_ERROR",
                true,
                logicalId,
                null,
                null,
                null,
                null,
                null,
                null,
                validation);
    }
}
