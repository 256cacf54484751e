package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Takes a target through some of its lifecycle events, one after the other. */
final class TargetRun {

    /** Events whose failure ignoreApplicationStopFailures forgives. */
    private static final Set<String> FORGIVABLE = Set.of("ApplicationStop", "BeforeBlockTraffic", "AfterBlockTraffic");

    private final Target target;
    private final List<String> events;
    private final TargetStatus last;
    private final boolean forgiving;
    private final EventWork work;
    private final Timeline timeline;
    private int position;
    private Consumer<TargetRun> over;
    private boolean brokenOff;

    /**
     * @param last what the target is when all has gone well
     * @param forgiving ignoreApplicationStopFailures
     */
    TargetRun(
            Target target,
            List<String> events,
            TargetStatus last,
            boolean forgiving,
            EventWork work,
            Timeline timeline) {
        this.target = target;
        this.events = events;
        this.last = last;
        this.forgiving = forgiving;
        this.work = work;
        this.timeline = timeline;
    }

    Target target() {
        return target;
    }

    boolean succeeded() {
        return target.status() == last;
    }

    void begin(Consumer<TargetRun> whenOver) {
        over = whenOver;
        target.become(TargetStatus.IN_PROGRESS, timeline.now());
        next();
    }

    private void next() {
        if (position == events.size()) {
            target.become(last, timeline.now());
            over.accept(this);
            return;
        }
        String event = events.get(position++);
        target.begin(event, timeline.now());
        work.begin(target, event, result -> ended(event, result));
    }

    private void ended(String event, Diagnostics result) {
        if (brokenOff) {
            return;
        }
        target.end(event, result, timeline.now());
        if (result.success() || forgiving && FORGIVABLE.contains(event)) {
            next();
        } else {
            target.abandon(TargetStatus.FAILED, timeline.now());
            over.accept(this);
        }
    }

    /** It goes no further, and nobody is told. */
    void breakOff() {
        brokenOff = true;
        switch (target.status()) {
            case PENDING, READY -> target.abandon(TargetStatus.SKIPPED, timeline.now());
            case IN_PROGRESS -> target.abandon(TargetStatus.UNKNOWN, timeline.now());
            default -> {
                // It has come to its end.
            }
        }
    }
}
