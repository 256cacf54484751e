package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.StartToken;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.JobExecution;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.job.execution.Outcome;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * A step of a run as a controller keeps it, over its restarts. Each process runs it in a {@link JobExecution} of its own, as in Jenkins.
 *
 * @param <S> what is seen of its job
 */
abstract class Step<S extends Snapshot> {

    final Happening asked;
    final int run;
    final StartToken token;
    final Instant began;

    private final Play play;
    private final List<String> output = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private Disk disk = new Disk();
    private Instant stoppedAt;
    private Outcome outcome;
    private Instant endedAt;
    private int ends;
    private Controller controller;
    private JobExecution<S> execution;

    Step(Happening asked, Play play, Controller controller) {
        this.asked = asked;
        this.play = play;
        this.controller = controller;
        run = asked.number("run");
        token = new StartToken(play.chance().uuid(), controller.now());
        began = play.now();
    }

    /** When AWS began what the step asked for, once for each time that it did; oldest first. */
    abstract List<Instant> begun(Ledger ledger);

    /** How many times more than was asked for AWS has begun a part of it anew. */
    int timesTooOften(Ledger ledger) {
        return 0;
    }

    /** How many jobs at AWS are watched for it. */
    int jobs() {
        return 1;
    }

    /** What the job has printed, line by line, as far as a law is about that. */
    List<String> log() {
        return output;
    }

    /** Whether AWS has to have begun something for the step to be a success. */
    boolean mustBegin() {
        return true;
    }

    /** Whether AWS may have begun it twice, as there is nothing by which the first time could be known. */
    boolean mayBeTwice() {
        return false;
    }

    /** Whether AWS may have begun it though nobody can know, as what a crash has lost is the only trace of it. */
    boolean mayBeForgotten() {
        return false;
    }

    /** Whether guards stand before what it does. */
    boolean isGuarded() {
        return true;
    }

    /** Whether what was asked for before a crash may be asked for again, as AWS does not show whether it has begun it. */
    boolean mayBeAskedAgain(Ledger ledger) {
        return false;
    }

    /** Whether what the step asked for is what AWS has, or had while the step was at it if the step says so. */
    abstract boolean isThere(Ledger ledger);

    /** What it does otherwise than such steps do, in a sentence each. */
    List<String> wrong(Ledger ledger) {
        return List.of();
    }

    final World world() {
        return play.world();
    }

    /** Whether AWS was still at it at that time. */
    abstract boolean runsAt(Ledger ledger, Instant at);

    /** What it has made on its way and nobody needs any more, but is still there; long after all steps are over. */
    List<String> left(Ledger ledger) {
        return List.of();
    }

    /** What the steps of a controller come to one after the other; null if they need not. */
    String place() {
        return null;
    }

    /** Where its files are. */
    final WorkspaceSource files() {
        return play.workspaces().source(asked);
    }

    /** It waits behind nobody before its files are in S3: that long, and as long again for what is sent twice. */
    final Duration longestUpload() {
        int parts = asked.number("upload", 0) + 1; // and what else is in the archive
        return asked.has("upload") ? asked.seconds("perPart").multipliedBy(2L * parts) : Duration.ZERO;
    }

    /** Where it may have to wait behind others. */
    String waitsAt() {
        return place();
    }

    /** What the step makes of a connection. */
    abstract PreparedJob<S> prepare(Controller on, Connected<S> at);

    final void start() {
        execution = execution();
        execution.begin();
    }

    /** Its controller has been started again. */
    final void resume(Controller after) {
        controller = after;
        boolean begun = execution != null;
        execution = execution();
        if (begun || stoppedAt != null) {
            execution.resume(null, stoppedAt == null ? null : new CancellationException("aborted"), null);
        } else {
            execution.begin();
        }
    }

    private JobExecution<S> execution() {
        Duration limit = asked.has("timeout") ? asked.seconds("timeout") : null;
        return new JobExecution<>(
                controller.clock(),
                new Host(controller),
                new JobExecution.Settings(token.chosen(), limit, true, stopsOnAbort(), null));
    }

    /** Which of the runs is newer: the one with the greater number. */
    final int order() {
        return asked.number("order", run);
    }

    /** Whether it fails because it may not do or see what it needs. */
    final boolean isDenied() {
        return failure() instanceof AwsCallException refused && refused.fault() == AwsFault.DENIED;
    }

    /** Whether it fails because AWS does not answer, so that nobody can know what AWS has done. */
    final boolean isUnanswered() {
        return failure() instanceof AwsCallException refused
                && (refused.fault() == AwsFault.TRANSIENT
                        || refused.getMessage().endsWith("An earlier call may have been carried out all the same."));
    }

    final boolean stopsOnAbort() {
        return !asked.text("onAbort", "stop").equals("leave");
    }

    final void abort() {
        if (outcome == null && stoppedAt == null) {
            stoppedAt = play.now();
            if (!controller.isDead()) { // it hears of it when it is back
                execution.stop(new CancellationException("aborted"), null);
            }
        }
    }

    /** Its controller has died. */
    final void crash(boolean lastWriteLost) {
        disk = disk.crashed(lastWriteLost);
    }

    /** Another one for each controller: to a dead one nothing happens. */
    private final class Host implements JobHost<S> {

        private final Controller of;

        Host(Controller of) {
            this.of = of;
        }

        @Override
        public void connecting(Runnable work) {
            of.clock().blocking().execute(work);
        }

        @Override
        public Place place() {
            return new Place(new StepConsole(Step.this, () -> !of.isDead()), disk);
        }

        @Override
        public AwsSession open() {
            return of.session(asked.text("as", "AKIAALICE00000000000"), asked.text("role", null));
        }

        @Override
        public PreparedJob<S> prepare(Connected<S> at) {
            return Step.this.prepare(of, at);
        }

        @Override
        public void afterSave(Runnable task) {
            of.clock().execute(task);
        }

        @Override
        public Scheduler.Task upload(Blocking work, Consumer<Throwable> failed) {
            return of.upload(work, failed);
        }

        @Override
        public boolean isClosing() {
            return of.isDead();
        }

        @Override
        public void started(String id) {
            play.note(Step.this, "started " + id);
        }

        @Override
        public void concluded(Outcome how) {
            ends++;
            outcome = how;
            endedAt = play.now();
            play.note(Step.this, how.verdict().end() + " " + why());
        }
    }

    final void line(String text) {
        lines.add(text);
        play.note(this, "| " + text);
    }

    final void raw(List<String> parts) {
        output.addAll(parts);
    }

    final Controller controller() {
        return controller;
    }

    final boolean isOver() {
        return outcome != null;
    }

    /** What the script gets; null if nothing. */
    final Object result() {
        return outcome == null ? null : outcome.result();
    }

    /** Whether people are told that it did what it was to do, be it after somebody has stopped it. */
    final boolean succeeded() {
        return outcome != null && outcome.verdict().end() == Verdict.End.SUCCEEDED;
    }

    /** Whether it has failed with its job, and not for somebody who did not want it any more. */
    final boolean failed() {
        return outcome != null
                && List.of(Verdict.End.FAILED, Verdict.End.REFUSED)
                        .contains(outcome.verdict().end())
                && stoppedAt == null
                && !asked.has("timeout");
    }

    final boolean aborted() {
        return outcome != null && stoppedAt != null && outcome.result() == null;
    }

    final String why() {
        if (outcome == null) {
            return "";
        }
        Throwable failure = outcome.failure();
        return outcome.verdict().reason() + (failure == null ? "" : " / " + failure);
    }

    /** What it fails with; null if it does not, or fails as its job did. */
    final Throwable failure() {
        return outcome == null ? null : outcome.failure();
    }

    final Instant endedAt() {
        return endedAt;
    }

    /** Null if nobody has stopped it. */
    final Instant stoppedAt() {
        return stoppedAt;
    }

    final int ends() {
        return ends;
    }

    /** What the job has printed. */
    final List<String> output() {
        return output;
    }

    /** Whether it was the other's turn when this one lined up: that one keeps it, though it is newer, for as long as it takes. */
    final boolean foundTurnOf(Step<?> other) {
        return lines().stream()
                .findFirst()
                .filter(line -> line.startsWith("Waiting behind web #" + other.run + ", whose turn it is"))
                .isPresent();
    }

    /** What the step says itself. */
    final List<String> lines() {
        return lines;
    }

    /** What AWS has told of the job since the step began, as it is told on; as often as AWS has told it. */
    List<String> events(Ledger ledger) {
        return List.of();
    }

    @Override
    public String toString() {
        return "run " + run;
    }
}
