package io.jenkins.plugins.awscicd.engine.beanstalk.journal;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Something cannot be begun, for a reason that is not AWS's refusal of a call; the message says it. */
public class StepFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StepFailure(@NonNull String message) {
        super(message);
    }
}
