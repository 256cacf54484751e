package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.harness.OwnJenkins;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Work that outlives its controller goes on; work that does not is told AWS. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@OwnJenkins
class CodePipelineActionRestartTest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    @Test
    void runGoesOnAfterARestartAndALostOneIsAFailure() throws Throwable {
        Actions actions = new Actions(local.aws()).set();
        AtomicReference<String> goesOn = new AtomicReference<>();
        AtomicReference<String> isLost = new AtomicReference<>();
        sessions.then(jenkins -> {
            local.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "web");
            job.setDefinition(new CpsFlowDefinition("sleep 15", true));
            Actions.trigger(job);
            Actions.work();
            goesOn.set(actions.execute("plain"));
            jenkins.waitForMessage("Sleeping", (WorkflowRun) Actions.run(job, 1));
            job.setDefinition(new CpsFlowDefinition("sleep 600", true));
            isLost.set(actions.execute("plain"));
            jenkins.waitForMessage("Sleeping", (WorkflowRun) Actions.run(job, 2));
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("web", WorkflowJob.class);
            assertEquals("Succeeded", actions.end("plain", goesOn.get()));
            assertEquals("InProgress", actions.status("plain", isLost.get()));
            job.getBuildByNumber(2).doKill();
            assertEquals("Failed", actions.end("plain", isLost.get()));
            assertTrue(actions.failure("plain", isLost.get()).contains("web #2"));
            assertEquals(2, job.getBuilds().size(), "each was run once");
        });
    }
}
