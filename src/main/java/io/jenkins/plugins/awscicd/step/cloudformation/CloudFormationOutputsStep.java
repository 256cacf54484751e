package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.CloudFormation;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import io.jenkins.plugins.awscicd.step.AwsAccessStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.job.LookExecution;
import io.jenkins.plugins.awscicd.step.job.StageGate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code cloudFormationOutputs}: the outputs of a stack as it is now
 * (<a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>).
 */
public final class CloudFormationOutputsStep extends AwsAccessStep {

    private final String stack;

    @DataBoundConstructor
    public CloudFormationOutputsStep(@CheckForNull String stack) {
        this.stack = Util.fixEmptyAndTrim(stack);
    }

    /** The stack's name. */
    @CheckForNull
    public String getStack() {
        return stack;
    }

    /** What is wrong with the arguments; empty if nothing is. */
    @NonNull
    List<String> problems(@CheckForNull ResolvedStage stage) {
        List<String> problems = new ArrayList<>(accessProblems(stage));
        if (stack == null) {
            problems.add("stack: name the stack, such as cloudFormationOutputs 'web-fleet'");
        } else if (StackRequest.problemOf("stack", stack) != null) {
            problems.add("stack: " + StackRequest.problemOf("stack", stack));
        }
        return problems;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        ResolvedStage stage = checked(context, this::problems);
        return new Execution(context, this, stage);
    }

    private static final class Execution extends LookExecution<SortedMap<String, String>> {

        private static final long serialVersionUID = 1L;

        private final String stack;

        Execution(StepContext context, CloudFormationOutputsStep step, @CheckForNull ResolvedStage stage) {
            super(context, step, stage);
            this.stack = step.stack;
        }

        @Override
        protected String service() {
            return "CloudFormation";
        }

        /** What a stage's stacks show is for its own steps. */
        @Override
        protected void admit(StageGate asked) {
            asked.admitPlan(Target.Service.CLOUD_FORMATION, stack, List.of(stack));
        }

        @Override
        protected CompletableFuture<SortedMap<String, String>> look(AwsSession session, StageGate asked) {
            return CloudFormation.outputs(session, stack, asked.of(Target.Service.CLOUD_FORMATION, Map.of()));
        }
    }

    @Extension
    public static final class DescriptorImpl extends AwsAccessStepDescriptor {

        @Override
        public String getFunctionName() {
            return "cloudFormationOutputs";
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudFormationOutputsStep_displayName();
        }

        /** Arguments may be missing, or be no texts. */
        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return namedArgs.get("stack") instanceof String stack ? stack : null;
        }

        @POST
        public FormValidation doCheckStack(@AncestorInPath Item item, @QueryParameter String value) {
            return CloudFormationDeployStepDescriptor.checkStack(item, value);
        }
    }
}
