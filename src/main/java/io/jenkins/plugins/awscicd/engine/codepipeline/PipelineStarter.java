package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.StartTrouble;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codepipeline.model.ConcurrentPipelineExecutionsLimitExceededException;
import software.amazon.awssdk.services.codepipeline.model.ConflictException;
import software.amazon.awssdk.services.codepipeline.model.StartPipelineExecutionRequest;

/**
 * Starts an execution exactly once: StartPipelineExecution's {@code clientRequestToken} is chosen and kept before the first call, and a call
 * that may have passed is made again with it. Where the pipeline takes no more executions, it waits.
 */
final class PipelineStarter implements JobStarter {

    static final String ACTION = "codepipeline:StartPipelineExecution";

    /** Shorter than when watching: nothing is lost yet, and somebody may be waiting for the message. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration WAIT = Duration.ofSeconds(15);
    /** How often, and with which pause, what may have been started is looked for before it counts as not started. */
    private static final int LOOKS = 5;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    /** The mark of a step that has asked AWS to start the pipeline: the token; empty if it certainly has not started it. */
    private static final String BEGUN = "begun";
    /** The same once AWS had no room for it afterwards. */
    private static final String WAITS = "waits";

    private static final String ABORTED = "Aborted before the pipeline was started";

    private final AwsSession session;
    private final Scheduler scheduler;
    private final StartPipelineExecutionRequest request;
    private final Runnable gate;
    private final JobConsole console;
    private final Journal journal;
    private final StartTrouble trouble;
    private final CompletableFuture<String> started = new CompletableFuture<>();

    /** Whether a call may have been carried out whose answer we do not have. */
    private volatile boolean uncertain;

    /** Whether AWS has said since that it has started nothing. */
    private volatile boolean full;

    private final UnansweredStart unanswered;
    /** Nobody waits for it any more, and what is begun goes on as it is. */
    private volatile boolean left;

    private int looks;
    private boolean waitReported;
    /** Waits for room, with no call under way. */
    private boolean waiting;

    private Scheduler.Task next = () -> {};

    /**
     * @param gate fails unless the pipeline may be started: asked before each call. What may have been started before is found nevertheless
     * @param journal has whether a call may have been made already, before a restart
     */
    PipelineStarter(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull StartPipelineExecutionRequest request,
            @NonNull Runnable gate,
            @NonNull JobConsole console,
            @NonNull Journal journal) {
        this.session = session;
        this.scheduler = scheduler;
        this.request = request;
        this.gate = gate;
        this.console = console;
        trouble = new StartTrouble(console);
        this.journal = journal;
        String begun = journal.get(BEGUN);
        this.uncertain = !begun.isEmpty();
        this.full = begun.equals(WAITS);
        this.unanswered = new UnansweredStart(session, scheduler, request.name(), journal);
    }

    @Override
    public CompletableFuture<String> start(BooleanSupplier wanted) {
        attempt(wanted);
        return started;
    }

    private void attempt(BooleanSupplier wanted) {
        synchronized (this) {
            waiting = false;
        }
        session.callWhile(
                        () -> !left && (wanted.getAsBoolean() || uncertain),
                        () -> !wanted.getAsBoolean(), // then only what has been started is to be found, and somebody
                        // waits for that
                        ACTION,
                        PATIENCE,
                        trouble,
                        () -> call(wanted))
                .whenComplete((id, failure) -> {
                    if (failure == null) {
                        started.complete(id);
                    } else {
                        failed(wanted, AwsCallException.unwrap(failure));
                    }
                });
    }

    private String call(BooleanSupplier wanted) {
        try {
            if (!wanted.getAsBoolean()) {
                throw new CancellationException(ABORTED);
            }
            gate.run();
            if (!wanted.getAsBoolean()) { // those who were asked have taken their time
                throw new CancellationException(ABORTED);
            }
        } catch (SdkException e) {
            throw e; // it is tried again
        } catch (RuntimeException e) {
            if (!uncertain || full && e instanceof Refused || !unanswered.mayHavePassed()) {
                throw e;
            }
        }
        if (left) {
            throw new CancellationException(ABORTED); // nobody would stop what this starts
        }
        full = false;
        journal.put(BEGUN, request.clientRequestToken());
        unanswered.begin(uncertain);
        try {
            return PipelineService.client(session)
                    .startPipelineExecution(request)
                    .pipelineExecutionId();
        } catch (SdkException e) {
            uncertain |= AwsFault.of(e) == AwsFault.TRANSIENT;
            if (!uncertain) {
                journal.put(BEGUN, "");
            }
            throw e;
        }
    }

    private void failed(BooleanSupplier wanted, Throwable why) {
        boolean noRoom =
                why instanceof ConcurrentPipelineExecutionsLimitExceededException || why instanceof ConflictException;
        if (noRoom && wanted.getAsBoolean()) {
            full = true;
            journal.put(BEGUN, uncertain ? WAITS : ""); // AWS has said that it was not started by this call
            if (!waitReported) {
                waitReported = true;
                console.line("Not started yet, waiting for room in the pipeline: " + AwsCallException.said(why));
            }
            synchronized (this) {
                waiting = true;
                next = scheduler.schedule(WAIT, () -> attempt(wanted));
            }
        } else if (mayBeFound(why) && ++looks < LOOKS) {
            scheduler.pause(LOOK_AGAIN).thenRun(() -> attempt(wanted)); // AWS may list late what it has started
        } else if (why instanceof Refused) {
            started.completeExceptionally(why);
        } else if (why instanceof CancellationException || noRoom) {
            started.completeExceptionally(new CancellationException(ABORTED));
        } else {
            String pipeline = "pipeline '" + request.name() + "' in " + session.region();
            started.completeExceptionally(AwsCallException.of(ACTION, pipeline, why, uncertain));
        }
    }

    /** Whether something may have been started that is to be found before it counts as not started, for this reason. */
    private boolean mayBeFound(Throwable why) {
        return uncertain && (why instanceof CancellationException || why instanceof Refused && !full);
    }

    @Override
    public void abandoned() {
        left = true;
        session.letUnwantedLeave();
        unwanted();
    }

    /** Does not wait for room any longer. */
    @Override
    public void unwanted() {
        boolean waits;
        synchronized (this) {
            waits = waiting;
            next.cancel();
        }
        if (waits) {
            started.completeExceptionally(new CancellationException(ABORTED));
        }
    }
}
