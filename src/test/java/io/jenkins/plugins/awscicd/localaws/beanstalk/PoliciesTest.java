package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEnvironmentHealthResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentHealthAttribute;
import software.amazon.awssdk.services.elasticbeanstalk.model.InstancesHealthAttribute;
import software.amazon.awssdk.services.elasticbeanstalk.model.SingleInstanceHealth;

/** Deployment policies, and how deployments fail with them. */
class PoliciesTest extends SteppedEnvironments {

    private List<String> versions() {
        return aws.beanstalk().environment(WEB).instanceVersions();
    }

    private DescribeEnvironmentHealthResponse health() {
        return beanstalk.describeEnvironmentHealth(
                request -> request.environmentName(WEB).attributeNames(EnvironmentHealthAttribute.ALL));
    }

    private List<SingleInstanceHealth> instances() {
        return beanstalk
                .describeInstancesHealth(
                        request -> request.environmentName(WEB).attributeNames(InstancesHealthAttribute.ALL))
                .instanceHealthList();
    }

    @Test
    void rollingGoesFromBatchToBatch() {
        add(web().instances(3).policy("Rolling").batch(2));
        String request = deploy();
        advanceMillis(2500);
        web("Updating", "v1", "Green");
        assertEquals(List.of("v2", "v2", "v1"), versions());
        assertEquals(List.of(), health().causes());
        advance(1);
        assertEquals(List.of("Application update in progress on 1 out of 3 instances."), health().causes());
        advance(10);
        web("Ready", "v2", "Green");
        assertEquals(List.of("v2", "v2", "v2"), versions());
        assertEquals(
                List.of(
                        "Environment update is starting.",
                        "Deploying new version to instance(s).",
                        "Batch 1: Starting application deployment on instance(s) [i-00000000000000001,i-00000000000000002].",
                        "Batch 1: De-registering instance(s) from the load balancer and waiting for them to go out of"
                                + " service.",
                        "Batch 1: Starting application deployment command execution.",
                        "Instance deployment completed successfully.",
                        "Instance deployment completed successfully.",
                        "Batch 1: Completed application deployment command execution.",
                        "Command execution completed on 2 of 3 instances in environment.",
                        "Batch 1: Registering instance(s) with the load balancer and waiting for them to be healthy.",
                        "Batch 1: Completed application deployment.",
                        "Batch 2: Starting application deployment on instance(s) [i-00000000000000003]."),
                reported(request).subList(0, 12));
    }

    @Test
    void aFailedBatchLeavesAMixture() {
        EnvironmentSpec spec = web().instances(3).policy("Rolling").batch(1);
        spec.simulation().failingNextIn(2, "npm failed");
        add(spec);
        String request = deploy();
        advance(10);
        web("Ready", "v1", "Red");
        assertEquals(List.of("v2", "v2", "v1"), versions());
        assertEquals("Degraded", health().healthStatus());
        assertEquals("Red", health().color());
        assertEquals(2, health().instancesHealth().degraded());
        assertEquals(1, health().instancesHealth().ok());
        assertEquals(
                List.of(
                        "Incorrect application version found on 2 out of 3 instances. Expected version \"v1\" (deployment"
                                + " 1)."),
                health().causes());
        List<SingleInstanceHealth> instances = instances();
        assertEquals("Deployed", instances.get(0).deployment().status());
        assertEquals("v2", instances.get(0).deployment().versionLabel());
        assertEquals(2, instances.get(0).deployment().deploymentId());
        assertEquals("Failed", instances.get(1).deployment().status());
        assertEquals(1, instances.get(2).deployment().deploymentId());
        assertEquals("Ok", instances.get(2).healthStatus());
        assertTrue(
                reported(request)
                        .contains(
                                "ERROR: [Instance: i-00000000000000002] Command failed on instance. Return code: 1 Output: npm failed."));
        // To deploy once more puts it right.
        deploy();
        advance(20);
        web("Ready", "v2", "Green");
    }

    @Test
    void badHealthEndsARollingDeployment() {
        EnvironmentSpec spec = web().instances(2).policy("Rolling").batchPercentage(50);
        spec.simulation().healthOf("v2", HealthStatus.SEVERE, "100.0 % of the requests are failing with HTTP 5xx.");
        add(spec);
        String request = deploy();
        advance(10);
        web("Ready", "v1", "Red");
        assertEquals(List.of("v2", "v1"), versions());
        assertEquals(
                "ERROR: Failed to deploy application.",
                reported(request).get(reported(request).size() - 2));
    }

    @Test
    void allAtOnceDoesNotLookAtHealth() {
        EnvironmentSpec spec = web();
        spec.simulation().healthOf("v2", HealthStatus.WARNING, "Slow.");
        add(spec);
        deploy();
        advance(10);
        web("Ready", "v2", "Yellow");
        assertEquals(List.of("Slow."), health().causes());
    }

    @Test
    void anAdditionalBatchComesAndGoes() {
        add(web().instances(2).policy("RollingWithAdditionalBatch").batch(1));
        String request = deploy();
        advance(4);
        assertEquals(3, instances().size());
        advance(20);
        web("Ready", "v2", "Green");
        assertEquals(
                List.of("i-00000000000000001", "i-00000000000000002"),
                aws.beanstalk().environment(WEB).instanceIds());
        assertTrue(reported(request).contains("Batch 3: Completed application deployment."));
        assertTrue(reported(request).contains("Terminating excess instance(s): [i-00000000000000003]."));
    }

    @Test
    void immutableReplacesTheInstances() {
        add(web().instances(2).policy("Immutable"));
        String request = deploy();
        advance(3);
        web("Updating", "v1", "Green");
        assertEquals(3, instances().size());
        advance(20);
        web("Ready", "v2", "Green");
        assertEquals(
                List.of("i-00000000000000003", "i-00000000000000004"),
                aws.beanstalk().environment(WEB).instanceIds());
        List<String> reported = reported(request);
        assertEquals(
                "Immutable deployment policy enabled. Launching one instance with the new settings to verify health.",
                reported.get(1));
        assertTrue(reported.contains("Test instance passed health checks. Launching remaining new instances."));
        assertTrue(reported.contains(
                "Waiting for instance(s) (i-00000000000000003,i-00000000000000004) to pass health checks."));
        assertEquals("Environment update completed successfully.", reported.get(reported.size() - 1));
    }

    @Test
    void aFailedReplacementLeavesEverythingAsItWas() {
        for (String policy : List.of("Immutable", "TrafficSplitting")) {
            EnvironmentSpec spec = EnvironmentSpec.simulated("web-" + policy, "web-" + policy)
                    .version("v1")
                    .instances(2)
                    .policy(policy);
            spec.simulation().failingNext("no");
            aws.beanstalk().environment(spec).version("web-" + policy, "v2", "bundles", "v2.zip");
            String request = beanstalk
                    .updateEnvironment(
                            update -> update.environmentName("web-" + policy).versionLabel("v2"))
                    .responseMetadata()
                    .requestId();
            advance(20);
            assertEquals("v1", describe("web-" + policy).versionLabel());
            assertEquals("Ready", describe("web-" + policy).statusAsString());
            assertEquals("Green", describe("web-" + policy).healthAsString());
            assertEquals(
                    List.of("v1", "v1"),
                    aws.beanstalk().environment("web-" + policy).instanceVersions());
            List<String> reported = reported(request);
            assertEquals("ERROR: Failed to deploy application.", reported.get(reported.size() - 1));
        }
    }

    @Test
    void splitTrafficIsLookedAt() {
        EnvironmentSpec spec = web().instances(2).policy("TrafficSplitting");
        add(spec);
        deploy();
        advance(4);
        spec.simulation().healthOf("v2", HealthStatus.DEGRADED, "Errors.");
        advance(20);
        web("Ready", "v1", "Green");
        spec.simulation().heal();
        deploy();
        advance(20);
        web("Ready", "v2", "Green");
    }
}
