package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Takes instances through their events, no more at once than may be unhealthy. */
final class Rollout {

    private final List<TargetRun> all;
    private final Deque<TargetRun> waiting;
    private final HealthyHosts hosts;
    private final Timeline timeline;
    private final Consumer<Ending> whenOver;
    private int running;
    private int failed;
    private int healthy;

    /**
     * @param healthy instances that have the revision already
     * @param whenOver told, unless the rollout is broken off
     */
    Rollout(List<TargetRun> runs, int healthy, HealthyHosts hosts, Timeline timeline, Consumer<Ending> whenOver) {
        all = new ArrayList<>(runs);
        waiting = new ArrayDeque<>(runs);
        this.healthy = healthy;
        this.hosts = hosts;
        this.timeline = timeline;
        this.whenOver = whenOver;
    }

    void begin() {
        if (hosts.atOnce() == 0) {
            skipWaiting();
            whenOver.accept(Ending.HEALTH_CONSTRAINTS_INVALID);
        } else {
            goOn();
        }
    }

    private void goOn() {
        while (!waiting.isEmpty() && running + failed < hosts.atOnce()) {
            running++;
            waiting.remove().begin(this::ended);
        }
        if (running == 0) {
            boolean enough = waiting.isEmpty() && healthy >= hosts.least();
            skipWaiting();
            whenOver.accept(enough ? Ending.SUCCESS : Ending.HEALTH_CONSTRAINTS);
        }
    }

    private void ended(TargetRun run) {
        running--;
        if (run.succeeded()) {
            healthy++;
        } else {
            failed++;
        }
        goOn();
    }

    private void skipWaiting() {
        waiting.forEach(run -> run.target().abandon(TargetStatus.SKIPPED, timeline.now()));
        waiting.clear();
    }

    void breakOff() {
        all.forEach(TargetRun::breakOff);
    }
}
