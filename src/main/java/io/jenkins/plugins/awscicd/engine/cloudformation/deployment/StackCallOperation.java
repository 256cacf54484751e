package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.RollbackResources;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.TokenAlreadyExistsException;

/** What one call begins with a token: a stack is deleted, rolled back, or its rollback is continued. */
final class StackCallOperation implements Operation {

    static final String DELETE = "cloudformation:DeleteStack";
    static final String ROLL_BACK = "cloudformation:RollbackStack";
    static final String CONTINUE = "cloudformation:ContinueUpdateRollback";

    private final StepCalls calls;
    private final StackRequest request;
    private final StackJournal journal;
    private final StackGuards guards;
    private volatile boolean uncertain;

    StackCallOperation(StepCalls calls, StackRequest request, StackJournal journal, StackGuards guards) {
        this.calls = calls;
        this.request = request;
        this.journal = journal;
        this.guards = guards;
        this.uncertain = journal.isBegun();
    }

    private boolean deletes() {
        return request.aim() == Aim.DELETE;
    }

    @Override
    public CompletableFuture<String> begin(Optional<Stack> now) {
        if (uncertain && !journal.stackId().isEmpty()) {
            return calls.callAnyway(CloudFormationService.DESCRIBE, () -> isOurs(journal.stackId()))
                    .thenCompose(ours -> ours ? CompletableFuture.completedFuture(journal.stackId()) : call(now));
        }
        return call(now);
    }

    private CompletableFuture<String> call(Optional<Stack> now) {
        if (!calls.isWanted()) {
            throw StepCalls.aborted();
        }
        if (now.isEmpty()) {
            if (deletes()) {
                calls.console().line("There is no stack " + request.stack() + " to delete");
                journal.rest();
                return CompletableFuture.completedFuture(request.stack());
            }
            throw new IllegalArgumentException("continueRollback: there is no stack '" + request.stack() + "'");
        }
        Stack stack = now.get();
        check(stack.stackStatusAsString());
        journal.found(stack.stackId());
        String action = deletes() ? DELETE : isKept(stack.stackStatusAsString()) ? ROLL_BACK : CONTINUE;
        return Visible.before(calls, stack.stackId(), journal)
                .thenCompose(begin -> calls.callAnyway(action, () -> begin(stack, begin)))
                .thenCompose(id -> new Visible(calls).wait(id, journal.token()));
    }

    private void check(String status) {
        boolean isKept = isKept(status);
        if (!deletes() && !isKept && !status.equals("UPDATE_ROLLBACK_FAILED")) {
            throw new IllegalArgumentException("continueRollback: stack '" + request.stack() + "' is in " + status
                    + ", and AWS rolls back only what has failed: UPDATE_ROLLBACK_FAILED, UPDATE_FAILED or"
                    + " CREATE_FAILED");
        }
        if (!deletes() && isKept && !request.list("continueRollback").isEmpty()) {
            throw new IllegalArgumentException("continueRollback: stack '" + request.stack() + "' is in " + status
                    + ", and AWS skips resources only of a rollback that has failed (UPDATE_ROLLBACK_FAILED);"
                    + " use continueRollback: true");
        }
        if (deletes() && request.has("retain") && !status.equals("DELETE_FAILED")) {
            throw new IllegalArgumentException("retain: stack '" + request.stack() + "' is in " + status
                    + ", and AWS retains resources only of a stack in DELETE_FAILED; delete it without retain first");
        }
    }

    /** What has failed with {@code onFailure: 'keep'}, and was not rolled back. */
    private static boolean isKept(String status) {
        return status.equals("UPDATE_FAILED") || status.equals("CREATE_FAILED");
    }

    private String begin(Stack stack, Runnable begin) {
        String id = stack.stackId();
        if (uncertain && isOurs(id)) {
            return id;
        }
        if (!calls.isWanted()) {
            throw StepCalls.aborted();
        }
        guards.passAll(new Gate.What(request.deed(), request::deed), id);
        begin.run();
        try {
            send(stack);
        } catch (TokenAlreadyExistsException e) {
            return id; // nobody else has this token
        } catch (CloudFormationException e) {
            refused(e);
            if (StackBusy.isSaidIn(e)) {
                throw new StackBusy(id, e);
            }
            throw e;
        } catch (SdkException e) {
            refused(e);
            throw e;
        }
        return id;
    }

    private void send(Stack stack) {
        CloudFormationClient client = CloudFormationService.client(calls.session());
        String id = stack.stackId();
        List<String> named = request.list(deletes() ? "retain" : "continueRollback");
        if (deletes()) {
            client.deleteStack(it -> it.stackName(id)
                    .clientRequestToken(journal.token())
                    .roleARN(request.text("roleArn"))
                    .retainResources(named.isEmpty() ? null : named));
        } else if (isKept(stack.stackStatusAsString())) {
            client.rollbackStack(
                    it -> it.stackName(id).clientRequestToken(journal.token()).roleARN(request.text("roleArn")));
        } else {
            List<String> skipped = named.isEmpty() ? null : new RollbackResources(calls.session()).named(id, named);
            client.continueUpdateRollback(it -> it.stackName(id)
                    .clientRequestToken(journal.token())
                    .roleARN(request.text("roleArn"))
                    .resourcesToSkip(skipped));
        }
    }

    private void refused(SdkException e) {
        if (AwsFault.of(e) == AwsFault.TRANSIENT) {
            uncertain = true;
        } else if (!uncertain) {
            journal.notBegun();
        }
    }

    /** Whether AWS shows that our call was carried out. */
    private boolean isOurs(String id) {
        return Visible.isShown(calls, id, journal, () -> !deletes() && StackSnapshot.isBusy(status(id)))
                || deletes() && status(id).startsWith("DELETE_") && !status(id).equals("DELETE_FAILED");
    }

    private String status(String id) {
        return CloudFormationService.find(calls.session(), id)
                .map(Stack::stackStatusAsString)
                .orElse("");
    }

    @Override
    public boolean mayBeBegun() {
        return uncertain || journal.isBegun();
    }
}
