package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A step that waits goes on under the guards that it began with, over a restart and whatever becomes of its stage. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StageRestartTest extends RestartedRuns {

    private static final String TO_PROD = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";

    private static void prod(Consumer<StageGuards> guards) {
        AwsCicdConfiguration.get().setStages(List.of(StageStepTest.stage("prod", "prod", guards)));
    }

    @Test
    void whatWaitsIsHeldToTheGuardsOfItsStartAndToThoseOfNow() throws Throwable {
        sessions.then(jenkins -> {
            local.configure();
            GroupSpec group = GroupSpec.simulated("web", "prod");
            group.simulation().events(Duration.ofMillis(50)).event("Install", LONG);
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
            WorkflowRun web = run(jenkins, "web");
            comeToTheEnd(jenkins, web);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(web));
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
