package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.job.Superseded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a run: it is started, ends, is stopped, and outlives its controller.
 *
 * @param <S> what is seen of its job
 */
abstract class Step<S extends Snapshot> implements RemoteJob.Listener<S> {

    /** How a step can end. */
    enum Verdict {
        SUCCESS,
        FAILURE,
        ABORTED,
        SUPERSEDED
    }

    final Happening asked;
    final int run;
    final String token;
    final Instant chosen;
    final Instant began;

    private final Play play;
    private final List<String> told = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private Disk disk = new Disk();
    private String id;
    private Instant stoppedAt;
    private Verdict verdict;
    private String why = "";
    private Instant endedAt;
    private int ends;

    private Controller controller;
    private AwsSession session;
    private RemoteJob<S> job;
    private RemoteJob.Listener<S> ears;

    Step(Happening asked, Play play, Controller controller) {
        this.asked = asked;
        this.play = play;
        this.controller = controller;
        run = asked.number("run");
        token = play.chance().uuid();
        chosen = controller.now();
        began = play.now();
    }

    abstract RemoteJob<S> job(
            Controller on, AwsSession with, StepConsole console, Disk kept, RemoteJob.Listener<S> ears);

    abstract RemoteJob.Starter starter(Controller on, AwsSession with, StepConsole console, Disk kept, boolean again);

    /** Why it is not a success; null if it is one. */
    abstract String cause(AwsSession with, List<S> jobs);

    final void start() {
        connect();
        controller.execute(() -> launch(false));
    }

    /** Its controller has been started again. */
    final void resume(Controller after) {
        controller = after;
        connect();
        String known = disk.read().getOrDefault("started", id);
        if (stoppedAt != null && stopsOnAbort()) {
            job.stop();
        }
        if (known != null) {
            id = known;
            job.resume(known);
        } else {
            controller.execute(() -> launch(true));
        }
    }

    private void connect() {
        session = controller.session(asked.text("as", "AKIAALICE00000000000"), asked.text("role", null));
        Controller mine = controller;
        StepConsole console = new StepConsole(this, () -> !mine.isDead());
        ears = new Ears(mine);
        job = job(controller, session, console, disk, ears);
        this.console = console;
    }

    private StepConsole console;

    private void launch(boolean again) {
        if (verdict == null) {
            job.start(starter(controller, session, console, disk, again));
        }
    }

    final boolean stopsOnAbort() {
        return !asked.text("onAbort", "stop").equals("leave");
    }

    final void abort() {
        if (verdict != null || stoppedAt != null) {
            return;
        }
        stoppedAt = play.now();
        if (controller.isDead()) {
            return; // it hears of it when it is back
        }
        if (stopsOnAbort()) {
            job.stop();
        } else {
            job.abandon();
            end(Verdict.ABORTED, "left");
        }
    }

    /** Its controller has died. */
    final void crash(boolean lastWriteLost) {
        disk = disk.crashed(lastWriteLost);
    }

    /** Another one listens from each controller: a dead one says nothing. */
    private final class Ears implements RemoteJob.Listener<S> {
        private final Controller of;

        Ears(Controller of) {
            this.of = of;
        }

        @Override
        public void started(String startedId) {
            if (!of.isDead()) {
                Step.this.started(startedId);
            }
        }

        @Override
        public void ended(List<S> jobs) {
            if (!of.isDead()) {
                Step.this.ended(jobs);
            }
        }

        @Override
        public void failed(RuntimeException failure) {
            if (!of.isDead()) {
                Step.this.failed(failure);
            }
        }
    }

    @Override
    public final void started(String startedId) {
        id = startedId;
        disk.write(java.util.Map.of("started", startedId));
        play.note(this, "started " + startedId);
    }

    @Override
    public final void ended(List<S> jobs) {
        String cause = cause(session, jobs);
        if (stoppedAt != null) {
            end(Verdict.ABORTED, String.valueOf(cause));
        } else {
            end(cause == null ? Verdict.SUCCESS : Verdict.FAILURE, String.valueOf(cause));
        }
    }

    @Override
    public final void failed(RuntimeException failure) {
        Verdict how = failure instanceof Superseded ? Verdict.SUPERSEDED : Verdict.FAILURE;
        end(stoppedAt != null ? Verdict.ABORTED : how, String.valueOf(failure.getMessage()));
    }

    private void end(Verdict how, String reason) {
        ends++;
        if (verdict == null) {
            verdict = how;
            why = reason;
            endedAt = play.now();
            play.note(this, how + " " + reason);
            session.close();
        }
    }

    final void line(String text) {
        told.add(text);
        play.note(this, "| " + text);
    }

    final void raw(List<String> parts) {
        output.addAll(parts);
    }

    final Controller controller() {
        return controller;
    }

    final boolean isOver() {
        return verdict != null;
    }

    final Verdict verdict() {
        return verdict;
    }

    final String why() {
        return why;
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

    final List<String> told() {
        return told;
    }

    final List<String> output() {
        return output;
    }

    @Override
    public String toString() {
        return "run " + run;
    }
}
