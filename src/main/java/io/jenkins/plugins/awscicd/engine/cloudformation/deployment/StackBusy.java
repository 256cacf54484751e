package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** AWS is at work on the stack, and takes nothing else meanwhile. */
final class StackBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How AWS says so where it has no code for it. */
    private static final Pattern SAID = Pattern.compile("\\b[A-Z_]+_IN_PROGRESS\\b");

    private final String stackId;

    StackBusy(@NonNull String stackId, @NonNull String message) {
        super(message);
        this.stackId = stackId;
    }

    @NonNull
    String stackId() {
        return stackId;
    }

    /** @param refusal AWS's */
    StackBusy(@NonNull String stackId, @NonNull CloudFormationException refusal) {
        this(stackId, AwsCallException.said(refusal));
    }

    static boolean isSaidIn(@NonNull CloudFormationException refusal) {
        return SAID.matcher(AwsCallException.said(refusal)).find();
    }
}
