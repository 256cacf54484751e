package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepFailure;

/** Somebody has swapped the CNAMEs of a pair before anything was begun: its sides are to be told apart anew. */
public final class SidesMoved extends StepFailure {

    private static final long serialVersionUID = 1L;

    public SidesMoved(@NonNull String message) {
        super(message);
    }
}
