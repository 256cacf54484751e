package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AccountRegion;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codepipeline.model.Job;

/**
 * The one worker for an action type in an account and a region: polls for jobs, offers them to its host, and tells AWS what becomes of
 * them. A job is acknowledged only when its turn has come, so that until then it is anybody's; from then on it is told its end, whatever
 * happens. PollForJobs does not wait for jobs: an idle worker makes four calls a minute, or one where events announce what there is to do.
 */
public final class JobWorker implements AutoCloseable {

    private final WorkSource source;
    private final WorkerConnection connection;
    private final Scheduler scheduler;
    private final WorkHost host;
    private final Serial serial;
    private final WorkerState state;
    private final HeldJobs held = new HeldJobs();
    private final Offers offers = new Offers(this);
    private volatile boolean closed;
    private volatile boolean finishing;
    private boolean takenUp;
    private final JobPolls polls;

    /** @param opener opens the session; may block and may fail, and is asked again then */
    public JobWorker(
            @NonNull WorkSource source,
            @NonNull Supplier<AwsSession> opener,
            @NonNull Scheduler scheduler,
            @NonNull WorkHost host) {
        this.source = source;
        connection = new WorkerConnection(opener);
        this.scheduler = scheduler;
        this.host = host;
        serial = new Serial(scheduler.blocking());
        state = new WorkerState(source.type(), scheduler.now());
        polls = new JobPolls(this, scheduler);
    }

    /** Takes up what is kept for it, and polls. May be called again when more is. Completes when it has taken it up. */
    @NonNull
    public CompletableFuture<Void> start() {
        return CompletableFuture.runAsync(() -> guarded(this::takeUp), this::execute);
    }

    private void takeUp() {
        host.kept(source.type()).stream()
                .filter(claim -> !held.contains(claim.id()))
                .forEach(claim -> held.add(new HeldJob(this, claim, true)));
        takenUp = true;
        polls.poll();
    }

    /** Whether a claim is one of its own. */
    public boolean holds(@NonNull String claim) {
        return held.contains(claim);
    }

    /** Which account it works in, and where; once AWS has said it. */
    @NonNull
    public CompletableFuture<AccountRegion> account() {
        return connection.account();
    }

    /**
     * Takes nothing more: what waits for its turn is left to others, and what is held is ended. The host is told
     * {@linkplain WorkHost#finished when that is done}.
     */
    public void finish() {
        finishing = true;
        execute(() -> held.all().forEach(HeldJob::giveBack));
    }

    /** Whether it takes nothing more. */
    public boolean isFinishing() {
        return finishing;
    }

    /** How it is; whenever that is asked. */
    @NonNull
    public WorkerStatus status() {
        return state.shown();
    }

    /** Polls now. */
    public void nudge() {
        execute(polls::poll);
    }

    /** An event of AWS says that an action of this type has begun, or seems to. */
    public void announced() {
        execute(polls::announced);
    }

    /** Events of AWS are not received for now. */
    public void disconnected() {
        execute(polls::disconnected);
    }

    /** A claim's turn has come. Tells whether it is ours; if not, it is not to be done here. */
    @NonNull
    public CompletableFuture<Boolean> acknowledge(@NonNull String claim) {
        return ask(claim, HeldJob::acknowledge, () -> CompletableFuture.completedFuture(false));
    }

    /**
     * The job as it is now, with access to its artifacts that is good for 15 minutes.
     *
     * @return fails with {@link AwsCallException}, or with {@link IllegalStateException} if its action has ended
     */
    @NonNull
    public CompletableFuture<ActionJob> details(@NonNull String claim) {
        return ask(
                claim,
                HeldJob::details,
                () -> CompletableFuture.failedFuture(new IllegalStateException("The action has ended")));
    }

    /** The same as access to its artifacts. */
    @NonNull
    public CompletableFuture<ArtifactAccess> artifacts(@NonNull String claim) {
        return details(claim).thenApply(connection::artifacts);
    }

    private <T> CompletableFuture<T> ask(
            String claim,
            Function<HeldJob, CompletableFuture<T>> question,
            Supplier<CompletableFuture<T>> unknownClaim) {
        CompletableFuture<CompletableFuture<T>> asked = new CompletableFuture<>();
        execute(() -> {
            HeldJob job = held.find(claim);
            try {
                asked.complete(job == null ? unknownClaim.get() : question.apply(job));
            } catch (RuntimeException e) {
                asked.completeExceptionally(e);
            }
            show();
        });
        return asked.thenCompose(Function.identity());
    }

    /** The work on a claim has begun. AWS shows a link to it from now on. */
    public void runs(@NonNull String claim, @NonNull String run) {
        with(claim, job -> job.runs(run));
    }

    /** The work on a claim has ended, or will never begin; what is told first counts. */
    public void end(@NonNull String claim, @NonNull WorkResult result) {
        with(claim, job -> job.end(result));
    }

    /** The work on a claim was taken back before it has begun; of work that has begun it says nothing. */
    public void cancelled(@NonNull String claim, @NonNull WorkResult result) {
        with(claim, job -> {
            if (job.claim().run() == null) {
                job.end(result);
            }
        });
    }

    /** AWS goes on with a claim by a job that another worker's poll has brought. */
    public void continued(@NonNull String claim, @NonNull String jobId, @NonNull String nonce) {
        with(claim, job -> job.continued(jobId, nonce));
    }

    private void with(String claim, Consumer<HeldJob> action) {
        execute(() -> {
            HeldJob job = held.find(claim);
            if (job != null) {
                action.accept(job);
                show();
            }
        });
    }

    /** The region in which it polls; null if it has not been connected yet. */
    @CheckForNull
    public Region region() {
        return connection.region();
    }

    HeldJobs held() {
        return held;
    }

    WorkSource source() {
        return source;
    }

    WorkHost host() {
        return host;
    }

    boolean isConnected() {
        return connection.calls() != null;
    }

    /** To be asked for once it {@link #isConnected}. */
    @NonNull
    WorkerCalls calls() {
        return Objects.requireNonNull(connection.calls(), "it is connected");
    }

    Moment moment() {
        return scheduler.moment();
    }

    void execute(Runnable task) {
        serial.execute(() -> {
            if (!closed) {
                guarded(task);
                if (finishing && takenUp && held.isEmpty()) {
                    guarded(host::finished);
                }
            }
        });
    }

    /** Whether it is connected to AWS by now; what was begun before goes on then. */
    boolean connect() {
        if (isConnected()) {
            return true;
        }
        try {
            connection.open();
            held.all().forEach(HeldJob::go);
            return true;
        } catch (RuntimeException e) {
            state.failed(String.valueOf(e.getMessage()));
            show();
            return false;
        }
    }

    /** @return whether something of it is left for the next poll */
    boolean came(List<Job> jobs) {
        state.polled(scheduler.now());
        return offers.came(jobs);
    }

    /** Looks for what is held without a poll: nothing waits for one. */
    void look() {
        held.all().forEach(job -> guarded(() -> job.polled(false)));
        show();
    }

    /** What fails for one job, such as a disk that is full, holds up no other, and is tried again with the next poll. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            state.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Something went wrong that a person may have to see to. */
    void failed(String action, Throwable failure) {
        state.failed(AwsCallException.of(action, "action type " + source.type(), failure)
                .getMessage());
        show();
    }

    void later(Duration pause, Runnable task) {
        scheduler.schedule(pause, () -> execute(task));
    }

    void show() {
        state.show(held, offers.unknown(), finishing);
    }

    /** Ends it without a word to AWS: whoever is started next goes on. */
    @Override
    public void close() {
        closed = true;
        connection.close();
    }

    /** The same. Completes when it is about to change nothing more of what is kept. */
    @NonNull
    public CompletableFuture<Void> end() {
        close();
        return CompletableFuture.runAsync(() -> {}, serial);
    }
}
