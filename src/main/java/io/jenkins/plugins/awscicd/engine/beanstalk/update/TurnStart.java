package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepTurn;
import io.jenkins.plugins.awscicd.engine.job.execution.QueuedStart;

/** Begins something with environments when its turn has come, which the step has from then on. */
public abstract class TurnStart extends QueuedStart<String> {

    protected final Step step;
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
        this.step = step;
        this.turn = step.turn();
    }

    /** If another one was faster, that may be through already. */
    @Override
    protected void refused(Throwable why) {
        if (!(why instanceof StepTurn.NotYet)) {
            fail(why);
        } else if (turn.queue().isFirst()) {
            attempt();
        } else {
            giveWay();
        }
    }

    @Override
    protected final boolean failsWhenBusy() {
        return step.request().failsWhenBusy();
    }

    @Override
    public final boolean yields() {
        return step.request().newestWins();
    }
}
