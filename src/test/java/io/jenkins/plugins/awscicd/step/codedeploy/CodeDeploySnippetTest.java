package io.jenkins.plugins.awscicd.step.codedeploy;

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
public class CodeDeploySnippetTest extends SnippetRoundTrips {

    /** With everything set, though AWS would not take all of it together. */
    public static final String WHOLE = "codeDeploy "
            + "alarms: [enabled: true, ignorePollAlarmFailure: false, names: ['web-errors', 'web-latency']], "
            + "application: 'web', "
            + "appspec: 'deploy/appspec-prod.yml', "
            + "autoRollback: [enabled: false, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']], "
            + "bucket: 'artifacts', "
            + "continueAfterReady: 'd-ABCDEF123', "
            + "credentialsId: 'deployer', "
            + "deploymentConfig: 'CodeDeployDefault.OneAtATime', "
            + "deploymentGroup: 'prod', "
            + "deploymentMode: 'RESTART', "
            + "description: 'a release', "
            + "directory: 'build', "
            + "endpoint: 'https://vpce-0123.example.com', "
            + "excludes: '**/*.map', "
            + "externalId: 'jenkins', "
            + "fileExistsBehavior: 'OVERWRITE', "
            + "ignoreApplicationStopFailures: false, "
            + "includes: 'appspec.yml, web.war', "
            + "keyPrefix: 'revisions/web', "
            + "kmsKey: 'alias/revisions', "
            + "maxUploadMb: 500, "
            + "onAbort: 'stopAndRollBack', "
            + "propagate: false, "
            + "region: 'eu-west-1', "
            + "registerOnly: true, "
            + "revision: 'workspace', "
            + "role: 'arn:aws:iam::123456789012:role/delivery', "
            + "roleSessionName: 'web-delivery', "
            + "rollBack: true, "
            + "stage: 'prod', "
            + "stop: 'd-ABCDEF123', "
            + "targetInstances: [autoScalingGroups: ['web-green', 'web-blue'], "
            + "ec2TagSet: [[filters: [[key: 'stage', type: 'KEY_AND_VALUE', value: 'prod'], [key: 'green', type: 'KEY_ONLY']]], "
            + "[filters: [[type: 'VALUE_ONLY', value: 'web']]]], "
            + "tagFilters: [[key: 'stage', type: 'KEY_AND_VALUE', value: 'prod']]], "
            + "timeoutMinutes: 45, "
            + "updateOutdatedInstancesOnly: true, "
            + "wait: 'ready', "
            + "waitType: 'TERMINATION_WAIT', "
            + "watch: 'd-ABCDEF123', "
            + "whenBusy: 'newestWins'";

    @Test
    void everyOption() throws Exception {
        CodeDeployStep step = whole();
        assertWhole(step);
        assertRoundTrip(step, WHOLE);
    }

    @Test
    void everyKindOfRevision() throws Exception {
        assertRevision("s3://artifacts/releases/web.zip", "'s3://artifacts/releases/web.zip'");
        assertRevision(
                map("bucket", "artifacts", "key", "web", "type", "tgz", "version", "v1", "eTag", "0a1b"),
                "[bucket: 'artifacts', key: 'web', type: 'tgz', version: 'v1', eTag: '0a1b']");
        assertRevision(
                map("repository", "acme/web", "commit", "0a1b2c3d"), "[repository: 'acme/web', commit: '0a1b2c3d']");
        assertRevision(
                map("appSpec", "version: 0.0\nResources: []", "sha256", "0a1b2c"),
                "[appSpec: '''version: 0.0\nResources: []''', sha256: '0a1b2c']");
        assertRevision("workspace", "'workspace'");
    }

    private static void assertRevision(Object revision, String written) throws Exception {
        CodeDeployStep step = new CodeDeployStep();
        step.setApplication("web");
        step.setRevision(revision);
        assertRoundTrip(step, "codeDeploy application: 'web', revision: " + written);
    }

    @Test
    void whetherToWaitIsNoText() throws Exception {
        for (Object wait : List.of(true, false)) {
            CodeDeployStep step = new CodeDeployStep();
            step.setWait(wait);
            assertRoundTrip(step, "codeDeploy wait: " + wait);
        }
    }

    @Test
    void partsThatAreLeftEmptyAreLeftOut() throws Exception {
        CodeDeployStep step = new CodeDeployStep();
        step.setApplication("web");
        step.setAlarms(new AlarmsOverride());
        TargetInstances targets = new TargetInstances();
        targets.setEc2TagSet(List.of(new TagFilterGroup()));
        step.setTargetInstances(targets);
        CodeDeployStep after = (CodeDeployStep) throughTheForm(step);
        assertNull(after.getAlarms());
        assertNull(after.getTargetInstances());
        assertEquals("codeDeploy application: 'web'", Snippetizer.object2Groovy(after));
    }

    public static CodeDeployStep whole() {
        CodeDeployStep step = new CodeDeployStep();
        step.setApplication("web");
        step.setDeploymentGroup("prod");
        step.setRevision("workspace");
        step.setDirectory("build");
        step.setIncludes("appspec.yml, web.war");
        step.setExcludes("**/*.map");
        step.setAppspec("deploy/appspec-prod.yml");
        step.setBucket("artifacts");
        step.setKeyPrefix("revisions/web");
        step.setKmsKey("alias/revisions");
        step.setMaxUploadMb(500);
        step.setDeploymentMode("RESTART");
        step.setDeploymentConfig("CodeDeployDefault.OneAtATime");
        step.setDescription("a release");
        step.setFileExistsBehavior("OVERWRITE");
        step.setIgnoreApplicationStopFailures(false);
        step.setUpdateOutdatedInstancesOnly(true);
        TargetInstances targets = new TargetInstances();
        targets.setAutoScalingGroups(List.of("web-green", "web-blue"));
        TagFilter production = filter("stage", "prod", "KEY_AND_VALUE");
        targets.setTagFilters(List.of(production));
        targets.setEc2TagSet(List.of(
                group(production, filter("green", null, "KEY_ONLY")), group(filter(null, "web", "VALUE_ONLY"))));
        step.setTargetInstances(targets);
        AutoRollbackOverride rollback = new AutoRollbackOverride();
        rollback.setEnabled(false);
        rollback.setEvents(List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"));
        step.setAutoRollback(rollback);
        AlarmsOverride alarms = new AlarmsOverride();
        alarms.setEnabled(true);
        alarms.setIgnorePollAlarmFailure(false);
        alarms.setNames(List.of("web-errors", "web-latency"));
        step.setAlarms(alarms);
        step.setRegisterOnly(true);
        step.setWait("ready");
        step.setContinueAfterReady("d-ABCDEF123");
        step.setWaitType("TERMINATION_WAIT");
        step.setStop("d-ABCDEF123");
        step.setRollBack(true);
        step.setWatch("d-ABCDEF123");
        step.setWhenBusy("newestWins");
        step.setTimeoutMinutes(45);
        step.setStage("prod");
        step.setRegion("eu-west-1");
        step.setCredentialsId("deployer");
        step.setRole("arn:aws:iam::123456789012:role/delivery");
        step.setExternalId("jenkins");
        step.setRoleSessionName("web-delivery");
        step.setEndpoint("https://vpce-0123.example.com");
        step.setPropagate(false);
        step.setOnAbort("stopAndRollBack");
        return step;
    }

    private static TagFilter filter(String key, String value, String type) {
        TagFilter filter = new TagFilter();
        filter.setKey(key);
        filter.setValue(value);
        filter.setType(type);
        return filter;
    }

    private static TagFilterGroup group(TagFilter... filters) {
        TagFilterGroup group = new TagFilterGroup();
        group.setFilters(List.of(filters));
        return group;
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
