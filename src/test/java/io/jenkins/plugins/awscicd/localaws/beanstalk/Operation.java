package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.time.Duration;

/** Something that is done to an environment because of one request: its steps in time, and what is told of them. */
final class Operation {

    private final Environment environment;
    private final String requestId;
    private final Timeline timeline;
    private final Events events;
    private Alarm alarm = () -> {};
    private boolean over;

    Operation(Environment environment, String requestId, Timeline timeline, Events events) {
        this.environment = environment;
        this.requestId = requestId;
        this.timeline = timeline;
        this.events = events;
    }

    Environment environment() {
        return environment;
    }

    void info(String message) {
        tell(Severity.INFO, message);
    }

    void error(String message) {
        tell(Severity.ERROR, message);
    }

    void tell(Severity severity, String message) {
        events.add(new Event(
                timeline.now(),
                environment.applicationName(),
                environment.name(),
                environment.id(),
                null,
                null,
                requestId,
                severity,
                message));
    }

    /** What comes next, unless the operation has been broken off by then. */
    void after(Duration delay, Runnable step) {
        alarm = timeline.after(delay, () -> {
            if (!over) {
                step.run();
            }
        });
    }

    boolean over() {
        return over;
    }

    /** No step follows. */
    void end() {
        over = true;
        alarm.cancel();
    }
}
