package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** A step that waits goes on under the guards that it began with, over a restart and whatever becomes of its stage. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@WithSharedJenkins
class StageRestartTest {

    private static final String TO_PROD = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @RegisterExtension
    final SharedSessions sessions = new SharedSessions();

    private static void prod(Consumer<StageGuards> guards) {
        AwsCicdConfiguration.get().setStages(List.of(StageStepTest.stage("prod", "prod", guards)));
    }

    private static WorkflowRun start(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun run(JenkinsRule jenkins, String name) {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        assertNotNull(job);
        return job.getBuildByNumber(1);
    }

    @Test
    void whatWaitsIsHeldToTheGuardsOfItsStartAndToThoseOfNow() throws Throwable {
        sessions.then(jenkins -> {
            local.configure();
            GroupSpec group = GroupSpec.simulated("web", "prod");
            group.simulation().events(Duration.ofMillis(50)).event("Install", Duration.ofSeconds(40));
            local.aws().codeDeploy().group(group);
            prod(guards -> guards.setJobs("web, waiting"));
            WorkflowRun web = start(jenkins, "web", TO_PROD);
            jenkins.waitForMessage("Deploying web to prod", web);
            prod(guards -> guards.setJobs("web"));
            WorkflowRun refused = start(jenkins, "refused", TO_PROD);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(refused));
            prod(guards -> guards.setJobs("web, waiting"));
            WorkflowRun waiting = start(jenkins, "waiting", TO_PROD);
            jenkins.waitForMessage("Waiting for d-", waiting);
            AwsCicdConfiguration.get().setStages(List.of());
            WorkflowRun late = start(jenkins, "late", TO_PROD);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(late));
            jenkins.assertLogContains("there is no stage 'prod', because no stages are configured", late);
            WorkflowRun loose = start(
                    jenkins, "loose", TO_PROD.replace("stage: 'prod'", "application: 'web', deploymentGroup: 'prod'"));
            jenkins.waitForMessage("Waiting", loose);
        });
        sessions.last(jenkins -> {
            prod(guards -> guards.setJobs("nowhere"));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "web")));
            WorkflowRun waiting = run(jenkins, "waiting");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(waiting));
            jenkins.assertLogContains("stage prod: job waiting may not deploy here, only nowhere", waiting);
            WorkflowRun loose = run(jenkins, "loose");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(loose));
            jenkins.assertLogContains("belongs to stage prod", loose); // what belongs to whom is as it is now
        });
        assertEquals(1, local.aws().codeDeploy().deployments().size());
    }
}
