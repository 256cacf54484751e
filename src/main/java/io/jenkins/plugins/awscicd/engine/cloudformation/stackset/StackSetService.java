package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.model.InvalidOperationException;
import software.amazon.awssdk.services.cloudformation.model.OperationNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperation;

/** The operations of one step on its stack set, as the watcher sees them. There is no call that looks at several. */
final class StackSetService implements JobService<StackSetSnapshot> {

    /** What runs in accounts when it is stopped goes on to its end there. */
    private static final Duration LONGEST_STACK = Duration.ofHours(6);

    private final StackSetCalls calls;
    private final String name;
    private final StackSetJournal journal;
    private final StackSetSnapshot.Next next;
    private final Supplier<List<OperationResult>> results;
    private final BooleanSupplier gone;

    /**
     * @param results what has come of the operation so far in each account and region, as it was read last
     * @param gone whether the stack set was to be deleted and is, and its operations with it; asked if AWS does not know one
     */
    StackSetService(
            StackSetCalls calls,
            String name,
            StackSetJournal journal,
            Supplier<List<OperationResult>> results,
            BooleanSupplier gone) {
        this.calls = calls;
        this.name = name;
        this.journal = journal;
        this.results = results;
        this.gone = gone;
        this.next = operation -> {
            String following = journal.after(operation);
            return journal.isBegun(following) ? following : null;
        };
    }

    @Override
    public String observeAction() {
        return StackSetCalls.OBSERVE;
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public Map<String, StackSetSnapshot> observe(AwsSession session, List<String> ids) {
        String id = ids.get(0);
        if (journal.isAtRest()) {
            return Map.of(id, StackSetSnapshot.nothing(id, name, next));
        }
        Optional<StackSetOperation> found = calls.operation(id);
        if (found.isPresent()) {
            return Map.of(id, StackSetSnapshot.of(found.get(), name, results.get(), next));
        }
        return gone.getAsBoolean() ? Map.of(id, StackSetSnapshot.nothing(id, name, next)) : Map.of();
    }

    @Override
    public String stopAction() {
        return StackSetCalls.STOP;
    }

    @Override
    public void stop(@NonNull AwsSession session, @NonNull String id) {
        if (journal.isAtRest()) {
            return;
        }
        try {
            calls.stop(id);
        } catch (InvalidOperationException | OperationNotFoundException | StackSetNotFoundException e) {
            // it has ended in the meantime, which is about to be seen
        }
    }

    @Override
    public Duration stopGrace() {
        return LONGEST_STACK;
    }
}
