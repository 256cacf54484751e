package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** What became of each resource in the last operation on a stack, by its events. */
final class StackResources {

    private static final String RUNNING = "_IN_PROGRESS";

    /** What is done to a resource: the first of its events that says so, and the last one. */
    private record Work(StackEvent first, StackEvent last) {}

    private StackResources() {}

    /** Blocks. In the order in which they were begun. */
    static List<Progress.Phase> of(AwsSession session, String stackId) {
        Map<String, Work> works = new LinkedHashMap<>();
        for (StackEvent event : ofLastOperation(session, stackId)) {
            Work before = works.get(name(event));
            // What was done to it is undone by what has the same name.
            String name = before != null && isOver(before) ? name(event) + " (rollback)" : name(event);
            works.merge(name, new Work(event, event), (known, newer) -> new Work(known.first(), newer.last()));
        }
        List<Progress.Phase> phases = new ArrayList<>();
        works.forEach((name, work) -> phases.add(phase(name, work)));
        return phases;
    }

    private static List<StackEvent> ofLastOperation(AwsSession session, String stackId) {
        List<StackEvent> newestFirst = new ArrayList<>();
        for (StackEvent event : CloudFormationService.client(session)
                .describeStackEventsPaginator(it -> it.stackName(stackId))
                .stackEvents()) {
            if (!isOfStack(event)) {
                newestFirst.add(event);
            } else if (begins(event.resourceStatusAsString())) {
                break;
            }
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static boolean isOfStack(StackEvent event) {
        return event.stackId().equals(event.physicalResourceId());
    }

    private static boolean begins(String status) {
        return List.of("CREATE" + RUNNING, "UPDATE" + RUNNING, "IMPORT" + RUNNING, "DELETE" + RUNNING)
                .contains(status);
    }

    private static boolean isOver(Work work) {
        return !work.last().resourceStatusAsString().endsWith(RUNNING);
    }

    /** One that is replaced is deleted as well. */
    private static String name(StackEvent event) {
        return event.logicalResourceId() + (event.resourceStatusAsString().startsWith("DELETE") ? " (deletion)" : "");
    }

    private static Progress.Phase phase(String name, Work work) {
        String status = work.last().resourceStatusAsString();
        boolean failed = status.endsWith("_FAILED");
        String reason = work.last().resourceStatusReason();
        Instant begin = work.first().timestamp();
        return new Progress.Phase(
                name,
                status,
                failed,
                begin,
                isOver(work) ? Duration.between(begin, work.last().timestamp()) : null,
                failed && reason != null ? reason : "");
    }
}
