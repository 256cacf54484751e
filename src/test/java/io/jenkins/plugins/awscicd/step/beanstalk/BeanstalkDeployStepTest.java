package io.jenkins.plugins.awscicd.step.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentStatus;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** How deployments to environments end, and what a Jenkinsfile makes of it. */
@WithSharedJenkins
class BeanstalkDeployStepTest extends BeanstalkRuns {

    @Test
    void scriptedDeploymentReturnsItsResult() throws Exception {
        local.aws().beanstalk().environment(environment());

        WorkflowRun run = run(Result.SUCCESS, """
                def name = 'web'
                def done = beanstalkDeploy application: "${name}", environment: "${name}-prod", bundle: "s3://artifacts/${1}.zip",
                    versionLabel: "v${1}", tags: [team: "${name}"]
                echo "${done.application} on ${done.environment} (${done.environmentId}): ${done.versionLabel} after ${done.previousVersionLabel}"
                echo "status ${done.status}, health ${done.health}, at ${done.url}, cause ${done.cause}"
                echo "console ${done.consoleUrl}"
                echo "blue/green ${done.cname} ${done.oldEnvironment} ${done.oldEnvironmentId} ${done.swapped} ${done.rolledBackTo} ${done.causes}"
                """);

        String id = local.aws().beanstalk().environment("web-prod").id();
        assertInOrder(
                run,
                "[Beanstalk] Created version v1",
                "[Beanstalk] Environment update is starting.",
                "[Beanstalk] Environment update completed successfully.",
                "[Beanstalk] web-prod runs v1 and is Green",
                "web on web-prod (" + id + "): v1 after v0",
                "status Ready, health Green",
                "at http://web-prod.eu-west-1.elasticbeanstalk.com, cause null",
                "console https://eu-west-1.console.aws.amazon.com/elasticbeanstalk/",
                "blue/green null null null false null []");
        assertEquals(
                "web to web-prod",
                ArgumentsAction.getStepArgumentsAsString(stepNode(run, "beanstalkDeploy")),
                "what the graph shows of the step");
        assertEquals(List.of(), List.of(run.getRootDir().list((dir, name) -> name.startsWith("aws-cicd"))), "journals");
        assertEquals(
                List.of("v1", "v1", "v1"),
                local.aws().beanstalk().environment("web-prod").instanceVersions());
    }

    @Test
    void declarativeDeployment() throws Exception {
        local.aws().beanstalk().environment(environment());

        run(Result.SUCCESS, """
                pipeline {
                  agent none
                  stages {
                    stage('Deploy') {
                      steps {
                        beanstalkDeploy application: 'web', environment: 'web-prod',
                          bundle: [bucket: 'artifacts', key: '1.zip'], process: true, health: 'Yellow', timeoutMinutes: 30
                      }
                    }
                  }
                }
                """);

        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void aFailedImmutableDeployFailsTheStepAlthoughTheEnvironmentIsReadyAndGreen() throws Exception {
        EnvironmentSpec spec = environment().policy("Immutable");
        spec.simulation().failing("v1", "no such port");
        local.aws().beanstalk().environment(spec);

        WorkflowRun run = run(Result.FAILURE, STEP);

        String last = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> !line.startsWith("Finished: "))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertEquals(
                EnvironmentStatus.READY,
                local.aws().beanstalk().environment("web-prod").status());
        jenkins.assertLogContains("no such port", run);
        jenkins.assertLogContains("ERROR: v1 to web-prod failed: ", run);
        assertEquals("ERROR: v1 to web-prod failed: ", last.substring(0, 30), last);
        assertEquals("; according to AWS it runs 'v0'", last.substring(last.indexOf(';')));
        WarningAction warning = stepNode(run, "beanstalkDeploy").getPersistentAction(WarningAction.class);
        assertNotNull(warning);
        assertEquals(Result.FAILURE, warning.getResult());
    }

    @Test
    void aRollingDeployThatFailsInItsSecondBatchFailsTheStep() throws Exception {
        EnvironmentSpec spec = environment().policy("Rolling").batch(1);
        spec.simulation().failingNextIn(2, "no such port");
        local.aws().beanstalk().environment(spec);

        WorkflowRun run = run(Result.FAILURE, STEP);

        assertInOrder(run, "no such port", "ERROR: v1 to web-prod failed: ");
    }

    @Test
    void withoutPropagateThePreviousVersionCanBeDeployedAgain() throws Exception {
        EnvironmentSpec spec = environment();
        spec.simulation().failing("v1", "no such port");
        local.aws().beanstalk().environment(spec);

        WorkflowRun run = run(Result.SUCCESS, """
                def done = beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 's3://artifacts/1.zip', versionLabel: 'v1', propagate: false
                echo "went on: ${done.cause}"
                if (done.cause) {
                  def back = beanstalkDeploy application: 'web', environment: 'web-prod', version: done.previousVersionLabel
                  echo "back at ${back.versionLabel}: ${back.cause}"
                }
                """);

        assertInOrder(run, "went on: ", "back at v0: null");
        assertEquals("v0", local.aws().beanstalk().environment("web-prod").versionLabel());
    }

    @Test
    void catchErrorMakesOfAFailureWhatTheScriptSays() throws Exception {
        EnvironmentSpec spec = environment();
        spec.simulation().failing("v1", "no such port");
        local.aws().beanstalk().environment(spec);

        WorkflowRun run = run(
                Result.UNSTABLE,
                "catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') { " + STEP + " }\necho 'after'");

        jenkins.assertLogContains("\nafter\n", run);
    }

    @Test
    void abortAbortsOrLeavesTheUpdate() throws Exception {
        EnvironmentSpec spec = environment().policy("Rolling").batch(1);
        spec.simulation().command(Duration.ofMinutes(10));
        local.aws().beanstalk().environment(spec);
        WorkflowRun left = start(job(STEP + ", onAbort: 'leave'"));
        jenkins.waitForMessage("[Beanstalk] Environment update is starting.", left);
        left.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(left));
        assertEquals(
                EnvironmentStatus.UPDATING,
                local.aws().beanstalk().environment("web-prod").status());
        assertEquals(0, calls("AbortEnvironmentUpdate"));

        EnvironmentSpec other = EnvironmentSpec.simulated("web", "web-dev")
                .policy("Rolling")
                .instances(3)
                .basicHealth();
        other.simulation().command(Duration.ofMinutes(10));
        local.aws().beanstalk().environment(other);
        WorkflowRun aborted = start(job(STEP.replace("web-prod", "web-dev")));
        jenkins.waitForMessage("[Beanstalk] Environment update is starting.", aborted);
        LocalAwsExtension.await(() -> local.aws().beanstalk().events("web-dev").stream()
                .anyMatch(event -> event.message().contains("Starting application deployment command execution")));
        other.simulation().command(LocalAwsExtension.SOON);
        aborted.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
        assertEquals(1, calls("AbortEnvironmentUpdate"));
        assertEquals(
                EnvironmentStatus.READY,
                local.aws().beanstalk().environment("web-dev").status());
    }

    @Test
    void whenBusyTheStepWaitsOrFails() throws Exception {
        EnvironmentSpec spec = environment();
        spec.simulation().command(Duration.ofMinutes(5));
        local.aws().beanstalk().environment(spec);
        WorkflowRun first = start(job(STEP));
        jenkins.waitForMessage("[Beanstalk] Environment update is starting.", first);
        WorkflowRun second = start(job(STEP.replace("v1", "v2").replace("1.zip", "2.zip")));
        jenkins.waitForMessage(
                "[Beanstalk] Waiting behind " + first.getFullDisplayName() + ", whose turn it is in 'web-prod'",
                second);

        WorkflowRun third = run(Result.FAILURE, STEP + ", whenBusy: 'fail'");

        jenkins.assertLogContains(
                "whenBusy: it is the turn of " + first.getFullDisplayName()
                        + " in 'web-prod'; wait for it with whenBusy: 'wait'",
                third);
        spec.simulation().command(LocalAwsExtension.SOON);
        local.advance(Duration.ofMinutes(5));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        assertEquals("v2", local.aws().beanstalk().environment("web-prod").versionLabel());
    }

    @Test
    void wrongArgumentsAreToldBeforeAnythingIsStarted() throws Exception {
        WorkflowRun run = run(Result.FAILURE, """
                beanstalkDeploy environment: 'web-prod', bundle: 's3://artifacts', version: 'v1', onAbort: 'stop', health: 'Blue', tags: [a: 1]
                """);

        jenkins.assertLogContains("beanstalkDeploy application: name the Elastic Beanstalk application", run);
        jenkins.assertLogContains("beanstalkDeploy bundle: 's3://artifacts' must have the form 's3://bucket/key'", run);
        jenkins.assertLogContains("beanstalkDeploy version: cannot be combined with bundle", run);
        jenkins.assertLogContains("beanstalkDeploy onAbort: 'stop' is not known; use one of abort, leave", run);
        jenkins.assertLogContains("beanstalkDeploy health: 'Blue' is not known; use one of Green, Yellow, any", run);
        jenkins.assertLogContains("beanstalkDeploy tags: only used for a new version", run);
        assertEquals(0, local.aws().calls().total());
    }

    @Test
    void whatIsNotThereAndWhatIsNotPermittedIsToldPlainly() throws Exception {
        WorkflowRun unknown = run(Result.FAILURE, STEP + ", createApplication: true");
        jenkins.assertLogContains(
                "environment: there is no environment 'web-prod' of application 'web' in eu-west-1, or these credentials may"
                        + " not see it; check both names, the region and the IAM action elasticbeanstalk:DescribeEnvironments",
                unknown);

        local.aws().beanstalk().environment(environment());
        local.aws().faults().on("ElasticBeanstalk.UpdateEnvironment").accessDenied();
        WorkflowRun denied = run(Result.FAILURE, STEP);
        jenkins.assertLogContains("that they allow the IAM action elasticbeanstalk:UpdateEnvironment", denied);
        jenkins.assertLogNotContains("\tat ", denied);
    }

    @Test
    void noSecretIsKeptOrShown() throws Exception {
        EnvironmentSpec spec = environment();
        spec.simulation().command(Duration.ofMinutes(10));
        local.aws().beanstalk().environment(spec);
        // Till AWS has taken it, the step has to keep the value.
        Fault refusal =
                local.aws().faults().on("ElasticBeanstalk.UpdateEnvironment").throttle();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("open-sesame")));
        WorkflowRun run = start(job("""
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                  beanstalkDeploy application: 'web', environment: 'web-prod', bundle: 's3://artifacts/1.zip',
                    optionSettings: [[namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'TOKEN', value: env.TOKEN]]
                }
                """));
        LocalAwsExtension.await(() -> refusal.hits() > 0);

        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains("open-sesame"), "in " + file);
                assertFalse(content.contains("secret-of-the-test"), "in " + file);
            }
        }
        run.doStop();
        jenkins.waitForCompletion(run);
    }
}
