package io.jenkins.plugins.awscicd.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import io.jenkins.plugins.casc.model.CNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationAsCodeTest extends AbstractRoundTripTest {

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
        assertEquals("prod", prod.getDefaults().getDeploymentGroup());
        StageGuards guards = prod.getGuards();
        assertEquals("release-managers", guards.getApprovers());
        assertEquals(2, guards.getApprovals());
        assertTrue(guards.isForbidSelfApproval());
        assertEquals("dev", guards.getAfter());
        assertEquals("main", guards.getBranches());
        assertEquals("Fri 16:00 - Mon 06:00 Europe/Berlin", guards.getClosedHours());
    }

    @Override
    protected String stringInLogExpected() {
        return ".region = eu-west-1";
    }

    @Test
    void export(@SuppressWarnings("unused") JenkinsRule jenkins) throws Exception {
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setCredentialsId("deployer");
        configuration.setRole("arn:aws:iam::123456789012:role/delivery");
        configuration.setExternalId("jenkins");
        configuration.setEndpoint("https://vpce-0123.example.com");
        Stage prod = new Stage("prod");
        StageAccess access = new StageAccess();
        access.setRole("arn:aws:iam::210987654321:role/delivery");
        prod.setAccess(access);
        StageDefaults defaults = new StageDefaults();
        defaults.setDeploymentGroup("prod");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setApprovals(2);
        guards.setAfter("dev");
        prod.setGuards(guards);
        configuration.setStages(List.of(new Stage("dev"), prod));
        CNode exported = getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()))
                .get("awsCicd");
        assertEquals(toStringFromYamlFile(this, "configuration-as-code-export.yaml"), toYamlString(exported));
    }
}
