package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.guard.Admission;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalArguments;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.CloudFormation;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** A change set that people are asked about: what it does is for AWS to say, where a script gives its ARN alone, or approvers of a stage decide. Plain data, kept with a running step. */
final class AskedChangeSet implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String stack;
    private final String id;

    private AskedChangeSet(String stack, String id) {
        this.stack = stack;
        this.id = id;
    }

    /**
     * @param what as the script gives it; null is given back unless it is such a change set
     * @param guarded whether approvers of a stage are asked: then what a step has returned is asked of AWS as well, since the step may have
     *     had it from any endpoint
     */
    @CheckForNull
    static AskedChangeSet of(@CheckForNull Object what, boolean guarded) {
        Object asked = ApprovalArguments.asked(what);
        if (asked instanceof StackResult planned) {
            return guarded && !planned.isExecuted() && planned.getChangeSet().startsWith("arn:")
                    ? new AskedChangeSet(planned.getStack(), planned.getChangeSet())
                    : null;
        }
        if (what instanceof Map<?, ?> call
                && call.get("stack") instanceof CharSequence stack
                && asked instanceof CharSequence id
                && id.toString().startsWith("arn:")) {
            return new AskedChangeSet(stack.toString(), id.toString());
        }
        return null;
    }

    /**
     * What it does, line by line. Blocks, calls AWS.
     *
     * @param stage whose approvers are asked; null for none
     * @throws AbortException if that is not known, and a stage is guarded for which it has to be
     */
    @NonNull
    List<String> details(@NonNull Run<?, ?> run, @CheckForNull ResolvedStage stage, @NonNull AwsAccess access)
            throws AbortException, InterruptedException {
        Admission.ofIdentity(run, stage, access);
        Admission.before(run, stage, List.of(), false, Instant.now());
        String why;
        try (AwsSession session = AwsConnections.get().open(access, run)) {
            return CloudFormation.planned(session, stack, id).get().details();
        } catch (ExecutionException e) {
            why = String.valueOf(e.getCause().getMessage());
        } catch (IllegalArgumentException e) { // there is nobody to ask AWS as
            why = String.valueOf(e.getMessage());
        }
        if (stage != null && stage.policy() != null) {
            throw new AbortException("awsApproval what: " + why);
        }
        return List.of(Messages.AskedChangeSet_notShown(why));
    }
}
