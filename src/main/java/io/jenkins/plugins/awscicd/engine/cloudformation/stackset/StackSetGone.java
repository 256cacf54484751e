package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotFoundException;

/** Somebody else has deleted the stack set since it was found: what is left to do is to be looked at again. */
final class StackSetGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param refusal AWS's */
    StackSetGone(@NonNull StackSetNotFoundException refusal) {
        super(refusal);
    }
}
