package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationOptionSetting;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentInfoDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentInfoType;
import software.amazon.awssdk.services.elasticbeanstalk.model.Tag;

/** Settings, saved configurations, tags, platforms and logs. */
class ConfigurationTest extends SteppedEnvironments {

    private static ConfigurationOptionSetting policy(String value) {
        return ConfigurationOptionSetting.builder()
                .namespace("aws:elasticbeanstalk:command")
                .optionName("DeploymentPolicy")
                .value(value)
                .build();
    }

    private String configure(ConfigurationOptionSetting setting) {
        return beanstalk
                .updateEnvironment(request -> request.environmentName(WEB).optionSettings(setting))
                .responseMetadata()
                .requestId();
    }

    private String policy() {
        return beanstalk
                .describeConfigurationSettings(
                        request -> request.applicationName("web").environmentName(WEB))
                .configurationSettings()
                .get(0)
                .optionSettings()
                .stream()
                .filter(option -> option.optionName().equals("DeploymentPolicy"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void settingsAreUpdated() {
        add(web());
        assertEquals("AllAtOnce", policy());
        String request = configure(policy("Rolling"));
        advance(10);
        assertEquals("Rolling", policy());
        assertEquals(
                List.of(
                        "Environment update is starting.",
                        "Updating environment web-prod's configuration settings.",
                        "Instance deployment completed successfully.",
                        "Successfully deployed new configuration to environment.",
                        "Environment update completed successfully."),
                reported(request));
    }

    @Test
    void settingsThatFailAreTakenBack() {
        EnvironmentSpec spec = web();
        spec.simulation().failingNext("no");
        add(spec);
        String request = configure(policy("Rolling"));
        advance(10);
        assertEquals("AllAtOnce", policy());
        web("Ready", "v1", "Green");
        assertTrue(reported(request).contains("ERROR: Failed to deploy configuration."));
    }

    @Test
    void settingsAreChecked() {
        add(web());
        refused(
                "ConfigurationValidationException",
                "Configuration validation exception: Invalid option specification (Namespace:"
                        + " 'aws:elasticbeanstalk:command', OptionName: 'DeploymentPolicy'): Value 'Sometimes' is not valid."
                        + " Allowed values: [AllAtOnce, Rolling, RollingWithAdditionalBatch, Immutable, TrafficSplitting].",
                () -> configure(policy("Sometimes")));
        assertEquals(
                "DeploymentPolicy",
                beanstalk
                        .validateConfigurationSettings(request -> request.applicationName("web")
                                .environmentName(WEB)
                                .optionSettings(policy("Sometimes")))
                        .messages()
                        .get(0)
                        .optionName());
        refused(
                "InvalidParameterCombination",
                "You cannot update both the application version and the configuration settings.",
                () -> beanstalk.updateEnvironment(request ->
                        request.environmentName(WEB).versionLabel("v2").optionSettings(policy("Rolling"))));
    }

    @Test
    void anEnvironmentCanBeMadeFromATemplate() {
        add(web().policy("Rolling").variable("COLOUR", "blue"));
        String id = describe(WEB).environmentId();
        beanstalk.createConfigurationTemplate(
                request -> request.applicationName("web").templateName("prod").environmentId(id));
        beanstalk.createEnvironment(request -> request.applicationName("web")
                .environmentName("web-green")
                .templateName("prod")
                .versionLabel("v2"));
        advance(10);
        assertEquals(
                "blue",
                beanstalk
                        .describeConfigurationSettings(
                                request -> request.applicationName("web").environmentName("web-green"))
                        .configurationSettings()
                        .get(0)
                        .optionSettings()
                        .stream()
                        .filter(option -> option.optionName().equals("COLOUR"))
                        .findFirst()
                        .orElseThrow()
                        .value());
        beanstalk.deleteConfigurationTemplate(
                request -> request.applicationName("web").templateName("prod"));
        refused(
                "InvalidParameterValue",
                "No Configuration Template named 'web/prod' found.",
                () -> beanstalk.describeConfigurationSettings(
                        request -> request.applicationName("web").templateName("prod")));
    }

    @Test
    void aPlatformOfItsOwnDoesNotGoWithATemplate() {
        add(web());
        String id = describe(WEB).environmentId();
        beanstalk.createConfigurationTemplate(
                request -> request.applicationName("web").templateName("prod").environmentId(id));
        String stack = beanstalk.listAvailableSolutionStacks().solutionStacks().get(0);
        refused(
                "InvalidParameterCombination",
                "You cannot specify both TemplateName and SolutionStackName.",
                () -> beanstalk.createEnvironment(request -> request.applicationName("web")
                        .environmentName("web-green")
                        .templateName("prod")
                        .solutionStackName(stack)));
    }

    @Test
    void anOperationsRoleIsARoleOfTheAccount() {
        add(web());
        String stack = beanstalk.listAvailableSolutionStacks().solutionStacks().get(0);
        Consumer<String> create = role -> beanstalk.createEnvironment(request -> request.applicationName("web")
                .environmentName("web-green")
                .solutionStackName(stack)
                .operationsRole(role));
        refused(
                "InvalidParameterValue",
                "The operations role 'operations' is no IAM role of the account 123456789012.",
                () -> create.accept("operations"));
        create.accept("arn:aws:iam::123456789012:role/operations");
        assertEquals(
                "arn:aws:iam::123456789012:role/operations",
                describe("web-green").operationsRole());
    }

    @Test
    void tagsAreKept() {
        add(web().tag("stage", "prod"));
        String arn = describe(WEB).environmentArn();
        beanstalk.updateTagsForResource(request -> request.resourceArn(arn)
                .tagsToAdd(Tag.builder().key("team").value("web").build())
                .tagsToRemove("stage"));
        assertEquals(
                List.of(Tag.builder().key("team").value("web").build()),
                beanstalk
                        .listTagsForResource(request -> request.resourceArn(arn))
                        .resourceTags());
    }

    @Test
    void platformsAreListed() {
        String stack = beanstalk.listAvailableSolutionStacks().solutionStacks().get(0);
        assertEquals("64bit Amazon Linux 2023 v4.5.1 running Corretto 17", stack);
        assertEquals(6, beanstalk.listPlatformVersions().platformSummaryList().size());
        assertEquals(
                List.of("AllAtOnce", "Rolling", "RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"),
                beanstalk.describeConfigurationOptions(request -> {}).options().stream()
                        .filter(option -> option.name().equals("DeploymentPolicy"))
                        .findFirst()
                        .orElseThrow()
                        .valueOptions());
    }

    @Test
    void logsComeALittleLater() throws IOException {
        add(web().instances(2));
        String request = beanstalk
                .requestEnvironmentInfo(info -> info.environmentName(WEB).infoType(EnvironmentInfoType.TAIL))
                .responseMetadata()
                .requestId();
        assertEquals(List.of(), retrieve());
        advance(1);
        EnvironmentInfoDescription info = retrieve().get(0);
        assertEquals("i-00000000000000001", info.ec2InstanceId());
        try (InputStream in = URI.create(info.message()).toURL().openStream()) {
            String log = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(log.contains("/var/log/eb-engine.log"), log);
        }
        assertEquals("Pulled logs for environment instances.", reported(request).get(3));
    }

    private List<EnvironmentInfoDescription> retrieve() {
        return beanstalk
                .retrieveEnvironmentInfo(request -> request.environmentName(WEB).infoType(EnvironmentInfoType.TAIL))
                .environmentInfo();
    }
}
