package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.time.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codepipeline.model.Job;

/**
 * The one worker for an action type in an account and a region: polls for jobs, offers them to its host, and tells AWS what becomes of
 * them. A job is acknowledged only when its turn has come, so that until then it is anybody's; from then on it is told its end, whatever
 * happens. PollForJobs does not wait for jobs: an idle worker makes four calls a minute.
 */
public final class JobWorker implements AutoCloseable {

    private final WorkSource source;
    private final Supplier<AwsSession> opener;
    private final Scheduler scheduler;
    private final WorkHost host;
    private final Serial serial;
    private final Instant since;
    private final Map<String, HeldJob> held = new LinkedHashMap<>();
    private final Offers offers = new Offers(this);
    private volatile WorkerStatus status;
    private volatile boolean closed;
    private AwsSession session;
    private WorkerCalls calls;
    private final JobPolls polls;
    private Instant polled;
    private String error;

    /** @param opener opens the session; may block and may fail, and is asked again then */
    public JobWorker(
            @NonNull WorkSource source,
            @NonNull Supplier<AwsSession> opener,
            @NonNull Scheduler scheduler,
            @NonNull WorkHost host) {
        this.source = source;
        this.opener = opener;
        this.scheduler = scheduler;
        this.host = host;
        serial = new Serial(scheduler.blocking());
        since = scheduler.now();
        polls = new JobPolls(this, scheduler);
        status = new WorkerStatus(source.type(), since, null, null, 0, 0, List.of());
    }

    /** Takes up what was kept, and begins to poll. */
    public void start() {
        execute(() -> {
            host.kept(source.type()).forEach(claim -> held.put(claim.id(), new HeldJob(this, claim, true)));
            polls.poll();
        });
    }

    /** How it is; whenever that is asked. */
    @NonNull
    public WorkerStatus status() {
        return status;
    }

    /** Polls now. */
    public void nudge() {
        execute(polls::poll);
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
        return details(claim).thenApply(job -> new ArtifactAccess(open(), job));
    }

    private synchronized AwsSession open() {
        if (session == null) {
            throw new IllegalStateException("The worker has ended");
        }
        return session;
    }

    private <T> CompletableFuture<T> ask(
            String claim,
            Function<HeldJob, CompletableFuture<T>> question,
            Supplier<CompletableFuture<T>> unknownClaim) {
        CompletableFuture<CompletableFuture<T>> asked = new CompletableFuture<>();
        execute(() -> {
            HeldJob job = held.get(claim);
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

    private void with(String claim, Consumer<HeldJob> action) {
        execute(() -> {
            HeldJob job = held.get(claim);
            if (job != null) {
                action.accept(job);
                show();
            }
        });
    }

    /** The region in which it polls; null if it has not been connected yet. */
    @CheckForNull
    public synchronized Region region() {
        return session == null ? null : session.region();
    }

    WorkSource source() {
        return source;
    }

    WorkHost host() {
        return host;
    }

    /** null if it is not connected to AWS yet. */
    WorkerCalls calls() {
        return calls;
    }

    Moment moment() {
        return scheduler.moment();
    }

    void execute(Runnable task) {
        serial.execute(() -> {
            if (!closed) {
                guarded(task);
            }
        });
    }

    /** Whether it is connected to AWS by now; what was begun before goes on then. */
    boolean connect() {
        if (calls != null) {
            return true;
        }
        try {
            AwsSession opened = opener.get();
            synchronized (this) {
                session = opened;
            }
            calls = new WorkerCalls(opened);
            List.copyOf(held.values()).forEach(HeldJob::go);
            return true;
        } catch (RuntimeException e) {
            error = e.getMessage();
            show();
            return false;
        }
    }

    /** Whether something waits for what the next poll brings. */
    boolean isWaiting() {
        return held.values().stream().anyMatch(HeldJob::isWaiting);
    }

    boolean isTellingOurs() {
        return held.values().stream().anyMatch(HeldJob::isTellingOurs);
    }

    void came(List<Job> jobs) {
        error = null;
        polled = scheduler.now();
        offers.begin();
        Set<String> seen = new HashSet<>();
        for (Job job : jobs) {
            seen.add(job.id());
            guarded(() -> offers.take(ActionJob.of(job.id(), job.data()), job.nonce()));
        }
        List.copyOf(held.values())
                .forEach(job ->
                        guarded(() -> job.polled(seen.contains(job.claim().jobId()))));
        show();
    }

    /** What fails for one job, such as a disk that is full, holds up no other, and is tried again with the next poll. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            error = String.valueOf(e.getMessage());
        }
    }

    /** Something went wrong that a person may have to see to. */
    void failed(String action, Throwable failure) {
        error = AwsCallException.of(action, "action type " + source.type(), failure)
                .getMessage();
        show();
    }

    /** null if it is not ours. */
    @CheckForNull
    HeldJob find(String claim) {
        return held.get(claim);
    }

    /** null if nothing here has to do with it. */
    @CheckForNull
    HeldJob ofJob(String jobId) {
        return held.values().stream()
                .filter(one -> one.claim().jobId().equals(jobId))
                .findFirst()
                .orElse(null);
    }

    HeldJob hold(Claim claim) {
        HeldJob job = new HeldJob(this, claim, false);
        held.put(claim.id(), job);
        return job;
    }

    void later(Duration pause, Runnable task) {
        scheduler.schedule(pause, () -> execute(task));
    }

    void leave(HeldJob job) {
        held.remove(job.claim().id());
    }

    private void show() {
        int taken = (int) held.values().stream()
                .filter(job -> job.claim().phase() != Claim.Phase.OFFERED)
                .count();
        status = new WorkerStatus(source.type(), since, polled, error, held.size() - taken, taken, offers.unknown());
    }

    /** Ends it without a word to AWS: whoever is started next goes on. */
    @Override
    public void close() {
        closed = true;
        AwsSession open;
        synchronized (this) {
            open = session;
            session = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
