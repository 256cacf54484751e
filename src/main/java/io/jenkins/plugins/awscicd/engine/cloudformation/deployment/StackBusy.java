package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Pattern;

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

    static boolean isSaidIn(@NonNull String message) {
        return SAID.matcher(message).find();
    }
}
