package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetReader;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeTable;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueues;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** CloudFormation: operations on stacks as remote jobs. */
public final class CloudFormation {

    private final Scheduler scheduler;
    private final Watcher watcher;
    private final TurnQueues<String> queues = new TurnQueues<>();

    public CloudFormation(@NonNull Scheduler scheduler, @NonNull Watcher watcher) {
        this.scheduler = scheduler;
        this.watcher = watcher;
    }

    /**
     * What a step does with its stack, for {@link io.jenkins.plugins.awscicd.engine.job.execution.JobExecution}.
     *
     * @param turn whose it is
     * @param gate asked immediately before the stack is changed; not about what was begun before a restart
     * @param consent asked about a change set before it is executed, if the request says so
     * @param files asked only if the template, or values of parameters, are in a workspace
     */
    @NonNull
    public PreparedStack prepare(
            @NonNull Connected<StackSnapshot> at,
            @NonNull StackRequest request,
            @NonNull StartToken token,
            @NonNull Turn turn,
            @NonNull Gate gate,
            @NonNull Consent<StackResult> consent,
            @NonNull WorkspaceSource files) {
        return new PreparedStack(
                scheduler, watcher, queues.of(at.session()), at, request, token, turn, gate, consent, files);
    }

    /**
     * Reports what somebody else does with a stack, and does not stop it.
     *
     * @param deletes whether it is deleted
     */
    @NonNull
    public RemoteJob<StackSnapshot> follow(@NonNull Following at, @NonNull String stack, boolean deletes) {
        return FollowedStack.follow(scheduler, watcher, at, stack, deletes);
    }

    /**
     * The outputs of a stack as it is now, by name.
     *
     * @param gate asked whether they may be shown, once AWS has shown what the stack is nested in
     * @return fails with {@link AwsCallException}, {@link Refused}, or {@link IllegalArgumentException} if there is no such stack
     */
    @NonNull
    public static CompletableFuture<SortedMap<String, String>> outputs(
            @NonNull AwsSession session, @NonNull String stack, @NonNull Gate gate) {
        StackGuards guards = new StackGuards(session, new StackRequest(Map.of("stack", stack)), gate);
        return session.call(CloudFormationService.DESCRIBE, AwsSession.PATIENCE, RetryListener.NONE, () -> {
                    Optional<Stack> now = CloudFormationService.find(session, stack);
                    now.ifPresent(guards::show);
                    return now;
                })
                .handle((found, failure) -> {
                    if (failure != null && AwsCallException.unwrap(failure) instanceof Refused refused) {
                        throw refused;
                    }
                    if (failure != null) {
                        throw AwsCallException.of(
                                CloudFormationService.DESCRIBE,
                                "stack '" + stack + "' in " + session.region(),
                                failure);
                    }
                    return found.map(it -> StackSnapshot.of(it).outputs())
                            .orElseThrow(() -> new IllegalArgumentException("stack: there is no stack '" + stack
                                    + "' in " + session.region() + "; check its name, the region and the account"));
                });
    }

    /**
     * What a change set does that was made before, with which nothing is done.
     *
     * @param changeSet its ARN
     * @return fails with {@link AwsCallException}, or {@link IllegalArgumentException} if the stack has none that can be executed
     */
    @NonNull
    public static CompletableFuture<StackResult> planned(
            @NonNull AwsSession session, @NonNull String stack, @NonNull String changeSet) {
        ChangeSetReader reader = new ChangeSetReader(session);
        return described(session, () -> executable(reader, stack, changeSet))
                .thenCompose(found -> described(session, () -> reader.read(found.id(), Set.of(), false))
                        .thenApply(read -> planned(session, found, read.changes())))
                .exceptionally(failure -> {
                    if (AwsCallException.unwrap(failure) instanceof IllegalArgumentException wrong) {
                        throw wrong;
                    }
                    throw AwsCallException.of(
                            ChangeSetReader.ACTION, "stack '" + stack + "' in " + session.region(), failure);
                });
    }

    private static <T> CompletableFuture<T> described(AwsSession session, Supplier<T> call) {
        return session.call(ChangeSetReader.ACTION, AwsSession.PATIENCE, RetryListener.NONE, call);
    }

    private static ChangeSet executable(ChangeSetReader reader, String stack, String changeSet) {
        ChangeSet found = reader.find(changeSet, null)
                .filter(it -> it.stack().equals(stack))
                .orElseThrow(() -> new IllegalArgumentException(
                        "changeSet: stack '" + stack + "' has no change set '" + changeSet + "' (any more)"));
        if (!found.status().equals("CREATE_COMPLETE") || !found.execution().equals("AVAILABLE")) {
            throw new IllegalArgumentException("changeSet: '" + found.name() + "' cannot be executed: it is in "
                    + found.status() + " and " + found.execution() + "; make another one");
        }
        return found;
    }

    private static StackResult planned(AwsSession session, ChangeSet found, List<ResourceChange> changes) {
        return new StackResult(
                found.stack(),
                found.stackId(),
                found.status(),
                found.id(),
                false,
                Map.of(),
                changes,
                ChangeTable.lines(changes),
                Map.of(),
                AwsConsole.changeSet(session.region(), found.stackId(), found.id()),
                null);
    }
}
