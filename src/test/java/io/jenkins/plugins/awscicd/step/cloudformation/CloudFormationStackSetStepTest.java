package io.jenkins.plugins.awscicd.step.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stack sets in a Pipeline. */
@WithSharedJenkins
class CloudFormationStackSetStepTest extends PipelineRuns {

    private static final String CALL = "cloudFormationStackSet stackSet: 'all', template: [body: '''"
            + CloudFormationDeployStepTest.TEMPLATE
            + "'''], accounts: ['123456789012', '210987654321'], regions: ['eu-west-1'], maxConcurrent: 2";

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    @Test
    void itIsMadeChangedAndDeleted() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "def made = " + CALL + "\n" + """
                        echo "is ${made.status} in ${made.instances.size()}, first ${made.instances[0].status}"
                        def changed = cloudFormationStackSet stackSet: 'all', template: 'previous', parameters: [Size: 'large']
                        echo "is ${changed.status} after ${changed.operations.size()}"
                        cloudFormationStackSet stackSet: 'all', delete: true
                        """);
        assertInOrder(
                run,
                "[StackSets] Created stack set all",
                "[StackSets] Stack set all: CREATE SUCCEEDED, 2 of 2 stacks done",
                "is SUCCEEDED in 2, first SUCCEEDED",
                "[StackSets] Updating stack set all",
                "is SUCCEEDED after 1",
                "[StackSets] Deleted stack set all");
        assertEquals(List.of(), List.of(run.getRootDir().list((dir, name) -> name.startsWith("aws-cicd"))), "journals");
    }

    @Test
    void wrongArgumentsAreToldAtOnce() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "cloudFormationStackSet accounts: '12', whenBusy: 'go'");
        assertInOrder(run, "cloudFormationStackSet accounts: '12' is not the id of an account");
        jenkins.assertLogContains("cloudFormationStackSet stackSet: name the stack set", run);
    }

    @Test
    void onlyItsStageDeploysIt() throws Exception {
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setTargets("stackset/a*");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        jenkins.assertLogContains(
                "stack set all belongs to stage prod: add stage: 'prod' to the step", run(Result.FAILURE, CALL));
        assertEquals(0, local.aws().calls().count("CloudFormation.CreateStackSet"));
        run(Result.SUCCESS, CALL + ", stage: 'prod'");
    }

    /** The management account's stack sets are reached from the accounts of its delegated administrators, too. */
    @Test
    void aStackSetOfTheOrganizationBelongsToItsStageWhicheverAccountIsCalled() throws Exception {
        Stage prod = new Stage("prod");
        StageAccess access = new StageAccess();
        access.setRole("arn:aws:iam::111111111111:role/management");
        prod.setAccess(access);
        StageGuards guards = new StageGuards();
        guards.setTargets("stackset/all");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        local.aws().sts().role("arn:aws:iam::222222222222:role/sets", "sets");
        String elsewhere = ", role: 'arn:aws:iam::222222222222:role/sets', externalId: 'sets'";
        run(Result.SUCCESS, CALL + elsewhere);
        String managed =
                "cloudFormationStackSet stackSet: 'all', template: [body: 'Resources: {A: {Type: \"AWS::SNS::Topic\"}}']"
                        + elsewhere
                        + ", permissionModel: 'SERVICE_MANAGED', autoDeployment: false, callAs: 'DELEGATED_ADMIN'";
        jenkins.assertLogContains("stack set all belongs to stage prod", run(Result.FAILURE, managed));
    }
}
