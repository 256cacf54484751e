package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.List;
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

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final Gate gate;
    private final String cname;
    private final String own;
    private final Runnable reconsider;
    private Scheduler.Task alarm = () -> {};
    private boolean calling;
    private boolean taken;
    private Moment takenAt = Moment.LAST;
    /** AWS has shown it at work. */
    private boolean begun;

    private boolean waitingReported;
    private String problem;

    /**
     * @param gate asked immediately before
     * @param cname an environment that has this is left alone
     * @param own the CNAME that it has to have still; null if any but that will do
     * @param reconsider has {@link #isTaken} and {@link #isOver} asked again
     */
    Termination(
            AwsSession session,
            Scheduler scheduler,
            JobConsole console,
            Gate gate,
            String cname,
            @CheckForNull String own,
            Runnable reconsider) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.gate = gate;
        this.cname = cname;
        this.own = own;
        this.reconsider = reconsider;
    }

    /** Whether the environment is gone, or cannot be ended. Asks AWS for it if that was not done yet. */
    boolean isOver(@NonNull EnvironmentSnapshot seen) {
        return isTaken(seen) && (seen.ended() || problem() != null);
    }

    /** Whether AWS is about to end it, or it cannot be ended. Asks AWS for it if that was not done yet. */
    synchronized boolean isTaken(@NonNull EnvironmentSnapshot seen) {
        begun |= seen.terminating() || !scheduler.moment().isBefore(takenAt.plus(SHOWN_BY));
        if (seen.ended() || seen.terminating()) {
            return true;
        }
        if (begun && seen.ready() && problem == null) {
            problem = "AWS started to terminate it but left it as it was; see its events";
            console.line(seen.name() + " is not terminated: " + problem);
        }
        if (!taken && problem == null && !calling) {
            calling = true;
            alarm.cancel();
            session.call(ACTION, AwsSession.PATIENCE, RetryListener.NONE, () -> attempt(seen))
                    .whenComplete((done, failure) -> answered(seen, done, failure));
        }
        return taken || problem != null;
    }

    /** Run by the lane, and again after a call without an answer: so it looks first each time. False if it is too early. */
    private boolean attempt(EnvironmentSnapshot seen) {
        EnvironmentSnapshot now =
                new EnvironmentService().observe(session, List.of(seen.id())).get(seen.id());
        if (now == null || now.ended() || now.terminating()) {
            return true;
        }
        if (now.cname().equals(cname)) {
            throw new IllegalStateException("it has " + cname + ", the public CNAME");
        }
        if (own != null && !now.cname().equals(own)) {
            throw new IllegalStateException("it got " + now.cname() + " in the meantime");
        }
        gate.end(now.where());
        try {
            EnvironmentService.client(session).terminateEnvironment(end -> end.environmentId(now.id()));
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
            if (failure != null) {
                Throwable cause = AwsCallException.unwrap(failure);
                problem = cause instanceof IllegalStateException || cause instanceof Refused
                        ? cause.getMessage()
                        : AwsCallException.of(ACTION, seen.name() + " in " + session.region(), cause)
                                .getMessage();
                console.line(seen.name() + " is not terminated: " + problem);
            } else if (done) {
                taken = true;
                takenAt = scheduler.moment();
                alarm = scheduler.schedule(SHOWN_BY, reconsider);
                console.line("Terminating " + seen.name());
            } else {
                if (!waitingReported) {
                    waitingReported = true;
                    console.line("Waiting until " + seen.name() + " can be terminated: it is " + seen.status());
                }
                alarm = scheduler.schedule(AGAIN, reconsider);
                return;
            }
        }
        reconsider.run();
    }

    /** Why it cannot be ended; null if it can, as far as is known. */
    @CheckForNull
    synchronized String problem() {
        return problem;
    }

    synchronized void leave() {
        alarm.cancel();
    }
}
