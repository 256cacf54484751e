package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.FileParameterDefinition;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalArguments;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.GivenChangeSet;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code awsApproval}: asks people whether something may be delivered. What an argument may be is known to {@link ApprovalRequest}
 * alone; the properties here are for forms and for the Snippet Generator.
 */
public final class AwsApprovalStep extends AwsApprovalArguments {

    /** What a script has given as what; null if it was words, or comes from a form. */
    private transient Object given;
    /** The revision that was given along with it. */
    private transient String revisionGiven;

    @DataBoundConstructor
    public AwsApprovalStep(@CheckForNull String message) {
        super(message);
    }

    @NonNull
    ApprovalRequest request() {
        return new ApprovalRequest(toMap());
    }

    /** The question, under the policy of a stage that is guarded. */
    @NonNull
    ApprovalRequest request(@CheckForNull ResolvedStage stage) {
        ApprovalPolicy policy = stage == null ? null : stage.policy();
        return policy == null ? request() : request().under(policy);
    }

    /** What exactly is asked about; null if no guard of the stage is going to look for it. */
    @CheckForNull
    AskedDelivery delivery(@CheckForNull ResolvedStage stage) {
        return stage == null || stage.policy() == null
                ? null
                : new AskedDelivery(given, given == null ? getRevision() : revisionGiven);
    }

    /** What people should know of what is asked about, line by line; empty if nothing more. */
    @NonNull
    List<String> details() {
        return ApprovalArguments.asked(given) instanceof Approvable made ? made.details() : List.of();
    }

    /** The change set that is asked about, if AWS is to say what it does; null if there is none. */
    @CheckForNull
    AskedChangeSet changeSet(@CheckForNull ResolvedStage stage) {
        return AskedChangeSet.of(given, stage != null && stage.policy() != null);
    }

    /** The same as the script gives it, before it is made words of. */
    void give(@CheckForNull Object what, @CheckForNull Object revision) {
        given = what instanceof CharSequence ? null : what;
        String text = revision == null ? "" : revision.toString().strip();
        revisionGiven = text.isEmpty() ? null : text;
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(request()
                .problems(
                        // Without asking where users are kept, which may take a while.
                        name -> User.getById(name, false) != null,
                        getParameters().stream()
                                .map(ParameterDefinition::getName)
                                .toList()));
        if (getParameters().stream().anyMatch(FileParameterDefinition.class::isInstance)) {
            problems.add("parameters: files are not supported; use another type of parameter");
        }
        String other = revisionGiven == null ? null : ApprovalArguments.otherRevision(given, revisionGiven);
        if (other != null) {
            problems.add("revision: what is asked about is " + other + ", and not " + revisionGiven
                    + ": leave revision out, or give it alone");
        }
        if (getNotify() != null || changeSet(stage) != null) {
            problems.addAll(accessProblems(stage));
        }
        return problems;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = resolve(context);
        List<String> problems = problems(stage);
        ApprovalPolicy policy = stage == null ? null : stage.policy();
        if (problems.isEmpty() && policy != null) {
            problems = request().loosened(stage.name(), policy);
        }
        if (problems.isEmpty() && !isNothing()) {
            try {
                delivery(stage);
            } catch (IllegalArgumentException e) {
                problems = List.of(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new AbortException("awsApproval " + String.join("\nawsApproval ", problems));
        }
        return isNothing()
                ? new NothingToApprove(context, getStage())
                : new AwsApprovalStepExecution(context, this, stage);
    }

    /** Whether what is asked about changes nothing. */
    private boolean isNothing() {
        return revisionGiven == null && GivenChangeSet.isNothing(given);
    }

    /** Where no stages are configured, their names are for people alone. */
    @Override
    @CheckForNull
    public ResolvedStage resolve(@NonNull StepContext context) throws IOException, InterruptedException {
        return Stages.of(context.get(Run.class).getParent()).all().isEmpty() ? null : super.resolve(context);
    }

    @Extension
    public static final class DescriptorImpl extends AwsApprovalStepDescriptor {}
}
