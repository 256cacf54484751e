package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A deployment's way from Created to its end: what leads there outside of its {@link Course}, and what breaks it off. */
final class DeploymentLife {

    private static final Logger LOGGER = Logger.getLogger(DeploymentLife.class.getName());

    private final Deployment deployment;
    private final Timeline timeline;
    private final DeploymentTiming timing;
    private final Course course;
    private final Consumer<DeploymentLife> whenComplete;
    private boolean running;
    private Ending stopping;
    private Ending ending;
    private Boolean rollbackWanted;

    /**
     * @param course made with what is to be told when it is over
     * @param whenComplete told at the end
     */
    DeploymentLife(
            Deployment deployment,
            Timeline timeline,
            DeploymentTiming timing,
            Function<Consumer<Ending>, Course> course,
            Consumer<DeploymentLife> whenComplete) {
        this.deployment = deployment;
        this.timeline = timeline;
        this.timing = timing;
        this.course = course.apply(this::over);
        this.whenComplete = whenComplete;
    }

    Deployment deployment() {
        return deployment;
    }

    /** How it ended; {@code null} before. */
    Ending ending() {
        return ending;
    }

    /** What StopDeployment said of a rollback; {@code null} when it said nothing or was not called. */
    Boolean rollbackWanted() {
        return rollbackWanted;
    }

    void begin() {
        timeline.after(timing.created(), () -> {
            deployment.become(DeploymentStatus.QUEUED);
            timeline.after(timing.queued(), this::start);
        });
    }

    private void start() {
        if (!deployment.become(DeploymentStatus.IN_PROGRESS)) {
            return;
        }
        running = true;
        try {
            course.begin();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The deployment " + deployment.id() + " could not begin", e);
            over(Ending.failed("INTERNAL_ERROR", "There was an internal error: " + e.getMessage()));
        }
    }

    /** @param rollback autoRollbackEnabled; {@code null} to leave that to the deployment's settings */
    void stop(Boolean rollback) throws AwsError {
        if (deployment.complete()) {
            throw completed();
        }
        if (stopping == null) {
            rollbackWanted = rollback;
            breakOff(Ending.STOPPED_BY_USER);
        }
    }

    AwsError completed() {
        return AwsError.badRequest(
                "DeploymentAlreadyCompletedException", "Deployment " + deployment.id() + " is already completed.");
    }

    /** An alarm has gone off. */
    void alarm(String name) {
        if (stopping == null && deployment.alarms().contains(name)) {
            breakOff(Ending.alarm(name));
        }
    }

    /** Stops it a little later. Whatever ends it until then counts. */
    private void breakOff(Ending how) {
        stopping = how;
        timeline.after(timing.stopping(), () -> {
            if (!deployment.complete()) {
                breakOffCourse();
                over(how);
            }
        });
    }

    private void breakOffCourse() {
        if (running) {
            course.breakOff();
        }
    }

    void goOn(String waitType) throws AwsError {
        if (deployment.complete()) {
            throw completed();
        }
        course.goOn(waitType);
    }

    private void over(Ending how) {
        if (deployment.complete()) {
            return;
        }
        ending = how;
        settle();
        deployment.complete(how);
        whenComplete.accept(this);
    }

    private void settle() {
        for (Target target : deployment.allTargets()) {
            switch (target.status()) {
                case SUCCEEDED ->
                    deployment
                            .group()
                            .fleet()
                            .installed(target.id(), deployment.settings().path("revision"));
                case FAILED, UNKNOWN -> deployment.group().fleet().unsettled(target.id());
                default -> {
                    // Nothing was done there.
                }
            }
        }
    }

    /** Ends the work, because local AWS itself ends. */
    void close() {
        if (!deployment.complete()) {
            breakOffCourse();
        }
    }
}
