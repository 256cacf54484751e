package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** AWS is at work on the stack set, and takes nothing else meanwhile. */
final class StackSetBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param refusal AWS's */
    StackSetBusy(@NonNull CloudFormationException refusal) {
        super(refusal);
    }
}
