package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.JobExecution;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.job.execution.Outcome;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.report.Entry;
import io.jenkins.plugins.awscicd.rehearsal.report.JobDetails;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** A step's job for a delivery, whose thread waits for it. */
final class RehearsedJob<S extends Snapshot> implements JobHost<S> {

    private final Delivery delivery;
    private final JobConsole console;
    private final Scheduler scheduler;
    private final Kind<S> kind;
    private volatile PreparedJob<S> prepared;
    private volatile AwsSession session;
    private volatile Entry entry;
    private volatile List<S> ended = List.of();
    /** Null if there is none, as the job has not come that far. */
    private volatile JobResult result;

    private final CompletableFuture<Outcome> end = new CompletableFuture<>();

    /** What a step does at AWS. */
    interface Kind<S extends Snapshot> {

        /** Opens the session, or fails naming the argument that is wrong. */
        AwsSession open();

        /** Fails unless the step may begin. */
        void admit();

        PreparedJob<S> prepare(Connected<S> at);

        /** This is what has come of it, whatever the script makes of that. */
        default void ended(JobResult result) {}
    }

    RehearsedJob(Delivery delivery, JobConsole console, Scheduler scheduler, Kind<S> kind) {
        this.delivery = delivery;
        this.console = console;
        this.scheduler = scheduler;
        this.kind = kind;
    }

    /** What the script gets. To be called on the delivery's thread. */
    JobResult run(String service, String stage, JobExecution.Settings settings) throws IOException {
        entry = delivery.timeline().open(Entry.Kind.JOB, service);
        delivery.timeline().fact(entry, "Stage", stage);
        try {
            return run(settings);
        } finally {
            Verdict verdict = end.join().verdict();
            boolean good = verdict.end() == Verdict.End.SUCCEEDED;
            JobDetails details = new JobDetails(session, delivery.timeline(), entry);
            ended.forEach(details::add);
            details.add(result, delivery.console()::masked);
            delivery.timeline()
                    .close(
                            entry,
                            good ? "SUCCESS" : verdict.end() == Verdict.End.STOPPED ? "ABORTED" : "FAILURE",
                            good ? null : delivery.console().masked(String.valueOf(verdict.reason())));
        }
    }

    private JobResult run(JobExecution.Settings settings) throws IOException {
        JobExecution<S> execution = new JobExecution<>(scheduler, this, settings);
        execution.begin();
        try {
            return result(end.get());
        } catch (InterruptedException e) {
            StepFailure why = delivery.interruption().failure();
            execution.stop(why, null);
            end.join();
            throw why;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // whatever happens, there is an outcome
        }
    }

    private static JobResult result(Outcome outcome) throws IOException {
        Throwable failure = outcome.failure();
        if (failure instanceof IllegalArgumentException || failure instanceof StepFailure) {
            throw (RuntimeException) failure;
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure != null) {
            throw new StepFailure(failure.getMessage(), failure);
        }
        if (outcome.result() != null) {
            return outcome.result();
        }
        Verdict verdict = outcome.verdict();
        throw switch (verdict.end()) {
            case STOPPED -> StepFailure.with(Result.ABORTED, verdict.reason());
            case SUPERSEDED -> StepFailure.with(Result.NOT_BUILT, verdict.reason());
            default -> new StepFailure(verdict.reason());
        };
    }

    /** At once: nothing else waits for the delivery's thread. */
    @Override
    public void connecting(Runnable work) {
        work.run();
    }

    @Override
    public Place place() {
        return new Place(console, new Disk());
    }

    @Override
    public AwsSession open() {
        return kind.open();
    }

    @Override
    public void connected(AwsSession with) {
        session = with;
    }

    @Override
    public void observed(S now) {
        delivery.timeline().progress(entry, now.progress(session));
    }

    @Override
    public void admit() {
        kind.admit();
    }

    @Override
    public PreparedJob<S> prepare(Connected<S> at) {
        prepared = kind.prepare(at);
        return prepared;
    }

    @Override
    public void ended(List<S> jobs) {
        ended = List.copyOf(jobs);
        result = prepared.result(jobs);
        kind.ended(result);
    }

    @Override
    public void afterSave(Runnable task) {
        scheduler.execute(task);
    }

    @Override
    public Scheduler.Task upload(Blocking work, Consumer<Throwable> failed) {
        return blocking("rehearsal upload", work, failed);
    }

    static Scheduler.Task blocking(String name, Blocking work, Consumer<Throwable> failed) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException | RuntimeException | Error e) {
                        failed.accept(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    @Override
    public void concluded(Outcome outcome) {
        end.complete(outcome);
    }
}
