package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Output;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What DescribeStacks shows of stacks: what they are, or were a while ago. */
final class StackViews {

    /** How late what is shown late is shown. */
    static final Duration LATE = Duration.ofSeconds(4);

    /**
     * A stack at one moment.
     *
     * @param settings {@code null} while it has no template yet
     * @param operations the oldest first
     */
    record View(
            Instant at,
            StackStatus status,
            String reason,
            String changeSetId,
            Instant updated,
            Instant deleted,
            StackSettings settings,
            List<Output> outputs,
            List<Operation> operations) {

        static View of(Stack stack, Instant now) {
            return new View(
                    now,
                    stack.status(),
                    stack.reason(),
                    stack.changeSetId(),
                    stack.updated(),
                    stack.deleted(),
                    stack.settings(),
                    List.copyOf(stack.outputs()),
                    List.copyOf(stack.operations()));
        }
    }

    private final Timeline timeline;
    private final Map<String, List<View>> views = new HashMap<>();

    StackViews(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Something has happened to a stack. */
    void received(Stack stack) {
        views.computeIfAbsent(stack.id(), id -> new ArrayList<>()).add(View.of(stack, timeline.now()));
    }

    View of(CloudFormation cloudFormation, Stack stack) {
        View now = View.of(stack, timeline.now());
        if (!cloudFormation.stacks().speaks(Dialect.DESCRIBED_LATE)) {
            return now;
        }
        Instant shown = timeline.now().minus(LATE);
        List<View> all = views.getOrDefault(stack.id(), List.of());
        View last = all.isEmpty() ? now : all.get(0);
        for (View view : all) {
            if (view.at().isBefore(shown)) {
                last = view;
            }
        }
        return last;
    }
}
