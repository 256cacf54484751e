package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.SnippetRoundTrips;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;

@WithSharedJenkins
class BeanstalkSnippetTest extends SnippetRoundTrips {

    /** With everything set, though it would not be taken together. */
    private static final String WHOLE = "beanstalkDeploy "
            + "application: 'web', "
            + "bakeMinutes: 0, "
            + "bucket: 'releases', "
            + "bundle: 'dist', "
            + "cname: 'web-prod', "
            + "cnamePrefix: 'web-branch', "
            + "continueBlueGreen: 'e-abcdefghij', "
            + "createApplication: true, "
            + "createEnvironment: true, "
            + "credentialsId: 'deployer', "
            + "description: 'a release', "
            + "discardBlueGreen: 'e-abcdefghik', "
            + "endpoint: 'https://vpce-0123.example.com', "
            + "environment: 'web-prod', "
            + "environmentTags: [stage: 'prod'], "
            + "excludes: '**/*.map', "
            + "externalId: 'jenkins', "
            + "health: 'Yellow', "
            + "healthMinutes: 0, "
            + "healthTimeoutMinutes: 20, "
            + "includes: 'Procfile, web.jar', "
            + "keyPrefix: 'bundles/web', "
            + "kmsKey: 'alias/bundles', "
            + "logTail: false, "
            + "maxUploadMb: 100, "
            + "oldEnvironment: 'terminate', "
            + "onAbort: 'leave', "
            + "onFailure: 'rollBack', "
            + "operationsRole: 'arn:aws:iam::123456789012:role/operations', "
            + "optionSettings: [[namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'STAGE', value: 'prod'], [namespace: 'aws:autoscaling:scheduledaction', optionName: 'MinSize', resourceName: 'Nightly', value: '2']], "
            + "optionsToRemove: [[namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'DEBUG', resourceName: 'none']], "
            + "platformArn: 'arn:aws:elasticbeanstalk:eu-west-1::platform/Java/1', "
            + "process: false, "
            + "propagate: false, "
            + "region: 'eu-west-1', "
            + "reuseVersion: false, "
            + "role: 'arn:aws:iam::123456789012:role/delivery', "
            + "roleSessionName: 'web-delivery', "
            + "solutionStackName: '64bit Amazon Linux', "
            + "stage: 'prod', "
            + "strategy: 'blueGreen', "
            + "swap: false, "
            + "tags: [team: 'shop', commit: '0a1b'], "
            + "templateName: 'saved', "
            + "terminateAfterMinutes: 30, "
            + "tier: 'Worker', "
            + "timeoutMinutes: 45, "
            + "twin: 'web-green', "
            + "version: 'v0', "
            + "versionLabel: 'v1', "
            + "whenBusy: 'fail'";

    @Test
    void everyOption() throws Exception {
        BeanstalkDeployStep step = whole();
        assertWhole(step);
        assertRoundTrip(step, WHOLE);
    }

    @Test
    void whatIsLeftEmptyIsLeftOut() throws Exception {
        BeanstalkDeployStep step = new BeanstalkDeployStep();
        step.setApplication("web");
        step.setTags(Map.of());
        BeanstalkDeployStep after = (BeanstalkDeployStep) throughTheForm(step);
        assertNull(after.getTags());
        assertNull(after.getBundle());
        assertEquals("beanstalkDeploy application: 'web'", Snippetizer.object2Groovy(after));
    }

    private static BeanstalkDeployStep whole() {
        BeanstalkDeployStep step = new BeanstalkDeployStep();
        step.setApplication("web");
        step.setEnvironment("web-prod");
        step.setBundle("dist");
        step.setIncludes("Procfile, web.jar");
        step.setExcludes("**/*.map");
        step.setBucket("releases");
        step.setKeyPrefix("bundles/web");
        step.setKmsKey("alias/bundles");
        step.setMaxUploadMb(100);
        step.setVersion("v0");
        step.setVersionLabel("v1");
        step.setDescription("a release");
        Map<String, Object> tags = new LinkedHashMap<>();
        tags.put("team", "shop");
        tags.put("commit", "0a1b");
        step.setTags(tags);
        step.setReuseVersion(false);
        step.setProcess(false);
        step.setCreateApplication(true);
        step.setWhenBusy("fail");
        step.setHealth("Yellow");
        step.setHealthMinutes(0);
        step.setHealthTimeoutMinutes(20);
        step.setTimeoutMinutes(45);
        step.setBakeMinutes(0);
        step.setCname("web-prod");
        step.setCnamePrefix("web-branch");
        step.setContinueBlueGreen("e-abcdefghij");
        step.setDiscardBlueGreen("e-abcdefghik");
        step.setCreateEnvironment(true);
        step.setLogTail(false);
        step.setOldEnvironment("terminate");
        step.setOnFailure("rollBack");
        step.setOperationsRole("arn:aws:iam::123456789012:role/operations");
        step.setPlatformArn("arn:aws:elasticbeanstalk:eu-west-1::platform/Java/1");
        step.setSolutionStackName("64bit Amazon Linux");
        step.setStrategy("blueGreen");
        step.setSwap(false);
        step.setTemplateName("saved");
        step.setTerminateAfterMinutes(30);
        step.setTier("Worker");
        step.setTwin("web-green");
        step.setEnvironmentTags(Map.of("stage", "prod"));
        step.setOptionSettings(List.of(
                setting("aws:elasticbeanstalk:application:environment", "STAGE", "prod", null),
                setting("aws:autoscaling:scheduledaction", "MinSize", "2", "Nightly")));
        OptionToRemove removed = new OptionToRemove();
        removed.setNamespace("aws:elasticbeanstalk:application:environment");
        removed.setOptionName("DEBUG");
        removed.setResourceName("none");
        step.setOptionsToRemove(List.of(removed));
        step.setStage("prod");
        step.setRegion("eu-west-1");
        step.setCredentialsId("deployer");
        step.setRole("arn:aws:iam::123456789012:role/delivery");
        step.setExternalId("jenkins");
        step.setRoleSessionName("web-delivery");
        step.setEndpoint("https://vpce-0123.example.com");
        step.setPropagate(false);
        step.setOnAbort("leave");
        return step;
    }

    private static OptionSetting setting(String namespace, String name, String value, String resource) {
        OptionSetting setting = new OptionSetting();
        setting.setNamespace(namespace);
        setting.setOptionName(name);
        setting.setValue(value);
        setting.setResourceName(resource);
        return setting;
    }
}
