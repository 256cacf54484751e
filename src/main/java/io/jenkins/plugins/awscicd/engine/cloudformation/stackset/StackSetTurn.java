package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.StepCalls;
import io.jenkins.plugins.awscicd.engine.job.execution.QueuedStart;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.queue.TurnQueue;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Begins with a stack set when its turn has come: behind those of our own that have the same one. The turn is held until the step is over. */
final class StackSetTurn extends QueuedStart<String> {

    private final StepCalls calls;
    private final TurnQueue<String> queue;
    private final StackSetRequest request;
    private final StackSetJournal journal;
    private final StackSetStart start;

    StackSetTurn(
            Scheduler scheduler,
            StepCalls calls,
            TurnQueue<String> queue,
            StackSetRequest request,
            Turn turn,
            StackSetJournal journal,
            StackSetStart start,
            boolean again) {
        super(
                scheduler,
                queue,
                turn,
                again,
                calls.console(),
                "at stack set " + request.stackSet(),
                "change stack set " + request.stackSet());
        this.calls = calls;
        this.queue = queue;
        this.request = request;
        this.journal = journal;
        this.start = start;
    }

    private String place() {
        return "stackset:" + request.stackSet().toLowerCase(Locale.ROOT)
                + (request.isDelegated() ? " of the organization" : "");
    }

    @Override
    protected void prepare() {
        calls.wanted(wanted);
        lineUp(Set.of(place()));
    }

    @Override
    protected void attempt() {
        if (calling || started.isDone()) {
            return;
        }
        if (calls.isWanted()) {
            if (!queue.take(Set.of(place()))) {
                return; // an older one has come: it is called again when that has gone
            }
            journal.place(place());
        }
        call(start.begin(), started::complete);
    }

    @Override
    public void unwanted() {
        start.unwanted();
        super.unwanted();
    }

    @Override
    public void abandoned() {
        start.unwanted();
        super.abandoned();
    }

    /** Nobody steps aside: AWS does one operation after the other, and each is wanted. */
    @Override
    public boolean yields() {
        return false;
    }

    @Override
    @NonNull
    protected CancellationException aborted() {
        return StepCalls.aborted();
    }

    @Override
    protected boolean mayBeBegun() {
        return journal.isUnheard();
    }

    @Override
    protected boolean failsWhenBusy() {
        return request.failsWhenBusy();
    }
}
