package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.RestartedRuns;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Work that outlives its controller goes on; work that does not is told AWS. */
class CodePipelineActionRestartTest extends RestartedRuns {

    /** Actions call it web. */
    private static final String NAME = "restarted-web";

    @Test
    void runGoesOnAfterARestartAndALostOneIsAFailure() throws Throwable {
        Actions actions = new Actions(local.aws()).set();
        AtomicReference<String> goesOn = new AtomicReference<>();
        AtomicReference<String> isLost = new AtomicReference<>();
        sessions.then(jenkins -> {
            local.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, NAME);
            job.setDefinition(new CpsFlowDefinition("sleep 15", true));
            CodePipelineJobTrigger trigger = new CodePipelineJobTrigger();
            trigger.setProjectName("web");
            job.addTrigger(trigger);
            Actions.work();
            goesOn.set(actions.execute("plain"));
            jenkins.waitForMessage("Sleeping", (WorkflowRun) Actions.run(job, 1));
            job.setDefinition(new CpsFlowDefinition("sleep 600", true));
            isLost.set(actions.execute("plain"));
            jenkins.waitForMessage("Sleeping", (WorkflowRun) Actions.run(job, 2));
        });
        sessions.last(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName(NAME, WorkflowJob.class);
            assertEquals("Succeeded", actions.end("plain", goesOn.get()));
            assertEquals("InProgress", actions.status("plain", isLost.get()));
            job.getBuildByNumber(2).doKill();
            assertEquals("Failed", actions.end("plain", isLost.get()));
            assertTrue(actions.failure("plain", isLost.get()).contains(NAME + " #2"));
            assertEquals(2, job.getBuilds().size(), "each was run once");
            CodePipelineActions.get().setActionTypes(List.of());
            LocalAwsExtension.await(() -> JobWorkers.get().statuses().isEmpty());
        });
    }
}
