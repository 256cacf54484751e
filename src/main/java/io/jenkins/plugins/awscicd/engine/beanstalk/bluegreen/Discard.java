package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.Sequel;
import java.util.Objects;

/** Ends a clone that is not to become live. There is no update before it: what was deployed there was another step's. */
public final class Discard implements Sequel {

    private final Step step;
    private Runnable reconsider = () -> {};
    private Termination termination;

    public Discard(Step step) {
        this.step = step;
    }

    private Sides sides() {
        return Objects.requireNonNull(Sides.kept(step.journal()), "kept before it was begun");
    }

    @Override
    public synchronized void reconsider(@NonNull Runnable again) {
        reconsider = again;
    }

    @Override
    public synchronized boolean isOver(
            @NonNull EnvironmentSnapshot green, @CheckForNull String cause, boolean stopping) {
        if (termination == null && stopping) {
            return true;
        }
        if (termination == null) {
            termination = new Termination(step, sides().cname(), null, reconsider);
        }
        return termination.isOver(green, stopping);
    }

    @Override
    public boolean endsEnvironment() {
        return true;
    }

    @Override
    public synchronized void leave() {
        if (termination != null) {
            termination.leave();
        }
    }

    @Override
    @CheckForNull
    public synchronized String cause(@CheckForNull String cause) {
        String problem = termination == null ? null : termination.problem();
        return problem == null ? cause : "it is not terminated: " + problem;
    }

    @Override
    @NonNull
    public String conclusion(@NonNull EnvironmentSnapshot last, @CheckForNull String cause) {
        return last.name() + " is " + last.status() + "; live is " + sides().blue() + ": " + sides().cname();
    }
}
