package io.jenkins.plugins.awscicd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.events.AwsEventQueues;
import io.jenkins.plugins.awscicd.events.EventQueue;
import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The configuration of a file, read when Jenkins starts, when it runs, and by its page. */
@OwnJenkins
@WithJenkins
class ConfigurationRoundTripTest extends AbstractRoundTripTest {

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule jenkins, String configContent) {
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        assertEquals("eu-west-1", configuration.getRegion());
        assertEquals("deployer", configuration.getCredentialsId());
        assertEquals("arn:aws:iam::123456789012:role/delivery", configuration.getRole());
        assertEquals("jenkins", configuration.getExternalId());
        assertEquals("https://vpce-0123.example.com", configuration.getEndpoint());
        assertEquals(
                List.of("dev", "prod"),
                configuration.getStages().stream().map(Stage::getName).toList());
        Stage prod = configuration.getStages().get(1);
        assertEquals("arn:aws:iam::210987654321:role/delivery", prod.getAccess().getRole());
        assertEquals("prod-deployer", prod.getAccess().getCredentialsId());
        assertEquals("prod", prod.getDefaults().getDeploymentGroup());
        assertEquals("shop-prod", prod.getDefaults().getEnvironment());
        StageGuards guards = prod.getGuards();
        assertEquals("release-managers", guards.getApprovers());
        assertEquals(2, guards.getApprovals());
        assertTrue(guards.isForbidSelfApproval());
        assertTrue(guards.isFoldersMayRelax());
        assertEquals("dev", guards.getAfter());
        assertEquals("main", guards.getBranches());
        assertEquals("shop/**", guards.getJobs());
        assertEquals("web/prod-*", guards.getTargets());
        assertEquals("Fri 16:00 - Mon 06:00 Europe/Berlin", guards.getClosedHours());
        EventQueue queue = AwsEventQueues.get().getQueues().get(0);
        assertEquals("arn:aws:sqs:eu-west-1:123456789012:jenkins-events", queue.getQueue());
        assertEquals("listener", queue.getAccess().getCredentialsId());
        assertEquals("delivery/**", queue.getJobs());
        assertEquals("codebuild, codecommit", queue.getServices());
        for (Object part : List.of(prod, prod.getAccess(), prod.getDefaults(), guards, queue, queue.getAccess())) {
            assertWhole(part);
        }
    }

    /** What is added to a stage or a queue some day is to be added to these files, too. */
    private static void assertWhole(Object part) {
        Map<String, ?> set = DescribableModel.uninstantiate2_(part).getArguments();
        for (DescribableParameter parameter : new DescribableModel<>(part.getClass()).getParameters()) {
            assertTrue(
                    set.containsKey(parameter.getName()),
                    () -> "configuration-as-code.yaml sets no " + parameter.getName());
        }
    }

    @Override
    protected String stringInLogExpected() {
        return ".region = eu-west-1";
    }
}
