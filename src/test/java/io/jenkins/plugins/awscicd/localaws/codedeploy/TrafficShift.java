package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A deployment to Lambda or ECS: its one target gets the traffic, at once or in steps, between the events of its hooks. */
final class TrafficShift implements Course {

    private final Deployment deployment;
    private final Place place;
    private final JsonNode routing;
    private final Timeline timeline;
    private final Waits waits;
    private final S3 s3;
    private final Set<Dialect> dialects;
    private final Consumer<Ending> over;
    private ShiftSpec spec;
    private EventWork hooks;
    private Shifted shifted;
    private TargetRun run;
    private boolean brokenOff;

    /** @param config the DeploymentConfigInfo */
    TrafficShift(
            Deployment deployment,
            Place place,
            JsonNode config,
            Timeline timeline,
            Waits waits,
            S3 s3,
            Set<Dialect> dialects,
            Consumer<Ending> over) {
        this.deployment = deployment;
        this.place = place;
        routing = config.path("trafficRoutingConfig");
        this.timeline = timeline;
        this.waits = waits;
        this.s3 = s3;
        this.dialects = dialects;
        this.over = over;
    }

    /** The events, and in AllowTraffic the shifting itself. */
    private final class Work implements EventWork {
        @Override
        public void begin(Target target, String event, Consumer<Diagnostics> whenOver) {
            if (event.equals("AllowTraffic")) {
                shift(0, () -> hooks.begin(target, event, whenOver));
            } else {
                hooks.begin(target, event, whenOver);
            }
        }

        @Override
        public void breakOff() {
            hooks.breakOff();
        }
    }

    @Override
    public void begin() {
        String platform = deployment.group().application().platform();
        try {
            spec = ShiftSpec.of(deployment.settings().path("revision"), platform, s3);
        } catch (ShiftSpec.Invalid e) {
            over.accept(e.ending());
            return;
        }
        hooks = deployment.group().fleet().work(deployment);
        shifted = new Shifted(platform, deployment.group().settings(), spec, place, dialects, timeline.now());
        deployment.add(shifted.target());
        if (shifted.beforeTraffic().isEmpty()) {
            waits.ready(this::traffic, this::fail);
        } else {
            run(shifted.beforeTraffic(), TargetStatus.READY, () -> waits.ready(this::traffic, this::fail));
        }
    }

    private void traffic() {
        run(InstanceEvents.ALLOW_TRAFFIC, TargetStatus.SUCCEEDED, () -> waits.bake(() -> waits.terminate(this::done)));
    }

    private void done() {
        shifted.terminateOriginal();
        over.accept(Ending.SUCCESS);
    }

    private void run(List<String> events, TargetStatus last, Runnable next) {
        run = new TargetRun(shifted.target(), events, last, false, new Work(), timeline);
        run.begin(ended -> {
            if (ended.succeeded()) {
                next.run();
            } else {
                // What was there serves everybody again.
                shifted.weight(0);
                over.accept(hookFailure());
            }
        });
    }

    private Ending hookFailure() {
        for (LifecycleEvent event : shifted.target().events()) {
            if (event.status() == TargetStatus.FAILED) {
                String hook = spec.hooks().get(event.name());
                String function = hook == null ? "" : " (" + hook + ")";
                return Ending.failed(
                        "HOOK_EXECUTION_FAILURE",
                        "The deployment failed because the lifecycle event " + event.name() + function + " has failed: "
                                + event.diagnostics().message());
            }
        }
        throw new IllegalStateException("No event of " + deployment.id() + " has failed");
    }

    private void fail(Ending ending) {
        shifted.target().abandon(TargetStatus.SKIPPED, timeline.now());
        over.accept(ending);
    }

    /** Shifts the next part of the traffic, and goes on when all is shifted. */
    private void shift(int percent, Runnable next) {
        if (brokenOff) {
            return;
        }
        int then;
        Duration interval;
        switch (routing.path("type").asText()) {
            case "TimeBasedCanary" -> {
                JsonNode canary = routing.path("timeBasedCanary");
                then = percent == 0 ? canary.path("canaryPercentage").asInt() : 100;
                interval = Duration.ofMinutes(canary.path("canaryInterval").asLong());
            }
            case "TimeBasedLinear" -> {
                JsonNode linear = routing.path("timeBasedLinear");
                then = Math.min(100, percent + linear.path("linearPercentage").asInt());
                interval = Duration.ofMinutes(linear.path("linearInterval").asLong());
            }
            default -> {
                then = 100;
                interval = Duration.ZERO;
            }
        }
        shifted.weight(then);
        if (then == 100) {
            next.run();
        } else {
            timeline.after(interval, () -> shift(then, next));
        }
    }

    @Override
    public void goOn(String waitType) throws AwsError {
        waits.goOn(waitType);
    }

    @Override
    public void breakOff() {
        brokenOff = true;
        waits.breakOff();
        if (shifted != null) {
            hooks.breakOff();
            shifted.target().breakOff(timeline.now());
            if (run != null) {
                run.breakOff();
            }
            if (!shifted.target().status().equals(TargetStatus.SUCCEEDED)) {
                shifted.weight(0);
            }
        }
    }
}
