package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepFailure;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;

/**
 * Ends an environment as soon as AWS lets us
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_TerminateEnvironment.html">TerminateEnvironment</a>): one that
 * is being created or updated has to be Ready first. An environment that customers come to is not ended.
 */
final class Termination {

    static final String ACTION = "elasticbeanstalk:TerminateEnvironment";

    private static final Duration AGAIN = Duration.ofSeconds(15);
    /** AWS's answer has it terminating. What is ready then has been and is not any more, between two looks. */
    private static final Duration SHOWN_BY = Duration.ofMinutes(3);

    private final Step step;
    private final String cname;
    private final String own;
    private final Runnable reconsider;
    private Scheduler.Task alarm = () -> {};
    private boolean calling;
    private boolean taken;
    /** AWS has shown it at work, or has had long enough for that. */
    private boolean begun;
    /** Nobody waits for it any more. */
    private volatile boolean left;

    private boolean waitingReported;
    private String problem;

    /**
     * @param cname an environment that has this is left alone
     * @param own the CNAME that it has to have still; null if any but that will do
     * @param reconsider has {@link #isOver} asked again
     */
    Termination(Step step, String cname, @CheckForNull String own, Runnable reconsider) {
        this.step = step;
        this.cname = cname;
        this.own = own;
        this.reconsider = reconsider;
    }

    /**
     * Whether nothing more is to be waited for: the environment is gone, or cannot be ended. Asks AWS for it if that was not done yet.
     *
     * @param stopping whether it will do that AWS is about to end it
     */
    synchronized boolean isOver(@NonNull EnvironmentSnapshot seen, boolean stopping) {
        return isTaken(seen) && (stopping || seen.ended() || problem != null);
    }

    /** Whether AWS is about to end it, or it cannot be ended. */
    private boolean isTaken(EnvironmentSnapshot seen) {
        begun |= seen.terminating();
        if (seen.ended() || seen.terminating()) {
            return true;
        }
        if (begun && seen.ready() && problem == null) {
            problem = "AWS started to terminate it but left it as it was; see its events";
            step.console().line(seen.name() + " is not terminated: " + problem);
        }
        if (!taken && problem == null && !calling) {
            calling = true;
            alarm.cancel();
            step.callWhile(() -> !left, ACTION, () -> attempt(seen))
                    .whenComplete((done, failure) -> answered(seen, done, failure));
        }
        return taken || problem != null;
    }

    /** Run by the lane, and again after a call without an answer: so it looks first each time. False if it is too early. */
    private boolean attempt(EnvironmentSnapshot seen) {
        EnvironmentSnapshot now = EnvironmentService.find(step.session(), seen.id());
        if (now == null || now.ended() || now.terminating()) {
            return true;
        }
        if (now.cname().equals(cname)) {
            throw new StepFailure("it has " + cname + ", the public CNAME");
        }
        if (own != null && !now.cname().equals(own)) {
            throw new StepFailure("it got " + now.cname() + " in the meantime");
        }
        step.gate().end(now.where());
        if (left) {
            throw new CancellationException();
        }
        try {
            step.client().terminateEnvironment(end -> end.environmentId(now.id()));
            return true;
        } catch (ElasticBeanstalkException e) {
            if (!now.ready()
                    && e.statusCode() == 400
                    && !"AccessDenied".equals(e.awsErrorDetails().errorCode())) {
                return false;
            }
            throw e;
        }
    }

    private void answered(EnvironmentSnapshot seen, Boolean done, @CheckForNull Throwable failure) {
        synchronized (this) {
            calling = false;
            if (left) {
                return;
            }
            if (failure != null) {
                problem = step.failure(ACTION, seen.name(), failure).getMessage();
                step.console().line(seen.name() + " is not terminated: " + problem);
            } else if (done) {
                taken = true;
                alarm = step.scheduler().schedule(SHOWN_BY, () -> lookAgain(seen.id()));
                step.console().line("Terminating " + seen.name());
            } else {
                if (!waitingReported) {
                    waitingReported = true;
                    step.console().line("Waiting until " + seen.name() + " can be terminated: it is " + seen.status());
                }
                alarm = step.scheduler().schedule(AGAIN, reconsider);
                return;
            }
        }
        reconsider.run();
    }

    /** What was seen last may be from before AWS was asked, if AWS has not answered since: until it does, this is called again. */
    private void lookAgain(String id) {
        step.call(EnvironmentService.DESCRIBE, () -> EnvironmentService.find(step.session(), id))
                .whenComplete((now, failure) -> {
                    synchronized (this) {
                        begun |= now != null && (now.ready() || now.terminating());
                        boolean gone = failure == null && (now == null || now.ended());
                        if (!begun && !gone && !left) {
                            alarm = step.scheduler().schedule(SHOWN_BY, () -> lookAgain(id));
                        }
                    }
                    reconsider.run();
                });
    }

    /** Why it cannot be ended; null if it can, as far as is known. */
    @CheckForNull
    synchronized String problem() {
        return problem;
    }

    synchronized void leave() {
        left = true;
        alarm.cancel();
    }
}
