package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.lang.reflect.Method;
import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution;

/**
 * Has the one {@code timeout} of a run expire. Its time is Jenkins' own, which nobody can move: a short one may be over before what is
 * to run into it has begun, and a long one would have to be waited for.
 */
public final class ExpiredTimeout {

    /** The step of a Jenkinsfile, around what is to run into it. */
    public static final String LONG = "timeout(time: 1, unit: 'DAYS')";

    private ExpiredTimeout() {}

    public static void in(WorkflowRun run) throws Exception {
        FlowExecution execution = run.getExecution();
        assertNotNull(execution);
        List<TimeoutStepExecution> steps = execution.getCurrentExecutions(false).get().stream()
                .filter(TimeoutStepExecution.class::isInstance)
                .map(TimeoutStepExecution.class::cast)
                .toList();
        assertEquals(1, steps.size(), "timeouts of " + run);
        Method cancel = TimeoutStepExecution.class.getDeclaredMethod("cancel");
        cancel.setAccessible(true);
        cancel.invoke(steps.get(0));
    }
}
