package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.bundle.BundleException;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.execution.Outcome;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How a step ends: if it fails, so that a script can catch it, and a reader sees where and why. */
final class StepFailures {

    private static final Logger LOGGER = Logger.getLogger(StepFailures.class.getName());

    private StepFailures() {}

    /** Ends a step. */
    static void conclude(@NonNull StepContext context, @NonNull Outcome outcome) {
        if (outcome.failure() != null) {
            context.onFailure(reported(outcome.failure()));
        } else if (outcome.result() != null) {
            context.onSuccess(outcome.result());
        } else {
            mark(context, outcome.verdict());
            context.onFailure(exception(outcome.verdict()));
        }
    }

    private static Result result(Verdict verdict) {
        return switch (verdict.end()) {
            case SUCCEEDED -> Result.SUCCESS;
            case FAILED, REFUSED -> Result.FAILURE;
            case STOPPED -> Result.ABORTED;
            case SUPERSEDED -> Result.NOT_BUILT;
        };
    }

    /**
     * A failure is a plain one, so that catchError can make of it what the script says: of an exception with a result of its
     * own it would not. Any other result needs that; but it is no interruption, and can be retried.
     */
    private static Exception exception(Verdict verdict) {
        String reason = reason(verdict);
        return verdict.end() == Verdict.End.FAILED
                ? new AbortException(reason)
                : new FlowInterruptedException(result(verdict), false, new JobFailure(reason, verdict.url()));
    }

    /** AWS's words are in it, or those of whoever answers at an endpoint: Jenkins prints a failure as it is. */
    private static String reason(Verdict verdict) {
        String reason = verdict.reason();
        return reason == null ? "" : PlainText.lines(reason);
    }

    /** Shows in the graph that this step is the one that went wrong, whatever the script makes of it. */
    private static void mark(StepContext context, Verdict verdict) {
        try {
            FlowNode node = context.get(FlowNode.class);
            if (node != null) { // as it is in a Pipeline
                node.addOrReplaceAction(new WarningAction(result(verdict)).withMessage(reason(verdict)));
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Cannot mark a step", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What we have put into words is shown without a stack trace. The rest is passed on as it is: a lost agent, say, is for
     * retry to recognize.
     */
    static Throwable reported(Throwable why) {
        BundleException ofBundle = BundleException.in(why);
        if (ofBundle != null) {
            return new AbortException(plain(ofBundle));
        }
        boolean inWords = why instanceof AwsCallException
                || why instanceof Refused
                || why instanceof IllegalArgumentException
                || why instanceof CancellationException;
        return inWords ? new AbortException(plain(why)) : why;
    }

    @CheckForNull
    private static String plain(Throwable why) {
        return why.getMessage() == null ? null : PlainText.lines(why.getMessage());
    }
}
