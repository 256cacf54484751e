package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Main;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** How much time whoever interrupts a step gives it. */
final class Interruptions {

    /**
     * {@code timeout} ends its body by force 60 seconds after it has asked it to end, in unit tests 5 seconds (TimeoutStepExecution of
     * Pipeline's basic steps): what a step has to say, it says before that.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(Main.isUnitTest ? 3 : 50);

    private static final String TIMEOUT = "org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution$ExceededTimeout";

    private Interruptions() {}

    /** How long the step may take to end; null if it is not ended by force, however long it takes. */
    @CheckForNull
    static Duration patience(@NonNull Throwable cause) {
        boolean forced = cause instanceof FlowInterruptedException interruption
                && interruption.getCauses().stream()
                        .anyMatch(one -> one.getClass().getName().equals(TIMEOUT));
        return forced ? PATIENCE : null;
    }
}
