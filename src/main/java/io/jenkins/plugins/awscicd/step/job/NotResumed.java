package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.BlockableResume;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

/**
 * The steps of Pipelines that are not resumed ({@code disableResume}): Pipeline ends them when the controller goes down, too late to stop
 * anything at AWS. So they are aborted before; what that means for a job there, the step says. Comes before the engine's own end.
 */
@Extension(ordinal = 1)
public final class NotResumed extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(NotResumed.class.getName());

    /** How long the controller's end waits for jobs to end; they are asked to at once. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private volatile boolean closing;

    @NonNull
    static NotResumed get() {
        return ExtensionList.lookupSingleton(NotResumed.class);
    }

    /** A step begins, which may be while others are waited for: then it is aborted at once. */
    void began(@NonNull RemoteJobExecution<?> step) {
        if (closing && endsWithController(step)) {
            abort(step);
        }
    }

    @Override
    public void onBeforeShutdown() {
        closing = true;
        List<RemoteJobExecution<?>> ending = LeftBehind.get().underWay().stream()
                .filter(NotResumed::endsWithController)
                .toList();
        ending.forEach(NotResumed::abort);
        try {
            LeftBehind.get().awaitEnd(ending, LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void abort(RemoteJobExecution<?> step) {
        step.stop(ControllerDown.abort());
    }

    /** As Pipeline decides it. */
    private static boolean endsWithController(@NonNull RemoteJobExecution<?> step) {
        try {
            FlowExecution program = step.getContext().get(FlowExecution.class);
            return program instanceof BlockableResume blockable
                    && blockable.isResumeBlocked()
                    && !program.getDurabilityHint().isPersistWithEveryStep();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Its run ends just now: " + step);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
