package io.jenkins.plugins.awscicd.engine.codebuild;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A step's part in a build: it starts it, or picks it up again, and keeps all that it hears of it. */
final class BuildRun implements RemoteJob.Listener<BuildSnapshot> {

    /** What a controller has on disk, and finds there after a restart. */
    static final class Disk implements Journal {
        private final Map<String, String> marks = new HashMap<>();

        @Override
        public synchronized Map<String, String> read() {
            return Map.copyOf(marks);
        }

        @Override
        public synchronized void write(Map<String, String> more) {
            marks.putAll(more);
        }
    }

    private final Bench bench;
    private final AwsSession session;
    private final RecordedConsole console = new RecordedConsole();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> started = new ArrayList<>();
    private RemoteJob<BuildSnapshot> job;
    private BuildSnapshot last;
    private RuntimeException failure;
    private Instant overAt;
    private int ends;

    private Disk disk = new Disk();
    private LogMode logMode = LogMode.STREAM;
    private String token = UUID.randomUUID().toString();
    private Instant chosen;
    private boolean again;

    BuildRun(Bench bench, AwsSession session) {
        this.bench = bench;
        this.session = session;
        chosen = bench.now();
    }

    BuildRun(Bench bench) {
        this(bench, bench.session());
    }

    /** Goes on from what another run has kept: its token and its journal. */
    BuildRun after(BuildRun crashed) {
        disk = crashed.disk;
        token = crashed.token;
        chosen = crashed.chosen;
        again = true;
        return this;
    }

    BuildRun log(LogMode mode) {
        logMode = mode;
        return this;
    }

    BuildRun start(String project) {
        return start(new BuildRequest(Map.of("project", project)));
    }

    BuildRun start(BuildRequest request) {
        job = bench.codeBuild().job(session, console, disk, logMode, this);
        job.start(bench.codeBuild().starter(session, request, token, chosen, again, console));
        return this;
    }

    BuildRun resume(String id) {
        job = bench.codeBuild().job(session, console, disk, logMode, this);
        job.resume(id);
        return this;
    }

    @Override
    public synchronized void started(String id) {
        started.add(id);
    }

    @Override
    public synchronized void ended(List<BuildSnapshot> builds) {
        last = builds.get(builds.size() - 1);
        end();
    }

    @Override
    public synchronized void failed(RuntimeException why) {
        failure = why;
        end();
    }

    private void end() {
        ends++;
        overAt = bench.now();
        over.countDown();
    }

    RemoteJob<BuildSnapshot> job() {
        return job;
    }

    RecordedConsole console() {
        return console;
    }

    Disk disk() {
        return disk;
    }

    /** The ids under which builds were started. */
    synchronized List<String> startedIds() {
        return List.copyOf(started);
    }

    String id() {
        return startedIds().get(0);
    }

    synchronized boolean isOver() {
        return ends > 0;
    }

    /** How often the listener was told of the end, one way or the other. */
    synchronized int ends() {
        return ends;
    }

    synchronized BuildSnapshot last() {
        return last;
    }

    synchronized RuntimeException failure() {
        return failure;
    }

    synchronized Instant overAt() {
        return overAt;
    }

    /** On real time. */
    BuildRun await() throws InterruptedException {
        Bench.await(over);
        return this;
    }
}
