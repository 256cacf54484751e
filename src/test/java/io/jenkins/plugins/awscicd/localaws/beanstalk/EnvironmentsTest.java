package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEnvironmentsResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/** The lives of environments apart from deployments. */
class EnvironmentsTest extends SteppedEnvironments {

    private static final String STACK = "64bit Amazon Linux 2023 v4.5.1 running Corretto 17";

    private CreateEnvironmentResponse create(String name) {
        return beanstalk.createEnvironment(request -> request.applicationName("web")
                .environmentName(name)
                .versionLabel("v2")
                .solutionStackName(STACK)
                .cnamePrefix(name));
    }

    @Test
    void areLaunched() {
        add(web());
        CreateEnvironmentResponse answer = create("web-green");
        assertEquals("Launching", answer.statusAsString());
        assertEquals("Grey", answer.healthAsString());
        assertNull(answer.endpointURL());
        refused("InvalidParameterValue", "Environment web-green already exists.", () -> create("web-green"));
        refused(
                "InvalidParameterValue",
                "Cannot terminate environment named web-green. It is currently pending creation.",
                () -> beanstalk.terminateEnvironment(request -> request.environmentName("web-green")));
        advance(10);
        EnvironmentDescription ready = describe("web-green");
        assertEquals(
                "Ready v2 Green", ready.statusAsString() + " " + ready.versionLabel() + " " + ready.healthAsString());
        assertEquals("web-green.eu-west-1.elasticbeanstalk.com", ready.cname());
        assertEquals(STACK, ready.solutionStackName());
        List<String> reported = reported(answer.responseMetadata().requestId());
        assertEquals("createEnvironment is starting.", reported.get(0));
        assertEquals("Successfully launched environment: web-green", reported.get(reported.size() - 1));
    }

    @Test
    void mayBeLaunchedBadly() {
        add(web());
        aws.beanstalk().simulation("web-green").failingNext("no");
        CreateEnvironmentResponse answer = create("web-green");
        advance(10);
        assertEquals("Red", describe("web-green").healthAsString());
        List<String> reported = reported(answer.responseMetadata().requestId());
        assertTrue(reported.get(reported.size() - 1)
                .startsWith("ERROR: Create environment operation is complete, but with errors."));
    }

    @Test
    void areTerminated() {
        add(web());
        String request = beanstalk
                .terminateEnvironment(terminate -> terminate.environmentName(WEB))
                .responseMetadata()
                .requestId();
        web("Terminating", "v1", "Grey");
        advance(1);
        web("Terminated", "v1", "Grey");
        assertNull(describe(WEB).cname());
        assertEquals(
                List.of(),
                beanstalk
                        .describeEnvironments(all -> all.environmentNames(WEB).includeDeleted(false))
                        .environments());
        assertEquals(
                1,
                beanstalk
                        .describeEnvironments(all -> all.environmentNames(WEB))
                        .environments()
                        .size(),
                "shown unless the request says otherwise");
        assertEquals(
                "terminateEnvironment completed successfully.",
                reported(request).get(2));
        // The name is free again.
        aws.beanstalk().environment(web());
        time.advance(Duration.ofMinutes(61));
        assertEquals(
                1,
                beanstalk
                        .describeEnvironments(all -> all.environmentNames(WEB))
                        .environments()
                        .size(),
                "the one that was terminated is forgotten");
    }

    @Test
    void swapTheirNames() {
        add(web());
        aws.beanstalk()
                .environment(EnvironmentSpec.simulated("web", "web-green").version("v2"));
        String request = beanstalk
                .swapEnvironmentCNAMEs(swap -> swap.sourceEnvironmentName(WEB).destinationEnvironmentName("web-green"))
                .responseMetadata()
                .requestId();
        assertEquals("web-prod.eu-west-1.elasticbeanstalk.com", describe(WEB).cname());
        advance(2);
        assertEquals("web-green.eu-west-1.elasticbeanstalk.com", describe(WEB).cname());
        assertEquals(
                "web-prod.eu-west-1.elasticbeanstalk.com", describe("web-green").cname());
        List<String> reported = reported(request);
        assertEquals("Swapping CNAMEs for environments 'web-prod' and 'web-green'.", reported.get(1));
        assertEquals(
                "Completed swapping CNAMEs for environments 'web-prod' and 'web-green'.",
                reported.get(reported.size() - 1));
        assertFalse(
                beanstalk.checkDNSAvailability(check -> check.cnamePrefix(WEB)).available());
        assertTrue(beanstalk
                .checkDNSAvailability(check -> check.cnamePrefix("web-blue"))
                .available());
    }

    @Test
    void areRebuiltAndRestarted() {
        add(web());
        List<String> before = aws.beanstalk().environment(WEB).instanceIds();
        beanstalk.rebuildEnvironment(request -> request.environmentName(WEB));
        advance(10);
        web("Ready", "v1", "Green");
        assertNotEquals(before, aws.beanstalk().environment(WEB).instanceIds());
        String id = describe(WEB).environmentId();
        beanstalk.restartAppServer(request -> request.environmentId(id));
        advanceMillis(1000);
        advance(2);
        web("Ready", "v1", "Green");
    }

    @Test
    void areListedByPages() {
        for (int i = 1; i <= 3; i++) {
            aws.beanstalk()
                    .environment(EnvironmentSpec.simulated("web", "web-" + i).version("v" + i));
        }
        DescribeEnvironmentsResponse page =
                beanstalk.describeEnvironments(all -> all.applicationName("web").maxRecords(2));
        assertEquals(2, page.environments().size());
        DescribeEnvironmentsResponse last = beanstalk.describeEnvironments(
                all -> all.applicationName("web").maxRecords(2).nextToken(page.nextToken()));
        assertEquals("web-3", last.environments().get(0).environmentName());
        assertNull(last.nextToken());
        assertEquals(
                "web-2",
                beanstalk
                        .describeEnvironments(all -> all.versionLabel("v2"))
                        .environments()
                        .get(0)
                        .environmentName());
        assertEquals(
                1,
                beanstalk
                        .describeEnvironmentResources(all -> all.environmentName("web-1"))
                        .environmentResources()
                        .instances()
                        .size());
    }

    @Test
    void areNotSeenByEverybody() {
        add(web());
        deploy();
        aws.beanstalk().hidden(true);
        assertEquals(List.of(), beanstalk.describeEnvironments().environments());
        assertEquals(List.of(), beanstalk.describeApplications().applications());
        assertEquals(List.of(), beanstalk.describeApplicationVersions().applicationVersions());
        assertEquals(List.of(), beanstalk.describeEvents().events());
    }

    @Test
    void haveAColourAloneWithBasicHealth() {
        add(web().basicHealth());
        assertNull(web("Ready", "v1", "Green").healthStatus());
        refused(
                "InvalidRequestException",
                "DescribeEnvironmentHealth is not supported.",
                () -> beanstalk.describeEnvironmentHealth(request -> request.environmentName(WEB)));
    }
}
