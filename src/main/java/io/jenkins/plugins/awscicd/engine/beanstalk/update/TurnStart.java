package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.execution.QueuedStart;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;

/** Begins something with environments when its turn has come, which the step has from then on. */
public abstract class TurnStart extends QueuedStart<String> {

    /** What all that begin something have. */
    public record Step(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull BeanstalkRequest request,
            @NonNull StepTurn turn,
            boolean again,
            @NonNull JobConsole console) {

        public Step of(BeanstalkRequest other) {
            return new Step(session, scheduler, other, turn, again, console);
        }
    }

    protected final AwsSession session;
    protected final BeanstalkRequest request;
    protected final StepTurn turn;

    /** @param where what it waits for, as people know it */
    protected TurnStart(Step step, String where) {
        super(
                step.scheduler(),
                step.turn().queue(),
                step.turn().turn(),
                step.again(),
                step.console(),
                "in '" + where + "'",
                "deploy to '" + where + "'");
        this.session = step.session();
        this.request = step.request();
        this.turn = step.turn();
    }

    /** Another one was faster, and may be through already. */
    protected final void waitOn() {
        if (turn.queue().isFirst()) {
            attempt();
        }
    }

    @Override
    protected final boolean failsWhenBusy() {
        return request.failsWhenBusy();
    }

    @Override
    public final boolean yields() {
        return request.newestWins();
    }
}
