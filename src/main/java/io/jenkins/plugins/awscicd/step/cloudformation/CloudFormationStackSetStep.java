package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
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
 * {@code cloudFormationStackSet}: makes a stack set of CloudFormation, or changes it, and gives accounts and regions stacks
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html">UpdateStackSet</a>). What an
 * argument may be is known to {@link StackSetRequest} alone; the properties here are for forms and for the Snippet Generator.
 */
public final class CloudFormationStackSetStep extends StackSetArguments {

    @DataBoundConstructor
    public CloudFormationStackSetStep() {
        // everything is optional: what is needed depends on what is to be done
    }

    /** What is asked of the engine. */
    @NonNull
    StackSetRequest request() {
        return new StackSetRequest(toMap());
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
            throw new AbortException("cloudFormationStackSet " + Messages.CloudFormationDeployStep_noApproval());
        }
        return new CloudFormationStackSetStepExecution(context, this, stage);
    }

    /** Whether accounts that join the units later get stacks: yes or no, or a map. */
    @CheckForNull
    public Object getAutoDeployment() {
        return given("autoDeployment");
    }

    @DataBoundSetter
    public void setAutoDeployment(@CheckForNull Object autoDeployment) {
        set("autoDeployment", GivenValues.plain(autoDeployment));
    }

    /** The accounts that get stacks. */
    @CheckForNull
    public Object getAccounts() {
        return given("accounts");
    }

    @DataBoundSetter
    public void setAccounts(@CheckForNull Object accounts) {
        set("accounts", GivenValues.listed(accounts));
    }

    /** The organizational units whose accounts get stacks. */
    @CheckForNull
    public Object getOrganizationalUnits() {
        return given("organizationalUnits");
    }

    @DataBoundSetter
    public void setOrganizationalUnits(@CheckForNull Object organizationalUnits) {
        set("organizationalUnits", GivenValues.listed(organizationalUnits));
    }

    /** The regions in which they get stacks. */
    @CheckForNull
    public Object getRegions() {
        return given("regions");
    }

    @DataBoundSetter
    public void setRegions(@CheckForNull Object regions) {
        set("regions", GivenValues.listed(regions));
    }

    /** In how many accounts AWS is at work at once: a number, or a part such as {@code 25%}. */
    @CheckForNull
    public Object getMaxConcurrent() {
        return given("maxConcurrent");
    }

    @DataBoundSetter
    public void setMaxConcurrent(@CheckForNull Object maxConcurrent) {
        set("maxConcurrent", GivenValues.plain(maxConcurrent));
    }

    /** In how many accounts it may fail: a number, or a part such as {@code 10%}. */
    @CheckForNull
    public Object getFailureTolerance() {
        return given("failureTolerance");
    }

    @DataBoundSetter
    public void setFailureTolerance(@CheckForNull Object failureTolerance) {
        set("failureTolerance", GivenValues.plain(failureTolerance));
    }

    /** The order of regions. */
    @CheckForNull
    public Object getRegionOrder() {
        return given("regionOrder");
    }

    @DataBoundSetter
    public void setRegionOrder(@CheckForNull Object regionOrder) {
        set("regionOrder", GivenValues.listed(regionOrder));
    }

    @Extension
    public static final class DescriptorImpl extends CloudFormationStackSetStepDescriptor {}
}
