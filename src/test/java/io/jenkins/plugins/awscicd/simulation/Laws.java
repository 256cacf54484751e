package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What must hold in every world. Each law is held against what AWS knows itself. */
final class Laws {

    private final Play play;
    private final Ledger ledger;
    private final List<String> broken = new ArrayList<>();

    Laws(Play play) {
        this.play = play;
        this.ledger = play.ledger();
    }

    /** The laws that do not hold, a sentence each; the first word is the law. */
    List<String> broken() {
        for (Step<?> step : play.steps()) {
            ends(step);
            cause(step);
            once(step);
            truth(step);
            guards(step);
            abort(step);
            log(step);
        }
        order();
        if (play.isLeaking()) {
            broken.add("leak: something still waits for its time after all steps are over");
        }
        return broken;
    }

    private void breaks(String law, Step<?> step, String how) {
        broken.add(law + ": " + step + " " + how + " (" + step.why() + ")");
    }

    /** Every step ends, and once. */
    private void ends(Step<?> step) {
        if (!step.isOver()) {
            breaks("end", step, "never ends");
        } else if (step.ends() != 1) {
            breaks("end", step, "ends " + step.ends() + " times");
        }
    }

    /** A step never fails for what is wrong with us. */
    private void cause(Step<?> step) {
        Throwable failure = step.failure();
        if (failure instanceof Error
                || failure instanceof NullPointerException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException) {
            breaks("cause", step, "fails for a fault of ours");
        }
    }

    /** What was asked for once exists at most once, and exists if the step says that it ran. */
    private void once(Step<?> step) {
        int count = count(step);
        if (count > 1) {
            breaks("once", step, "was started " + count + " times");
        } else if (count == 0 && step.succeeded() && !(step instanceof UpdateStep)) {
            breaks("once", step, "was never started");
        }
    }

    private int count(Step<?> step) {
        if (step instanceof BuildStep) {
            return ledger.builds(step.run).size();
        }
        return step instanceof DeploymentStep
                ? ledger.deployments(step.run).size()
                : ledger.updates(step.run).size();
    }

    /** A success is one in AWS, and so is a failure. */
    private void truth(Step<?> step) {
        if (!step.succeeded() && !step.failed()) {
            return;
        }
        boolean good = step.succeeded();
        if (!good && step.why().contains("but the environment is")) {
            return; // deployed, but in bad health: that is for the step to judge
        }
        if (good != is(step)) {
            breaks("truth", step, good ? "is no success in AWS" : "is a success in AWS");
        }
    }

    private boolean is(Step<?> step) {
        if (step instanceof BuildStep) {
            List<Build> builds = ledger.builds(step.run);
            return !builds.isEmpty() && builds.get(builds.size() - 1).status() == Status.SUCCEEDED;
        }
        if (step instanceof DeploymentStep) {
            return ledger.deployments(step.run).stream().anyMatch(one -> one.status() == DeploymentStatus.SUCCEEDED);
        }
        return step.succeeded() ? wasLive(step) : isLive(step);
    }

    /** Whether the step's version is what its name leads to when the step ends, and nothing else is on its way there. */
    private boolean isLive(Step<?> step) {
        String cname = step.asked.text("cname", null);
        Ledger.State last = null;
        for (Ledger.State state : ledger.history()) {
            boolean there = cname == null
                    ? state.environment().equals(step.asked.text("environment"))
                    : state.cname().startsWith(cname + ".");
            if (there && !state.since().isAfter(step.endedAt())) {
                last = state;
            }
        }
        return last != null && ("v" + step.run).equals(last.label()) && last.deploying() == null;
    }

    /** Whether the step's version was what its name led to, at some time while the step was at it. */
    private boolean wasLive(Step<?> step) {
        String label = "v" + step.run;
        String cname = step.asked.text("cname", null);
        return ledger.history().stream()
                .filter(state -> !state.since().isAfter(step.endedAt()))
                .filter(state -> label.equals(state.label()))
                .anyMatch(state -> cname == null
                        ? state.environment().equals(step.asked.text("environment"))
                        : state.cname().startsWith(cname + "."));
    }

    /** Nothing is begun that the guards refuse at that moment. */
    private void guards(Step<?> step) {
        List<Instant> begun = step instanceof DeploymentStep
                ? ledger.deployments(step.run).stream()
                        .map(Deployment::createTime)
                        .toList()
                : step instanceof UpdateStep
                        ? ledger.updates(step.run).stream()
                                .map(Ledger.State::since)
                                .toList()
                        : List.of();
        for (Instant at : begun) {
            if (play.isClosed(at)) {
                breaks("guards", step, "was begun while the stage was closed");
            }
        }
    }

    /** An abort leaves nothing running in AWS that was the step's. */
    private void abort(Step<?> step) {
        if (!step.aborted() || !step.stopsOnAbort()) {
            return;
        }
        Instant end = step.endedAt().plus(Duration.ofMinutes(1));
        boolean runs = false;
        if (step instanceof BuildStep) {
            runs = ledger.builds(step.run).stream()
                    .anyMatch(
                            build -> build.endTime() == null || build.endTime().isAfter(end));
        } else if (step instanceof DeploymentStep) {
            runs = ledger.deployments(step.run).stream()
                    .anyMatch(one ->
                            one.completeTime() == null || one.completeTime().isAfter(end));
        } else {
            runs = deployingAt(step, end);
        }
        if (runs) {
            breaks("abort", step, "still runs in AWS a minute after it has ended");
        }
    }

    private boolean deployingAt(Step<?> step, Instant at) {
        String label = "v" + step.run;
        String environment = null;
        for (Ledger.State state : ledger.history()) {
            if (!state.since().isAfter(at)) {
                if (label.equals(state.deploying())) {
                    environment = state.environment();
                } else if (Objects.equals(environment, state.environment())) {
                    environment = null;
                }
            }
        }
        return environment != null;
    }

    /** Each line of the log comes once and in order, if nobody has killed the controller meanwhile. */
    private void log(Step<?> step) {
        if (!(step instanceof BuildStep) || !step.succeeded() || play.killed() > 0) {
            return;
        }
        List<String> lines = step.output().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("line "))
                .toList();
        int wanted = step.asked.number("lines", 0);
        for (int i = 0; i < Math.max(wanted, lines.size()); i++) {
            String line = "line %06d".formatted(i + 1);
            if (i >= lines.size() || i >= wanted || !lines.get(i).equals(line)) {
                breaks(
                        "log",
                        step,
                        "has " + lines.size() + " lines of " + wanted + ", and not '" + line + "' as number "
                                + (i + 1));
                return;
            }
        }
    }

    /** In a queue the older goes before the newer, unless one of them was killed in between. */
    private void order() {
        if (play.killed() > 0) {
            return;
        }
        List<Step<?>> all = play.steps();
        for (Step<?> older : all) {
            for (Step<?> newer : all) {
                if (inOneQueue(older, newer)
                        && older.asked.number("order", older.run) < newer.asked.number("order", newer.run)) {
                    inOrder(older, newer);
                }
            }
        }
    }

    private static boolean inOneQueue(Step<?> one, Step<?> other) {
        return one != other
                && one instanceof DeploymentStep
                && other instanceof DeploymentStep
                && one.controller() == other.controller()
                && one.asked.text("group").equals(other.asked.text("group"));
    }

    private void inOrder(Step<?> older, Step<?> newer) {
        List<Deployment> first = ledger.deployments(older.run);
        List<Deployment> second = ledger.deployments(newer.run);
        if (second.isEmpty()) {
            return;
        }
        Instant newerAt = second.get(0).createTime();
        // It was in the queue for long enough to have its place there, trouble with AWS included.
        boolean waited = older.began.plus(Duration.ofMinutes(12)).isBefore(newerAt)
                && (older.endedAt() == null || older.endedAt().isAfter(newerAt))
                && older.stoppedAt() == null;
        if (waited && (first.isEmpty() || first.get(0).createTime().isAfter(newerAt))) {
            breaks("order", newer, "was deployed before " + older + ", which is older and waited");
        }
    }
}
