package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Begins with what is to be done to a stack when its turn has come: behind those of our own that have the same stack, and behind what AWS
 * is doing there for others. The turn is held until the step is over. While it waits it costs no thread.
 */
final class StackStart implements JobStarter, TurnQueue.Waiting {

    private final StepCalls calls;
    private final Scheduler scheduler;
    private final TurnQueue<String> queue;
    private final StackRequest request;
    private final Turn turn;
    private final StackJournal journal;
    private final Operation operation;
    private final FailedCreation failedCreation;
    private final boolean again;
    private final StackWait wait;
    private final Serial serial;
    private final CompletableFuture<String> started = new CompletableFuture<>();

    private boolean working;
    private boolean left;
    private boolean stopped;
    /** Whether it has failed because nobody wants it, and it is not known yet if it was stopped or left. */
    private boolean undecided;

    private String reported = "";

    StackStart(
            StepCalls calls,
            Scheduler scheduler,
            Watcher watcher,
            TurnQueue<String> queue,
            StackRequest request,
            Turn turn,
            StackJournal journal,
            Operation operation,
            Gate gate,
            boolean again) {
        this.calls = calls;
        this.scheduler = scheduler;
        this.queue = queue;
        this.request = request;
        this.turn = turn;
        this.journal = journal;
        this.operation = operation;
        this.failedCreation = new FailedCreation(calls, request, journal, gate);
        this.again = again;
        this.serial = new Serial(scheduler::execute);
        this.wait = new StackWait(calls.session(), watcher, serial);
    }

    /** A stack is known by its name in an account's region. */
    static String place(StackRequest request) {
        return "stack:" + request.stack().toLowerCase(Locale.ROOT);
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier stillWanted) {
        calls.wanted(stillWanted);
        started.whenComplete((id, failure) -> serial.execute(wait::leave));
        boolean isWanted = stillWanted.getAsBoolean();
        serial.execute(() -> stopped = !isWanted); // what is left is not started any more
        if (!operation.mindsOthers() || !isWanted) {
            serial.execute(this::attempt);
        } else if (again && !queue.isFirst()) {
            queue.joinAgain(this, Set.of(place(request)), scheduler);
        } else {
            queue.join(this, Set.of(place(request)));
        }
        return started;
    }

    @Override
    public void unwanted() {
        serial.execute(() -> {
            stopped = true;
            if (undecided) {
                undecided = false;
                operation.discard();
            }
            leaveQueue();
        });
    }

    /** What is begun, and the change set, stay as they are: whoever goes on with this step finds them. */
    @Override
    public void abandoned() {
        serial.execute(() -> {
            left = true;
            leaveQueue();
        });
    }

    private void leaveQueue() {
        if (!working) {
            fail(StepCalls.aborted());
        }
    }

    @Override
    public Turn turn() {
        return turn;
    }

    @Override
    public boolean yields() {
        return false;
    }

    @Override
    public void first() {
        serial.execute(this::attempt);
    }

    @Override
    public void behind(@NonNull Turn other) {
        serial.execute(() -> {
            if (request.failsWhenBusy()) {
                fail(new IllegalArgumentException("whenBusy: it is the turn of " + other.name() + " at stack '"
                        + request.stack() + "'; wait for it with whenBusy: 'wait', or try again later"));
            } else {
                tell("Waiting behind " + other.name() + ", whose turn it is at stack " + request.stack());
            }
        });
    }

    @Override
    public void outdated(@NonNull Turn newer) {
        // nobody steps aside: each change set is made of the stack as it is then
    }

    @Override
    public void amongOwn(@NonNull String why) {
        serial.execute(() -> calls.console()
                .line("Runs with other credentials may change stack " + request.stack()
                        + " out of turn, because AWS does not say which account this is: " + why));
    }

    private void attempt() {
        if (working || started.isDone()) {
            return;
        }
        boolean minds = operation.mindsOthers() && calls.isWanted();
        if (minds && !queue.take(Set.of(place(request)))) {
            return; // an older one has come: it is called again when that has gone
        }
        if (minds) {
            journal.place(place(request));
        }
        working = true;
        calls.look(
                        operation.mayBeBegun(),
                        CloudFormationService.DESCRIBE,
                        () -> CloudFormationService.find(calls.session(), request.stack()))
                .thenCompose(this::begin)
                .whenComplete((id, failure) -> serial.execute(() -> {
                    working = false;
                    if (failure == null) {
                        started.complete(id);
                    } else {
                        refused(AwsCallException.unwrap(failure));
                    }
                }));
    }

    private CompletableFuture<String> begin(Optional<Stack> now) {
        String status = now.map(Stack::stackStatusAsString).orElse("");
        if (operation.mindsOthers() && !operation.mayBeBegun() && StackSnapshot.isBusy(status)) {
            if (!calls.isWanted()) {
                throw StepCalls.aborted();
            }
            throw new StackBusy(now.orElseThrow().stackId(), "Stack " + request.stack() + " is in " + status);
        }
        return failedCreation.check(now).thenCompose(operation::begin);
    }

    private void refused(Throwable why) {
        if (why instanceof StackBusy busy && calls.isWanted()) {
            if (request.failsWhenBusy()) {
                fail(new IllegalArgumentException("whenBusy: " + busy.getMessage()
                        + "; wait for its end with whenBusy: 'wait', or try again later"));
                return;
            }
            tell(busy.getMessage() + "; waiting for its end");
            wait.begin(busy.stackId(), this::attempt, this::fail);
        } else if (why instanceof StackBusy) {
            fail(StepCalls.aborted());
        } else if (why instanceof ObsoleteChangeSet && request.aim() == StackRequest.Aim.DEPLOY && calls.isWanted()) {
            tell("The stack was changed meanwhile: the change set is made anew");
            journal.nextAttempt();
            attempt();
        } else {
            fail(why);
        }
    }

    private void fail(Throwable why) {
        if (started.completeExceptionally(why) && !left) {
            // A call breaks off as soon as nobody wants it, which may be before it is said why.
            undecided = !calls.isWanted() && !stopped;
            if (!undecided) {
                operation.discard();
            }
        }
    }

    private void tell(String line) {
        if (!line.equals(reported) && !started.isDone()) {
            reported = line;
            calls.console().line(line);
        }
    }
}
