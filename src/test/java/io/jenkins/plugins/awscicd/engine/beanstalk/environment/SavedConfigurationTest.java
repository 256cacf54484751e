package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationDeploymentStatus;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationSettingsDescription;

class SavedConfigurationTest {

    private static String content(String value, Consumer<ConfigurationSettingsDescription.Builder> change) {
        ConfigurationSettingsDescription.Builder saved = ConfigurationSettingsDescription.builder()
                .templateName("large")
                .optionSettings(option -> option.namespace("aws:elasticbeanstalk:application:environment")
                        .optionName("DateUpdated")
                        .value(value));
        change.accept(saved);
        return SavedConfiguration.of("web", "large", saved::build)
                .read(text -> text)
                .get("templateName content");
    }

    @Test
    void onlyWhatAnEnvironmentGetsIsCompared() {
        String before = content("1", none -> {});
        assertEquals(
                before, content("1", saved -> saved.dateUpdated(Instant.EPOCH).description("as of May")));
        assertEquals(before, content("1", saved -> saved.deploymentStatus(ConfigurationDeploymentStatus.PENDING)));
        assertNotEquals(before, content("2", none -> {}));
        assertNotEquals(before, content("1", saved -> saved.platformArn("arn:aws:elasticbeanstalk:::platform/x")));
    }
}
