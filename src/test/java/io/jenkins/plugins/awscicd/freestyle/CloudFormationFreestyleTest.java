package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationDeployStep;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationStackSetStep;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stacks and stack sets as build steps and after the build. */
@WithSharedJenkins
class CloudFormationFreestyleTest extends FreestyleBuilds {

    private static final Map<String, Object> TEMPLATE = Map.of("body", """
            Parameters: {Size: {Type: String, Default: small}}
            Resources: {Queue: {Type: 'AWS::SQS::Queue', Properties: {Size: !Ref Size}}}
            Outputs: {Size: {Value: !Ref Size}}
            """);

    private static CloudFormationDeployStep web() {
        CloudFormationDeployStep step = new CloudFormationDeployStep();
        step.setStack("web");
        step.setTemplate(TEMPLATE);
        step.setParameters(Map.of("Size", "size-$BUILD_NUMBER"));
        return step;
    }

    @Test
    void aStackIsMadeAndItsOutputsAreVariables() throws Exception {
        FreeStyleBuild build = run(
                Result.SUCCESS,
                new CloudFormationBuilder(web()),
                new Shell("echo \"$AWS_CLOUDFORMATION_STACK_NAME $AWS_CLOUDFORMATION_STACK_STATUS"
                        + " $AWS_CLOUDFORMATION_OUTPUT_Size\""),
                new CloudFormationPublisher(web()));
        jenkins.assertLogContains("[CloudFormation] Creating stack web", build);
        jenkins.assertLogContains("web CREATE_COMPLETE size-1", build);
        jenkins.assertLogContains("[CloudFormation] No changes", build);
    }

    @Test
    void aFailureFailsTheBuild() throws Exception {
        local.aws().cloudFormation().simulation("web").failing(Action.CREATE, "Queue", "No room");
        FreeStyleBuild build =
                run(Result.FAILURE, new CloudFormationBuilder(web()), new Shell("echo \"this is not run\""));
        jenkins.assertLogContains("[CloudFormation] Cause: Queue (AWS::SQS::Queue): No room", build);
        jenkins.assertLogContains("ERROR: stack web is in ROLLBACK_COMPLETE: Queue (AWS::SQS::Queue): No room", build);
        jenkins.assertLogNotContains("+ echo", build);
    }

    @Test
    void aStackSetIsMade() throws Exception {
        CloudFormationStackSetStep step = new CloudFormationStackSetStep();
        step.setStackSet("all");
        step.setTemplate(TEMPLATE);
        step.setAccounts("123456789012");
        step.setRegions("eu-west-1");
        CloudFormationStackSetStep after = new CloudFormationStackSetStep();
        after.setStackSet("all");
        after.setDelete(true);
        FreeStyleBuild build = run(
                Result.SUCCESS,
                new StackSetBuilder(step),
                new Shell("echo \"$AWS_STACKSET_NAME $AWS_STACKSET_STATUS\""),
                new StackSetPublisher(after));
        jenkins.assertLogContains("[StackSets] Created stack set all", build);
        jenkins.assertLogContains("all SUCCEEDED", build);
        jenkins.assertLogContains("[StackSets] Deleted stack set all", build);
        assertEquals(1, local.aws().calls().count("CloudFormation.DeleteStackSet"));
    }
}
