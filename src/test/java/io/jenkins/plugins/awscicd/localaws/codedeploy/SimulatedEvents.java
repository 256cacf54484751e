package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.util.function.Consumer;

/** Lifecycle events that only take their time; a thousand instances cost next to nothing. */
final class SimulatedEvents implements EventWork {

    private final Simulation.Plan plan;
    private final Timeline timeline;
    private boolean brokenOff;

    SimulatedEvents(Simulation.Plan plan, Timeline timeline) {
        this.plan = plan;
        this.timeline = timeline;
    }

    @Override
    public void begin(Target target, String event, Consumer<Diagnostics> over) {
        timeline.after(plan.duration(event), () -> {
            if (!brokenOff) {
                over.accept(plan.outcome(target.id(), event));
            }
        });
    }

    @Override
    public void breakOff() {
        brokenOff = true;
    }
}
