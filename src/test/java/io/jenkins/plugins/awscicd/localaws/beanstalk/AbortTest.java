package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationOptionSetting;

/** AbortEnvironmentUpdate. */
class AbortTest extends SteppedEnvironments {

    private String abort() {
        return beanstalk
                .abortEnvironmentUpdate(request -> request.environmentName(WEB))
                .responseMetadata()
                .requestId();
    }

    @Test
    void aDeploymentStopsWhereItIs() {
        add(web().instances(3).policy("Rolling").batch(1));
        String request = deploy();
        advanceMillis(2500);
        String abort = abort();
        web("Aborting", "v1", "Green");
        advance(2);
        web("Ready", "v1", "Red");
        assertEquals(List.of("v2", "v1", "v1"), aws.beanstalk().environment(WEB).instanceVersions());
        assertEquals(List.of("Environment update is aborting.", "Environment update was aborted."), reported(abort));
        assertEquals(
                "ERROR: Failed to deploy application.",
                reported(request).get(reported(request).size() - 2));
        advance(60);
        web("Ready", "v1", "Red");
    }

    @Test
    void aReplacementGoesAway() {
        add(web().instances(2).policy("Immutable"));
        deploy();
        advance(3);
        abort();
        advance(2);
        web("Ready", "v1", "Green");
        assertEquals(
                List.of("i-00000000000000001", "i-00000000000000002"),
                aws.beanstalk().environment(WEB).instanceIds());
    }

    @Test
    void settingsAreRolledBack() {
        add(web());
        String request = beanstalk
                .updateEnvironment(update -> update.environmentName(WEB)
                        .optionSettings(ConfigurationOptionSetting.builder()
                                .namespace("aws:elasticbeanstalk:application:environment")
                                .optionName("COLOUR")
                                .value("blue")
                                .build()))
                .responseMetadata()
                .requestId();
        advanceMillis(1500);
        abort();
        advance(2);
        web("Ready", "v1", "Green");
        assertTrue(reported(request).contains("The environment was reverted to the previous configuration setting."));
    }

    @Test
    void needsSomethingToAbort() {
        add(web());
        refused(
                "InvalidParameterValue",
                "Environment named web-prod is in an invalid state for this operation. Must be pending deployment.",
                this::abort);
    }
}
