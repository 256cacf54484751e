package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code cloudFormationDeploy}: makes a stack of CloudFormation, or changes it, by a change set
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html">CreateChangeSet</a>). What an
 * argument may be is known to {@link StackRequest} alone; the properties here are for forms and for the Snippet Generator.
 */
public final class CloudFormationDeployStep extends CloudFormationArguments {

    @DataBoundConstructor
    public CloudFormationDeployStep() {
        // everything is optional: what is needed depends on what is to be done
    }

    /** What is asked of the engine. */
    @NonNull
    StackRequest request() {
        return new StackRequest(toMap());
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        return problems(null);
    }

    private List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems(stage));
        problems.addAll(request().problems());
        problems.addAll(abortProblems());
        return problems;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = checked(context, this::problems);
        if (Boolean.TRUE.equals(getApprove()) && context.get(FlowNode.class) == null) {
            throw new AbortException("cloudFormationDeploy " + Messages.CloudFormationDeployStep_noApproval());
        }
        return new CloudFormationDeployStepExecution(context, this, stage);
    }

    /** What an earlier version has kept is not sealed, or not all of it. */
    private Object readResolve() {
        setParameters(getParameters());
        return this;
    }

    /** Topics of SNS that hear of the stack. */
    @CheckForNull
    public Object getNotificationArns() {
        return given("notificationArns");
    }

    @DataBoundSetter
    public void setNotificationArns(@CheckForNull Object notificationArns) {
        set("notificationArns", GivenValues.listed(notificationArns));
    }

    /** Alarms that roll it back. */
    @CheckForNull
    public Object getRollbackAlarms() {
        return given("rollbackAlarms");
    }

    @DataBoundSetter
    public void setRollbackAlarms(@CheckForNull Object rollbackAlarms) {
        set("rollbackAlarms", GivenValues.listed(rollbackAlarms));
    }

    /** Resources that are there already, and become the stack's. */
    @CheckForNull
    public Object getResourcesToImport() {
        return given("resourcesToImport");
    }

    @DataBoundSetter
    public void setResourcesToImport(@CheckForNull Object resourcesToImport) {
        set("resourcesToImport", GivenValues.plain(resourcesToImport));
    }

    /** What updates may not touch, as JSON or as a map. */
    @CheckForNull
    public Object getStackPolicy() {
        return given("stackPolicy");
    }

    @DataBoundSetter
    public void setStackPolicy(@CheckForNull Object stackPolicy) {
        set("stackPolicy", GivenValues.plain(stackPolicy));
    }

    /** The change set that is executed: its ARN, its name, or what {@code cloudFormationDeploy} has returned. */
    @CheckForNull
    public Object getChangeSet() {
        return given("changeSet");
    }

    @DataBoundSetter
    public void setChangeSet(@CheckForNull Object changeSet) {
        set("changeSet", GivenValues.plain(changeSet));
    }

    /** Resources that are not deleted with the stack, by logical ID. */
    @CheckForNull
    public Object getRetain() {
        return given("retain");
    }

    @DataBoundSetter
    public void setRetain(@CheckForNull Object retain) {
        set("retain", GivenValues.listed(retain));
    }

    /** Whether a rollback that has failed is continued: true, or what it is to skip. */
    @CheckForNull
    public Object getContinueRollback() {
        return given("continueRollback");
    }

    @DataBoundSetter
    public void setContinueRollback(@CheckForNull Object continueRollback) {
        set("continueRollback", GivenValues.listed(continueRollback));
    }

    @Extension
    public static final class DescriptorImpl extends CloudFormationDeployStepDescriptor {}
}
