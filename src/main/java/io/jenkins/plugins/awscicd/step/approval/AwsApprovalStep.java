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
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.step.Arguments;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code awsApproval}: asks people whether something may be delivered. What an argument may be is known to {@link ApprovalRequest}
 * alone; the properties here are for forms and for the Snippet Generator.
 */
public final class AwsApprovalStep extends AwsAccessStep {

    private final Arguments arguments = new Arguments();
    private List<ParameterDefinition> parameters = new ArrayList<>();
    /** What a script has given as what; null if it was words, or comes from a form. */
    private transient Object what;
    /** The revision that was given along with it. */
    private transient String revisionGiven;

    @DataBoundConstructor
    public AwsApprovalStep(@CheckForNull String message) {
        arguments.set("message", message);
    }

    @NonNull
    ApprovalRequest request() {
        return new ApprovalRequest(arguments.toMap());
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
                : new AskedDelivery(what, what == null ? getRevision() : revisionGiven);
    }

    /** The same as the script gives it, before it is made words of. */
    void give(@CheckForNull Object given, @CheckForNull Object revision) {
        what = given instanceof CharSequence ? null : given;
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
                        parameters.stream().map(ParameterDefinition::getName).toList()));
        if (parameters.stream().anyMatch(FileParameterDefinition.class::isInstance)) {
            problems.add("parameters: an input takes no files; use another kind of parameter");
        }
        if (getNotify() != null) {
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
        if (problems.isEmpty()) {
            try {
                delivery(stage);
            } catch (IllegalArgumentException e) {
                problems = List.of(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new AbortException("awsApproval " + String.join("\nawsApproval ", problems));
        }
        return new AwsApprovalStepExecution(context, this, stage);
    }

    /** What is asked. */
    @CheckForNull
    public String getMessage() {
        return text("message");
    }

    /** Where no stages are configured, their names are for people alone. */
    @Override
    @CheckForNull
    public ResolvedStage resolve(@NonNull StepContext context) throws IOException, InterruptedException {
        return Stages.of(context.get(Run.class).getParent()).all().isEmpty() ? null : super.resolve(context);
    }

    /** The stage that it is approved for. */
    @Override
    @CheckForNull
    public String getStage() {
        return text("stage");
    }

    @Override
    @DataBoundSetter
    public void setStage(@CheckForNull String stage) {
        arguments.set("stage", stage);
    }

    /** What is to be approved, in words. */
    @CheckForNull
    public String getWhat() {
        return text("what");
    }

    @DataBoundSetter
    public void setWhat(@CheckForNull String what) {
        arguments.set("what", what);
    }

    /** The exact version of it. */
    @CheckForNull
    public String getRevision() {
        return text("revision");
    }

    @DataBoundSetter
    public void setRevision(@CheckForNull String revision) {
        arguments.set("revision", revision);
    }

    /** Address of a page about it. */
    @CheckForNull
    public String getLink() {
        return text("link");
    }

    @DataBoundSetter
    public void setLink(@CheckForNull String link) {
        arguments.set("link", link);
    }

    /** Users and groups, separated by commas. */
    @CheckForNull
    public String getApprovers() {
        return text("approvers");
    }

    @DataBoundSetter
    public void setApprovers(@CheckForNull String approvers) {
        arguments.set("approvers", approvers);
    }

    /** How many different people have to approve. */
    @CheckForNull
    public Integer getApprovals() {
        return arguments.get("approvals", Integer.class);
    }

    @DataBoundSetter
    public void setApprovals(@CheckForNull Integer approvals) {
        arguments.set("approvals", approvals);
    }

    /** Whether those who started the run are no approvers of it. */
    public boolean isForbidSelfApproval() {
        return flag("forbidSelfApproval");
    }

    @DataBoundSetter
    public void setForbidSelfApproval(boolean forbidSelfApproval) {
        arguments.set("forbidSelfApproval", forbidSelfApproval);
    }

    /** Whether an approval without a comment does not count. */
    public boolean isCommentRequired() {
        return flag("commentRequired");
    }

    @DataBoundSetter
    public void setCommentRequired(boolean commentRequired) {
        arguments.set("commentRequired", commentRequired);
    }

    /** Whether administrators are approvers, of runs that they started themselves too. */
    public boolean isAdministratorsExempt() {
        return flag("administratorsExempt");
    }

    @DataBoundSetter
    public void setAdministratorsExempt(boolean administratorsExempt) {
        arguments.set("administratorsExempt", administratorsExempt);
    }

    /** Caption of the button to approve. */
    @CheckForNull
    public String getOk() {
        return text("ok");
    }

    @DataBoundSetter
    public void setOk(@CheckForNull String ok) {
        arguments.set("ok", ok);
    }

    /** Caption of the button to reject. */
    @CheckForNull
    public String getCancel() {
        return text("cancel");
    }

    @DataBoundSetter
    public void setCancel(@CheckForNull String cancel) {
        arguments.set("cancel", cancel);
    }

    /** How long it may take, in {@linkplain #getUnit units}. */
    @CheckForNull
    public Integer getTimeout() {
        return arguments.get("timeout", Integer.class);
    }

    @DataBoundSetter
    public void setTimeout(@CheckForNull Integer timeout) {
        arguments.set("timeout", timeout);
    }

    /** The timeout's unit; null for the default, {@code MINUTES}. */
    @CheckForNull
    public String getUnit() {
        return text("unit");
    }

    @DataBoundSetter
    public void setUnit(@CheckForNull String unit) {
        arguments.set("unit", unit);
    }

    /** What the end of the time means; null for the default, {@code reject}. */
    @CheckForNull
    public String getOnTimeout() {
        return text("onTimeout");
    }

    @DataBoundSetter
    public void setOnTimeout(@CheckForNull String onTimeout) {
        arguments.set("onTimeout", onTimeout);
    }

    /** ARN of the SNS topic that hears of it. */
    @CheckForNull
    public String getNotify() {
        return text("notify");
    }

    @DataBoundSetter
    public void setNotify(@CheckForNull String topic) {
        arguments.set("notify", topic);
    }

    /** What an approver fills in besides the comment. */
    @NonNull
    public List<ParameterDefinition> getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(@CheckForNull List<ParameterDefinition> parameters) {
        this.parameters = parameters == null ? new ArrayList<>() : new ArrayList<>(parameters);
    }

    private String text(String name) {
        return arguments.get(name, String.class);
    }

    private boolean flag(String name) {
        return Boolean.TRUE.equals(arguments.get(name, Boolean.class));
    }

    @Extension
    public static final class DescriptorImpl extends AwsApprovalStepDescriptor {}
}
