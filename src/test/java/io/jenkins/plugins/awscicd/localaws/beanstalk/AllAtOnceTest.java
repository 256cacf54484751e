package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentHealthStatus;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentStatus;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentResponse;

/** Deployments to all instances at once. */
class AllAtOnceTest extends SteppedEnvironments {

    @Test
    void goesItsWay() {
        add(web().instances(2));
        EnvironmentDescription before = web("Ready", "v1", "Green");
        assertEquals(EnvironmentHealthStatus.OK, before.healthStatus());
        assertFalse(before.abortableOperationInProgress());
        UpdateEnvironmentResponse answer = beanstalk.updateEnvironment(
                request -> request.environmentName(WEB).versionLabel("v2"));
        assertEquals(EnvironmentStatus.UPDATING, answer.status());
        assertEquals("v1", answer.versionLabel());
        // DescribeEnvironments is late.
        assertFalse(web("Ready", "v1", "Green").abortableOperationInProgress());
        advanceMillis(1000);
        assertTrue(web("Updating", "v1", "Green").abortableOperationInProgress());
        advance(1);
        web("Updating", "v1", "Green");
        advance(1);
        assertFalse(web("Ready", "v2", "Green").abortableOperationInProgress());
        advance(1);
        web("Ready", "v2", "Green");
        assertEquals(
                List.of(
                        "Environment update is starting.",
                        "Deploying new version to instance(s).",
                        "Instance deployment completed successfully.",
                        "Instance deployment completed successfully.",
                        "New application version was deployed to running EC2 instances.",
                        "Environment update completed successfully."),
                reported(answer.responseMetadata().requestId()));
        assertEquals(List.of("v2", "v2"), aws.beanstalk().environment(WEB).instanceVersions());
    }

    @Test
    void failsEverywhere() {
        EnvironmentSpec spec = web();
        spec.simulation().failing("v2", Simulation.OUTPUT);
        add(spec);
        String request = deploy();
        advance(10);
        assertEquals(EnvironmentHealthStatus.DEGRADED, web("Ready", "v1", "Red").healthStatus());
        assertEquals(
                List.of(
                        "Environment update is starting.",
                        "Deploying new version to instance(s).",
                        "ERROR: Instance deployment failed. For details, see 'eb-engine.log'.",
                        "ERROR: [Instance: i-00000000000000001] Command failed on instance. Return code: 1 Output: Engine"
                                + " execution has encountered an error..",
                        "Command execution completed on all instances. Summary: [Successful: 0, Failed: 1].",
                        "ERROR: Unsuccessful command execution on instance id(s) 'i-00000000000000001'. Aborting the"
                                + " operation.",
                        "ERROR: Failed to deploy application.",
                        "ERROR: During an aborted deployment, some instances may have deployed the new application version."
                                + " To ensure all instances are running the same version, re-deploy the appropriate application"
                                + " version."),
                reported(request));
    }

    @Test
    void waitsForNobody() {
        add(web());
        deploy();
        refused(
                "InvalidParameterValue",
                "Environment named web-prod is in an invalid state for this operation. Must be Ready.",
                this::deploy);
    }

    @Test
    void needsAVersionThatIsThere() {
        add(web());
        refused(
                "InvalidParameterValue",
                "No Application Version named 'v3' found.",
                () -> beanstalk.updateEnvironment(
                        request -> request.environmentName(WEB).versionLabel("v3")));
        refused(
                "InvalidParameterValue",
                "No Environment found for EnvironmentName = 'nowhere'.",
                () -> beanstalk.updateEnvironment(
                        request -> request.environmentName("nowhere").versionLabel("v2")));
    }
}
