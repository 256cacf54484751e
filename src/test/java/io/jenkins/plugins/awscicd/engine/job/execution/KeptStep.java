package io.jenkins.plugins.awscicd.engine.job.execution;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A step as a controller keeps it, over its restarts: journal, token, and why it was aborted. Each process runs it in a {@link
 * JobExecution} of its own.
 */
public final class KeptStep<S extends Snapshot> {

    /** What the step makes of a connection. */
    public interface Kind<S extends Snapshot> {
        PreparedJob<S> prepare(Connected<S> at, StartToken token);
    }

    public final Bench bench;
    public final Disk disk = new Disk();
    /** Of the process that runs it now. */
    public RecordedConsole console = new RecordedConsole();

    public final StartToken token;
    private final Kind<S> kind;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private Duration limit;
    private boolean propagate = true;
    private boolean stopsOnAbort = true;
    private String followed;
    private Runnable admission = () -> {};
    private Function<KeptStep<S>, AwsSession> opening = step -> step.bench.session();
    private Duration busy = Duration.ZERO;
    private String failing = "";
    private Throwable fault = new IllegalStateException();
    private JobExecution<S> execution;

    public KeptStep(Bench bench, Kind<S> kind) {
        this.bench = bench;
        this.kind = kind;
        this.token = new StartToken(UUID.randomUUID().toString(), bench.now());
    }

    public KeptStep<S> within(Duration value) {
        limit = value;
        return this;
    }

    public KeptStep<S> leaving() {
        stopsOnAbort = false;
        return this;
    }

    /** @param id of a job that is at AWS already */
    public KeptStep<S> following(String id) {
        followed = id;
        return this;
    }

    public KeptStep<S> unpropagated() {
        propagate = false;
        return this;
    }

    public KeptStep<S> asking(Runnable guards) {
        admission = guards;
        return this;
    }

    /** From now on nothing connects. */
    public void disconnect() {
        opening = step -> {
            throw new IllegalArgumentException("no such credentials");
        };
    }

    /** From now on it connects by this session. */
    public void connect(AwsSession session) {
        opening = step -> session;
    }

    public void connect() {
        opening = step -> step.bench.session();
    }

    /** From now on it takes so long until there is a thread to connect with. */
    void busyFor(Duration value) {
        busy = value;
    }

    /** From now on whoever runs the step fails when this is asked or told. */
    void failingIn(String callback, Throwable value) {
        failing = callback;
        fault = value;
    }

    private void hear(String callback) {
        heard.add(callback);
        fail(callback);
    }

    private void fail(String callback) {
        if (callback.startsWith(failing) && !failing.isEmpty()) {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) fault;
        }
    }

    public void begin() {
        begin(bench.scheduler());
    }

    public void begin(Scheduler scheduler) {
        execution = new JobExecution<>(scheduler, new Host(scheduler), settings());
        execution.begin();
    }

    public void resume(Scheduler scheduler, Throwable aborted, Duration within) {
        console = new RecordedConsole();
        execution = new JobExecution<>(scheduler, new Host(scheduler), settings());
        execution.resume(null, aborted, within);
    }

    private JobExecution.Settings settings() {
        return new JobExecution.Settings(token.chosen(), limit, propagate, stopsOnAbort, followed);
    }

    public JobExecution<S> execution() {
        return execution;
    }

    public boolean isOver() {
        return !outcomes.isEmpty();
    }

    /** The process dies right before it can say how the step has ended. */
    public void forgetEnd() {
        outcomes.clear();
    }

    /** The only one there may be. */
    public Outcome outcome() {
        if (outcomes.size() != 1) {
            throw new AssertionError("one outcome, not " + outcomes);
        }
        return outcomes.get(0);
    }

    /** What the step's host has heard of the job, in order. */
    public List<String> received() {
        return List.copyOf(heard);
    }

    private final class Host implements JobHost<S> {

        private final Scheduler scheduler;
        private final RecordedConsole there = console;

        Host(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public void connecting(Runnable work) {
            scheduler.schedule(busy, () -> scheduler.blocking().execute(work));
        }

        @Override
        public Place place() {
            return new Place(there, disk);
        }

        @Override
        public AwsSession open() {
            return opening.apply(KeptStep.this);
        }

        @Override
        public void admit() {
            hear("admit");
            admission.run();
        }

        @Override
        public PreparedJob<S> prepare(Connected<S> at) {
            fail("prepare");
            return kind.prepare(at, token);
        }

        @Override
        public void afterSave(Runnable task) {
            fail("afterSave");
            scheduler.execute(task);
        }

        @Override
        public Scheduler.Task upload(Blocking work, Consumer<Throwable> failed) {
            return scheduler.schedule(Duration.ofSeconds(1), () -> {
                try {
                    work.run();
                } catch (IOException | InterruptedException | RuntimeException e) {
                    failed.accept(e);
                }
            });
        }

        @Override
        public void started(String id) {
            hear("started " + id);
        }

        @Override
        public void observed(S now) {
            fail("observed");
        }

        @Override
        public void ended(List<S> jobs) {
            hear("ended");
        }

        @Override
        public void over() {
            hear("over");
        }

        @Override
        public void concluded(Outcome outcome) {
            outcomes.add(outcome);
        }
    }
}
