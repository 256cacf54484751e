package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
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
                """);
        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertTrue(rehearsed.lines().contains("is CREATE_COMPLETE true"), rehearsed.console());
        assertTrue(rehearsed.aws().cloudFormation().has("web"));
    }
}
