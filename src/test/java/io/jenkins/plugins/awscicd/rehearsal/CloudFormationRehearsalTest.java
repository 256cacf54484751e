package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cloudFormationDeploy} in a rehearsal, on the real engine. */
class CloudFormationRehearsalTest {

    private Rehearsed rehearsed;

    @BeforeEach
    void begin(@TempDir Path workspace) throws Exception {
        rehearsed = new Rehearsed(workspace).file("infra/web.yaml", """
                Resources:
                  Queue: {Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: 30}}
                Outputs:
                  Name: {Value: !GetAtt Queue.QueueName}
                """);
    }

    @AfterEach
    void end() {
        rehearsed.close();
    }

    @Test
    void aStackIsMadeOfATemplateOfTheWorkspace() throws Exception {
        Result result = rehearsed.run("""
                def planned = cloudFormationDeploy stack: 'web', template: 'infra/web.yaml', execute: false
                def done = cloudFormationDeploy stack: 'web', changeSet: planned
                echo "is ${done.status} ${done.outputs.Name != null}"
                echo "reads ${cloudFormationOutputs('web') == done.outputs}"
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("is CREATE_COMPLETE true"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("reads true"), rehearsed.console());
        assertTrue(rehearsed.aws().cloudFormation().has("web"));
    }

    private static final String APPROVED = """
            def done = cloudFormationDeploy stack: 'web', template: 'infra/web.yaml', approve: true
            echo "is ${done.status}"
            """;

    @Test
    void theChangeSetIsApprovedWithinTheStep() throws Exception {
        Result result = rehearsed.approve(Approval.ALL).run(APPROVED);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.console().contains("To approve: change set of stack web (arn:"), rehearsed.console());
        assertTrue(rehearsed.lines().contains("is CREATE_COMPLETE"), rehearsed.console());
    }

    @Test
    void nothingIsDoneWithoutApproval() throws Exception {
        assertEquals(Result.ABORTED, rehearsed.approve(Approval.NONE).run(APPROVED), rehearsed.console());
        assertEquals(0, rehearsed.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }

    /** There is nothing to approve, and nothing to execute. */
    @Test
    void anEmptyChangeSetGoesOnWithoutAQuestion() throws Exception {
        Result result = rehearsed.approve(Approval.NONE).run("""
                cloudFormationDeploy stack: 'web', template: 'infra/web.yaml'
                def planned = cloudFormationDeploy stack: 'web', template: 'infra/web.yaml', execute: false
                def answer = awsApproval message: 'Change it?', what: planned
                def done = cloudFormationDeploy stack: 'web', changeSet: planned
                echo "is ${done.status}, executed ${done.executed}, asked ${answer.asked}, expired ${answer.expired}"
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(
                rehearsed.lines().contains("is CREATE_COMPLETE, executed false, asked false, expired false"),
                rehearsed.console());
        assertEquals(1, rehearsed.aws().calls().count("CloudFormation.ExecuteChangeSet"));
    }

    @Test
    void aStackSetGetsStacks() throws Exception {
        Result result = rehearsed.run("""
                def done = cloudFormationStackSet stackSet: 'all', template: 'infra/web.yaml',
                    accounts: ['123456789012'], regions: ['eu-west-1', 'us-east-1']
                echo "is ${done.status} in ${done.instances.size()}"
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("is SUCCEEDED in 2"), rehearsed.console());
    }
}
