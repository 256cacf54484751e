package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BeanstalkSnippetTest extends SnippetRoundTrips {

    /** With everything set, though it would not be taken together. */
    private static final String WHOLE = "beanstalkDeploy "
            + "application: 'web', "
            + "bucket: 'releases', "
            + "bundle: 'dist', "
            + "createApplication: true, "
            + "credentialsId: 'deployer', "
            + "description: 'a release', "
            + "endpoint: 'https://vpce-0123.example.com', "
            + "environment: 'web-prod', "
            + "excludes: '**/*.map', "
            + "externalId: 'jenkins', "
            + "health: 'Yellow', "
            + "healthMinutes: 0, "
            + "healthTimeoutMinutes: 20, "
            + "includes: 'Procfile, web.jar', "
            + "keyPrefix: 'bundles/web', "
            + "kmsKey: 'alias/bundles', "
            + "maxUploadMb: 100, "
            + "onAbort: 'leave', "
            + "process: false, "
            + "propagate: false, "
            + "region: 'eu-west-1', "
            + "reuseVersion: false, "
            + "role: 'arn:aws:iam::123456789012:role/delivery', "
            + "roleSessionName: 'web-delivery', "
            + "tags: [team: 'shop', commit: '0a1b'], "
            + "timeoutMinutes: 45, "
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

    @TestExtension
    public static final class DescriptorImpl extends HolderDescriptor {}
}
