package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentStatus;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Event;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** What AWS is asked for besides the version, and what of that is told or taken back. */
@WithSharedJenkins
class BeanstalkUpdateStepTest extends BeanstalkRuns {

    private static final String BEGUN = "[Beanstalk] Environment update is starting.";
    private static final String VARIABLES = "aws:elasticbeanstalk:application:environment";

    private EnvironmentSpec slow() {
        EnvironmentSpec spec = environment().policy("Rolling").batch(1);
        spec.simulation().command(Duration.ofMinutes(10));
        return spec;
    }

    @Test
    void eventsAreToldOnceEachAndInOrder() throws Exception {
        local.aws().beanstalk().environment(environment().policy("Rolling").batch(1));

        WorkflowRun run = run(Result.SUCCESS, STEP);

        List<String> events = local.aws().beanstalk().events("web-prod").stream()
                .map(Event::message)
                .toList();
        List<String> told = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith("[Beanstalk] "))
                .map(line -> line.substring("[Beanstalk] ".length()))
                .filter(events::contains)
                .toList();
        assertEquals(events, told);
        assertTrue(events.size() > 5, "of three batches: " + events);
    }

    @Test
    void settingsReachTheEnvironmentBeforeTheVersion() throws Exception {
        local.aws().beanstalk().environment(environment().variable("OLD", 1).variable("KEPT", 2));

        WorkflowRun run = run(Result.SUCCESS, STEP + """
                , optionSettings: [[namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'COLOUR', value: 'blue']],
                  optionsToRemove: [[namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'OLD']]
                """);

        assertInOrder(
                run,
                "[Beanstalk] Changing the settings of web-prod before deploying v1",
                "[Beanstalk] Deploying v1 to web-prod, which runs v0",
                "[Beanstalk] web-prod runs v1 and is Green");
        assertEquals(Map.of("COLOUR", "blue", "KEPT", "2"), variables());
        assertEquals(2, calls("UpdateEnvironment"), "AWS takes settings and a version in updates of their own only");
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        try (ElasticBeanstalkClient client = Clients.of(local.aws()).beanstalk()) {
            client
                    .describeConfigurationSettings(
                            all -> all.applicationName("web").environmentName("web-prod"))
                    .configurationSettings()
                    .get(0)
                    .optionSettings()
                    .stream()
                    .filter(option -> option.namespace().equals(VARIABLES))
                    .forEach(option -> variables.put(option.optionName(), option.value()));
        }
        return variables;
    }

    @Test
    void theVersionBeforeIsBroughtBackAndTheStepFailsAllTheSame() throws Exception {
        EnvironmentSpec spec = environment().policy("Rolling").batch(1);
        spec.simulation().failing("v1", "no such port");
        local.aws().beanstalk().environment(spec);

        WorkflowRun run = run(Result.FAILURE, STEP + ", onFailure: 'rollBack'");

        assertInOrder(
                run,
                "no such port",
                "[Beanstalk] Rolling web-prod back to v0",
                BEGUN,
                "[Beanstalk] Environment update completed successfully.",
                "ERROR: v1 to web-prod failed: ",
                "; rolled back to 'v0'");
        assertEquals(
                List.of("v0", "v0", "v0"),
                local.aws().beanstalk().environment("web-prod").instanceVersions());
        assertEquals(2, calls("UpdateEnvironment"));
    }

    @Test
    void theThousandAndFirstVersionIsRefusedAndThoseThatAreThereAreNot() throws Exception {
        local.aws().beanstalk().environment(environment()); // with v0
        for (int i = 1; i < 1000; i++) {
            local.aws().beanstalk().version("web", "old-" + i, "artifacts", "2.zip");
        }

        WorkflowRun full = run(Result.FAILURE, STEP);

        jenkins.assertLogContains(
                "ERROR: bundle: no version can be created from it, because the account has reached its limit in eu-west-1: You cannot have"
                        + " more than 1000 Application Versions.",
                full);
        jenkins.assertLogContains("Delete versions that are no longer deployed", full);
        jenkins.assertLogNotContains("\tat ", full);
        assertEquals(0, calls("UpdateEnvironment"));

        run(Result.SUCCESS, "beanstalkDeploy " + WEB_TO_PROD + ", version: 'old-7'");
        assertEquals("old-7", local.aws().beanstalk().environment("web-prod").versionLabel());
    }

    @Test
    void aNewerRunOfTheJobAbortsTheUpdateOfAnOlderOne() throws Exception {
        EnvironmentSpec spec = slow();
        local.aws().beanstalk().environment(spec);
        WorkflowJob job = job("""
                beanstalkDeploy application: 'web', environment: 'web-prod', bundle: "s3://artifacts/${BUILD_NUMBER}.zip",
                    versionLabel: "v${BUILD_NUMBER}", whenBusy: 'abortOwn'
                """);
        WorkflowRun older = start(job);
        jenkins.waitForMessage("Batch 1: Starting application deployment command execution.", older); // for 10 minutes
        spec.simulation().command(LocalAwsExtension.SOON);

        WorkflowRun newer = start(job);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(older));
        jenkins.assertLogContains("ERROR: v1 to web-prod failed: ", older);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(newer));
        jenkins.assertLogContains("[Beanstalk] Aborting the update of " + job.getFullName() + " #1", newer);
        assertEquals(1, calls("AbortEnvironmentUpdate"));
        assertEquals("v2", local.aws().beanstalk().environment("web-prod").versionLabel());
    }

    /** The shortest limit is a minute. */
    @Test
    void whenItsTimeIsOverTheUpdateIsAbortedAndTheStepFails() throws Exception {
        EnvironmentSpec spec = slow();
        local.aws().beanstalk().environment(spec);

        WorkflowRun run = run(Result.FAILURE, STEP + ", timeoutMinutes: 1\necho 'went on'");

        assertInOrder(
                run,
                BEGUN,
                "[Beanstalk] Not done within 1 min",
                "[Beanstalk] ERROR  Failed to deploy application.",
                "ERROR: Not done within 1 min");
        jenkins.assertLogNotContains("went on", run);
        assertEquals(1, calls("AbortEnvironmentUpdate"));
        assertEquals(
                EnvironmentStatus.READY,
                local.aws().beanstalk().environment("web-prod").status());
    }
}
