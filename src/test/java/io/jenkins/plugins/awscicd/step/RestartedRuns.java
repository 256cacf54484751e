package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.Executor;
import io.jenkins.plugins.awscicd.harness.SharedSessions;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs of Pipelines that go on after a restart, against a local AWS for each test. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@WithSharedJenkins
public abstract class RestartedRuns {

    /** Longer than any restart takes; nobody waits for it. */
    protected static final Duration LONG = Duration.ofMinutes(5);

    @RegisterExtension
    protected final SharedSessions sessions = new SharedSessions();

    @RegisterExtension
    protected final LocalAwsExtension local = new LocalAwsExtension();

    public static WorkflowRun start(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** The first run of that job. */
    public static WorkflowRun run(JenkinsRule jenkins, String name) {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        assertNotNull(job);
        return job.getBuildByNumber(1);
    }

    /** Has pass in local AWS what it still takes, once the run goes on after the restart. */
    protected void comeToTheEnd(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.waitForMessage("Ready to run", run);
        local.advance(LONG);
    }

    /** Asks a run to stop that was running before a restart. */
    protected static void stopAgain(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        awaitAbortable(jenkins, run);
        run.doStop();
    }

    /**
     * Waits until Jenkins can ask the step of a run to stop that was running before a restart. Its executor comes a moment after the run:
     * without one, Jenkins kills the run, and one that has not given up its thread yet forgets that it was asked.
     */
    public static void awaitAbortable(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.waitForMessage("Ready to run", run);
        LocalAwsExtension.await(() -> {
            Executor executor = run.getOneOffExecutor();
            return executor != null && executor.getAsynchronousExecution() != null;
        });
    }
}
