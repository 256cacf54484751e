package io.jenkins.plugins.awscicd.step.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.step.Arguments;
import io.jenkins.plugins.awscicd.step.AwsStep;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of {@code codePipeline} that say what is done with a pipeline, and how it is followed. */
public abstract class CodePipelineArguments extends AwsStep {

    /** Null in what an earlier version has kept. */
    private Arguments arguments;

    private Arguments arguments() {
        if (arguments == null) {
            arguments = new Arguments();
        }
        return arguments;
    }

    private String text(String name) {
        return arguments().get(name, String.class);
    }

    /** All that were given. */
    @NonNull
    final Map<String, Object> toMap() {
        return arguments().toMap();
    }

    /** What is done; null to start an execution. */
    @CheckForNull
    public String getOperation() {
        return text("operation");
    }

    @DataBoundSetter
    public void setOperation(@CheckForNull String operation) {
        arguments().set("operation", operation);
    }

    /** The execution that it is done with, by its id. */
    @CheckForNull
    public String getExecution() {
        return text("execution");
    }

    @DataBoundSetter
    public void setExecution(@CheckForNull String execution) {
        arguments().set("execution", execution);
    }

    /** The stage of the pipeline that it is done with. */
    @CheckForNull
    public String getPipelineStage() {
        return text("pipelineStage");
    }

    @DataBoundSetter
    public void setPipelineStage(@CheckForNull String pipelineStage) {
        arguments().set("pipelineStage", pipelineStage);
    }

    /** Which condition of a stage is overridden. */
    @CheckForNull
    public String getCondition() {
        return text("condition");
    }

    @DataBoundSetter
    public void setCondition(@CheckForNull String condition) {
        arguments().set("condition", condition);
    }

    /** Why an execution is stopped, or a transition disabled. */
    @CheckForNull
    public String getReason() {
        return text("reason");
    }

    @DataBoundSetter
    public void setReason(@CheckForNull String reason) {
        arguments().set("reason", reason);
    }

    /** Which actions of a failed stage are tried again. */
    @CheckForNull
    public String getRetryMode() {
        return text("retryMode");
    }

    @DataBoundSetter
    public void setRetryMode(@CheckForNull String retryMode) {
        arguments().set("retryMode", retryMode);
    }

    /** Whether an execution that is stopped abandons its actions; null for no. */
    @CheckForNull
    public Boolean getAbandon() {
        return arguments().get("abandon", Boolean.class);
    }

    @DataBoundSetter
    public void setAbandon(@CheckForNull Boolean abandon) {
        arguments().set("abandon", abandon);
    }

    /** Where manual approvals are answered; null for in AWS. */
    @CheckForNull
    public String getApprovals() {
        return text("approvals");
    }

    @DataBoundSetter
    public void setApprovals(@CheckForNull String approvals) {
        arguments().set("approvals", approvals);
    }

    /** What is reported; null for the pipeline alone. */
    @CheckForNull
    public String getFollow() {
        return text("follow");
    }

    @DataBoundSetter
    public void setFollow(@CheckForNull String follow) {
        arguments().set("follow", follow);
    }
}
