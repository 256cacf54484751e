package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ParameterDefinition;
import io.jenkins.plugins.awscicd.step.Arguments;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code awsApproval}. */
public abstract class AwsApprovalArguments extends AwsAccessStep {

    private final Arguments arguments = new Arguments();
    private List<ParameterDefinition> parameters = new ArrayList<>();

    AwsApprovalArguments(@CheckForNull String message) {
        arguments.set("message", message);
    }

    /** All that were given, but for the parameters. */
    @NonNull
    final Map<String, Object> toMap() {
        return arguments.toMap();
    }

    /** What is asked. */
    @CheckForNull
    public String getMessage() {
        return text("message");
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
}
