package io.jenkins.plugins.awscicd.engine;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A step's part in a job: it starts it, or picks it up again, and keeps all that it hears of it.
 *
 * @param <S> what is seen of the job
 */
public abstract class JobRun<S extends Snapshot> implements JobListener<S> {

    protected final Bench bench;
    protected final AwsSession session;
    private final RecordedConsole console = new RecordedConsole();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> started = new ArrayList<>();
    private RemoteJob<S> job;
    private List<S> jobs;
    private RuntimeException failure;
    private Instant overAt;
    private int ends;

    private Disk disk = new Disk();
    private String token = UUID.randomUUID().toString();
    private Instant chosen;
    private boolean again;
    private Duration usual;

    protected JobRun(Bench bench, AwsSession session) {
        this.bench = bench;
        this.session = session;
        chosen = bench.now();
    }

    /** Goes on from what another run has kept: its token and its journal. */
    protected final void goOnAfter(JobRun<S> crashed) {
        goOnAfter(crashed, crashed.disk);
    }

    /** The same, with another journal, as when the first was lost. */
    protected final void goOnAfter(JobRun<S> crashed, Disk other) {
        disk = other;
        token = crashed.token;
        chosen = crashed.chosen;
        again = true;
    }

    protected final void start(RemoteJob<S> wanted, JobStarter starter) {
        job = wanted;
        job.start(starter);
    }

    /** The same of a job that starts otherwise. */
    protected final void start(RemoteJob<S> wanted, Runnable starting) {
        job = wanted;
        starting.run();
    }

    protected final void resume(RemoteJob<S> wanted, String id) {
        job = wanted;
        job.resume(id);
    }

    protected final String token() {
        return token;
    }

    protected final Instant chosen() {
        return chosen;
    }

    protected final boolean again() {
        return again;
    }

    @Override
    public final synchronized void started(String id) {
        started.add(id);
    }

    /** What jobs like this are said to take. */
    public final synchronized void usually(Duration took) {
        usual = took;
    }

    @Override
    public final synchronized Duration usual() {
        return usual;
    }

    @Override
    public final synchronized void ended(List<S> ended) {
        jobs = List.copyOf(ended);
        end();
    }

    @Override
    public final synchronized void failed(RuntimeException why) {
        failure = why;
        end();
    }

    private void end() {
        ends++;
        overAt = bench.now();
        over.countDown();
    }

    public final RemoteJob<S> job() {
        return job;
    }

    public final RecordedConsole console() {
        return console;
    }

    public final Disk disk() {
        return disk;
    }

    /** The ids under which jobs were started. */
    public final synchronized List<String> startedIds() {
        return List.copyOf(started);
    }

    public final String id() {
        return startedIds().get(0);
    }

    public final synchronized boolean isOver() {
        return ends > 0;
    }

    /** How often the listener was told of the end, one way or the other. */
    public final synchronized int ends() {
        return ends;
    }

    /** The job as it ended, and those that AWS has started in its place. */
    public final synchronized List<S> jobs() {
        return jobs;
    }

    /** The last of them. */
    public final synchronized S last() {
        return jobs.get(jobs.size() - 1);
    }

    public final synchronized RuntimeException failure() {
        return failure;
    }

    public final synchronized Instant overAt() {
        return overAt;
    }

    /** On real time. */
    public final void await() throws InterruptedException {
        Bench.await(over);
    }
}
