package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotEmptyException;

/** The stack set has stacks, so that AWS does not delete it. */
final class StackSetNotEmpty extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param refusal AWS's */
    StackSetNotEmpty(@NonNull String stackSet, @NonNull StackSetNotEmptyException refusal) {
        super(
                "Stack set '" + stackSet
                        + "' is not deleted: AWS says that it has stacks, which somebody else may have created meanwhile",
                refusal);
    }
}
