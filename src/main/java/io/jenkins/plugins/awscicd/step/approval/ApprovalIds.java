package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.awscicd.step.Messages;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.flow.StepListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStep;

/**
 * The ids of approvals' inputs. An answer goes to whichever input of the run has the id in its address: if a script could give another
 * input that id, whoever answers that one would approve what they have never seen.
 */
@Extension
public final class ApprovalIds implements StepListener {

    /** Begins with a capital, as the ids of inputs have to. */
    private static final String PREFIX = "Approval-";

    private static final Pattern OWN = Pattern.compile(PREFIX + "[0-9a-f]{8}-[0-9a-f]{4}(?:-\\d+)?");

    /** Tells the run's inputs apart, whatever they ask. */
    @NonNull
    static String next() {
        return PREFIX + UUID.randomUUID().toString().substring(0, 13);
    }

    /** Fails a step that would ask under such an id. */
    @Override
    public void notifyOfNewStep(@NonNull Step step, @NonNull StepContext context) {
        if (step instanceof InputStep input && OWN.matcher(input.getId()).matches()) {
            context.onFailure(new AbortException(Messages.ApprovalIds_taken(input.getId())));
        }
    }
}
