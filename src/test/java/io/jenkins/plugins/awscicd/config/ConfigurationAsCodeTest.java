package io.jenkins.plugins.awscicd.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import io.jenkins.plugins.casc.model.CNode;
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
        CNode exported = getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()))
                .get("awsCicd");
        assertEquals(toStringFromYamlFile(this, "configuration-as-code-export.yaml"), toYamlString(exported));
    }
}
