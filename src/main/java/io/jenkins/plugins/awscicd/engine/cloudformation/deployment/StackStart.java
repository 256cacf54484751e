package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ObsoleteChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.StackGuards;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.EventReader;
import io.jenkins.plugins.awscicd.engine.job.execution.QueuedStart;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.BusyWatch;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Begins with what is to be done to a stack when its turn has come: behind those of our own that have the same stack, and behind what AWS
 * is doing there for others. The turn is held until the step is over. While it waits it costs no thread.
 */
final class StackStart extends QueuedStart<String> {

    /** Until what others have done is shown. */
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Change sets that others make obsolete, one after the other. */
    private static final int MOST_ATTEMPTS = 20;

    private final StepCalls calls;
    private final TurnQueue<String> queue;
    private final StackRequest request;
    private final StackJournal journal;
    private final Operation operation;
    private final FailedCreation failedCreation;
    private final StackGuards guards;
    private final BusyWatch<StackSnapshot> busy;
    /** Whether something may have been begun before a restart that the journal does not know of. */
    private volatile boolean uncertain;

    private boolean left;
    private boolean stopped;
    /** Whether it has failed because nobody wants it, and it is not known yet if it was stopped or left. */
    private boolean undecided;

    StackStart(
            StepCalls calls,
            Scheduler scheduler,
            Watcher watcher,
            TurnQueue<String> queue,
            StackRequest request,
            Turn turn,
            StackJournal journal,
            Operation operation,
            StackGuards guards,
            boolean again) {
        super(
                scheduler,
                queue,
                turn,
                again,
                calls.console(),
                "at stack " + request.stack(),
                "change stack " + request.stack());
        this.calls = calls;
        this.queue = queue;
        this.request = request;
        this.journal = journal;
        this.operation = operation;
        this.uncertain = again;
        this.failedCreation = new FailedCreation(calls, request, journal, guards);
        this.guards = guards;
        this.busy =
                new BusyWatch<>(calls.session(), watcher, new CloudFormationService(), serial, this::seen, this::lost);
    }

    /** A stack is known by its name in an account's region. */
    static String place(StackRequest request) {
        return "stack:" + request.stack().toLowerCase(Locale.ROOT);
    }

    @Override
    protected void prepare() {
        calls.wanted(wanted);
        boolean unwanted = !wanted.getAsBoolean();
        serial.execute(() -> stopped = unwanted); // what is left is not started any more
        if (operation.mindsOthers()) {
            lineUp(Set.of(place(request)));
        } else {
            serial.execute(this::attempt);
        }
    }

    @Override
    protected void leave() {
        busy.leave();
    }

    @Override
    protected CancellationException aborted() {
        return StepCalls.aborted();
    }

    @Override
    protected boolean failsWhenBusy() {
        return request.failsWhenBusy();
    }

    /** Nobody steps aside: each change set is made of the stack as it is then. */
    @Override
    public boolean yields() {
        return false;
    }

    @Override
    public void unwanted() {
        serial.execute(() -> {
            stopped = true;
            if (undecided) {
                undecided = false;
                operation.discard();
            }
            withdraw();
        });
    }

    /** What is begun, and the change set, stay as they are: whoever goes on with this step finds them. */
    @Override
    public void abandoned() {
        serial.execute(() -> {
            left = true;
            withdraw();
        });
    }

    /** What people are asked about in the midst of a call is not asked any more. */
    private void withdraw() {
        if (calling) {
            operation.unwanted();
        }
        failUnlessCalling();
    }

    private void seen(StackSnapshot now) {
        if (!StackSnapshot.isBusy(now.status())) {
            busy.leave();
            attempt();
        }
    }

    private void lost(AwsCallException why) {
        busy.leave();
        if (why.fault() == AwsFault.NOT_FOUND) {
            attempt(); // it is gone
        } else {
            fail(why);
        }
    }

    @Override
    protected void attempt() {
        if (calling || started.isDone()) {
            return;
        }
        boolean minds = operation.mindsOthers() && calls.isWanted();
        if (minds && !queue.take(Set.of(place(request)))) {
            return; // an older one has come: it is called again when that has gone
        }
        if (minds) {
            journal.place(place(request));
        }
        call(
                calls.look(mayBeBegun(), CloudFormationService.DESCRIBE, this::look)
                        .thenCompose(this::begin),
                started::complete);
    }

    @Override
    protected boolean mayBeBegun() {
        return uncertain || operation.mayBeBegun();
    }

    private Optional<Stack> look() {
        Optional<Stack> now = CloudFormationService.find(calls.session(), request.stack());
        guards.look(now, !operation.mayBeBegun() && calls.isWanted());
        return now;
    }

    private CompletableFuture<String> begin(Optional<Stack> now) {
        List<String> ids = Stream.concat(
                        Stream.of(journal.stackId()).filter(id -> !id.isEmpty()), now.map(Stack::stackId).stream())
                .distinct()
                .toList();
        if (uncertain && !operation.mayBeBegun() && !ids.isEmpty()) {
            return calls.callAnyway(EventReader.ACTION, () -> forgotten(ids)).thenCompose(forgotten -> {
                uncertain = false;
                if (forgotten.isPresent()) {
                    journal.begin(forgotten.get(), null, "");
                    return CompletableFuture.completedFuture(forgotten.get());
                }
                return begin(now);
            });
        }
        String status = now.map(Stack::stackStatusAsString).orElse("");
        if (operation.mindsOthers() && !operation.mayBeBegun() && StackSnapshot.isBusy(status)) {
            if (!calls.isWanted()) {
                throw StepCalls.aborted();
            }
            throw new StackBusy(now.orElseThrow().stackId(), "Stack " + request.stack() + " is in " + status);
        }
        return failedCreation.check(now).thenCompose(operation::begin);
    }

    /** The stack that was deleted may not be there any more, or another of its name. */
    private Optional<String> forgotten(List<String> stackIds) {
        return stackIds.stream()
                .filter(id -> Visible.isForgotten(calls, id, journal))
                .findFirst();
    }

    @Override
    protected void refused(Throwable why) {
        if (why instanceof StackBusy other) {
            busy(other.getMessage() + "; wait for its end with whenBusy: 'wait', or try again later", () -> {
                report(other.getMessage() + "; waiting for its end");
                busy.begin(other.stackId());
            });
        } else if (why instanceof ObsoleteChangeSet
                && request.aim() == StackRequest.Aim.DEPLOY
                && journal.attempt() < MOST_ATTEMPTS
                && calls.isWanted()) {
            report("The stack has changed in the meantime: creating the change set again");
            calls.pause(PAUSE).thenRun(() -> serial.execute(this::attempt));
        } else {
            fail(why);
        }
    }

    @Override
    protected void fail(@NonNull Throwable why) {
        if (started.completeExceptionally(whole(why)) && !left) {
            // A call breaks off as soon as nobody wants it, which may be before it is said why.
            undecided = !calls.isWanted() && !stopped;
            if (!undecided) {
                operation.discard();
            }
        }
    }
}
