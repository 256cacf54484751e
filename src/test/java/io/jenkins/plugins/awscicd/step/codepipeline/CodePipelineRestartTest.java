package io.jenkins.plugins.awscicd.step.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

class CodePipelineRestartTest extends RestartedRuns {

    @Test
    void goesOnAfterARestart() throws Throwable {
        local.aws().s3().createBucket("artifacts", true);
        local.aws()
                .codePipeline()
                .commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea"))
                .pipeline(PipelineSpec.named("web").source("acme/web").simulated("Deploy", "Ship"))
                .simulation("web")
                .takes("Ship", LONG);
        sessions.then(jenkins -> {
            local.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "delivery");
            job.setDefinition(
                    new CpsFlowDefinition("def done = codePipeline pipeline: 'web'\necho \"is ${done.status}\"", true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Deploy/Ship (Lambda)", run);
        });
        sessions.last(jenkins -> {
            WorkflowRun run = run(jenkins, "delivery");
            comeToTheEnd(jenkins, run);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is Succeeded", run);
            assertEquals(2, JenkinsRule.getLog(run).split("Started pipeline web", -1).length, "the start is told once");
        });
        assertEquals(1, local.aws().calls().count("CodePipeline.StartPipelineExecution"));
        assertEquals(1, local.aws().codePipeline().executions("web").size());
    }
}
